package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.TemplateException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names in expressions: {@code tasks.a}, {@code tasks["a"]}, {@code params.x}. Texts and comments
 * in an expression are passed over; a name can't be computed, so what is found is all there is.
 */
final class References {
  private static final Pattern PARTS =
      Pattern.compile(
          "[rR](?:\"[^\"]*\"|'[^']*')"
              + "|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'"
              + "|//[^\\n]*"
              + "|(?<![A-Za-z0-9_.])(?<root>tasks|params)\\s*(?:"
              + "\\.\\s*(?<plain>[A-Za-z_][A-Za-z0-9_]*)"
              + "|\\.\\s*`(?<back>[^`]+)`"
              + "|\\[\\s*\"(?<twice>[^\"]*)\"\\s*]"
              + "|\\[\\s*'(?<once>[^']*)'\\s*])");
  private static final List<String> NAMES = List.of("plain", "back", "twice", "once");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private References() {}

  /** An expression for a member: {@code tasks.a}, {@code tasks["a-b"]}. */
  static String to(String root, String name) {
    return PLAIN.matcher(name).matches() ? root + "." + name : root + "[\"" + name + "\"]";
  }

  /** The names after {@code root} in an expression. */
  static Set<String> in(String expression, String root) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = PARTS.matcher(expression);
    while (matcher.find()) {
      if (root.equals(matcher.group("root"))) {
        names.add(name(matcher));
      }
    }
    return names;
  }

  /** The names after {@code root} in the expressions of a template. */
  static Stream<String> inTemplate(String template, String root) {
    return expressions(template).stream().flatMap(e -> in(e.source(), root).stream());
  }

  /** An expression with one name of {@code root} changed, written as it was where that can be. */
  static String renamed(String expression, String root, String from, String to) {
    return PARTS
        .matcher(expression)
        .replaceAll(match -> Matcher.quoteReplacement(renamed(match, root, from, to)));
  }

  /** The same for all expressions of a template. */
  static String renamedInTemplate(String template, String root, String from, String to) {
    StringBuilder text = new StringBuilder(template);
    for (Template.Part.Expression e : expressions(template).reversed()) {
      text.replace(
          e.offset(), e.offset() + e.source().length(), renamed(e.source(), root, from, to));
    }
    return text.toString();
  }

  private static List<Template.Part.Expression> expressions(String template) {
    if (!template.contains("${{")) {
      return List.of();
    }
    try {
      return Template.of(template).expressions();
    } catch (TemplateException _) {
      return List.of();
    }
  }

  private static String renamed(MatchResult match, String root, String from, String to) {
    if (!root.equals(match.group("root")) || !name(match).equals(from)) {
      return match.group();
    }
    for (String kind : NAMES) {
      if (match.group(kind) != null && (!kind.equals("plain") || PLAIN.matcher(to).matches())) {
        int start = match.start(kind) - match.start();
        String whole = match.group();
        return whole.substring(0, start) + to + whole.substring(start + from.length());
      }
    }
    return to(root, to);
  }

  private static String name(MatchResult match) {
    return NAMES.stream().map(match::group).filter(g -> g != null).findFirst().orElse("");
  }
}
