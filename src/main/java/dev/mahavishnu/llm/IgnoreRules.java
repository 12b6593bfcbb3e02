package dev.mahavishnu.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The lines of one {@code .gitignore}, as git reads them. Paths are relative to the file's folder,
 * with slashes. Our own, for the one library that reads them well is all of git.
 */
final class IgnoreRules {
  private static final IgnoreRules NONE = new IgnoreRules(List.of());

  private final List<Rule> rules;

  /**
   * @param named whether the pattern is for the last name of a path, at any depth
   */
  private record Rule(Pattern pattern, boolean named, boolean folders, boolean ignores) {
    boolean matches(String path, boolean folder) {
      String text = named ? path.substring(path.lastIndexOf('/') + 1) : path;
      return (folder || !folders) && pattern.matcher(text).matches();
    }
  }

  private IgnoreRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  static IgnoreRules none() {
    return NONE;
  }

  static IgnoreRules of(String text) {
    List<Rule> rules = new ArrayList<>();
    text.lines().forEach(line -> rule(line).ifPresent(rules::add));
    return new IgnoreRules(rules);
  }

  /** Whether the last line that matches ignores; empty where none does. */
  Optional<Boolean> ignores(String path, boolean folder) {
    for (Rule rule : rules.reversed()) {
      if (rule.matches(path, folder)) {
        return Optional.of(rule.ignores);
      }
    }
    return Optional.empty();
  }

  private static Optional<Rule> rule(String line) {
    String text = trimmed(line.startsWith("\uFEFF") ? line.substring(1) : line);
    if (text.isEmpty() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean ignores = !text.startsWith("!");
    String pattern = ignores ? text : text.substring(1);
    boolean folders = pattern.endsWith("/");
    if (folders) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    boolean named = pattern.indexOf('/') < 0;
    if (pattern.startsWith("/")) {
      pattern = pattern.substring(1);
    }
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Rule(Pattern.compile(regex(pattern)), named, folders, ignores));
    } catch (PatternSyntaxException _) {
      return Optional.empty();
    }
  }

  /** Without blanks at the end, but for one behind a backslash. */
  private static String trimmed(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      if (end > 1 && line.charAt(end - 2) == '\\') {
        break;
      }
      end--;
    }
    return line.substring(0, end);
  }

  private static String regex(String glob) {
    StringBuilder out = new StringBuilder("(?s)");
    int at = 0;
    while (at < glob.length()) {
      char c = glob.charAt(at);
      boolean start = at == 0 || glob.charAt(at - 1) == '/';
      if (glob.startsWith("**/", at) && start) {
        out.append("(?:.*/)?");
        at += 3;
      } else if (glob.startsWith("**", at) && start && at > 0 && at + 2 == glob.length()) {
        out.append(".+");
        at += 2;
      } else if (c == '[') {
        at = bracket(glob, at, out);
      } else {
        if (c == '\\' && at + 1 < glob.length()) {
          at++;
        }
        out.append(
            switch (c) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(String.valueOf(glob.charAt(at)));
            });
        at++;
      }
    }
    return out.toString();
  }

  /** Returns where it ends; a bracket that is never closed matches nothing. */
  private static int bracket(String glob, int at, StringBuilder out) {
    int from = at + 1;
    boolean not = from < glob.length() && "!^".indexOf(glob.charAt(from)) >= 0;
    int end = glob.indexOf(']', from + (not ? 2 : 1));
    if (end < 0) {
      out.append("(?!)");
      return glob.length();
    }
    String set = glob.substring(from + (not ? 1 : 0), end);
    out.append(not ? "[^/" : "[");
    for (int i = 0; i < set.length(); i++) {
      char c = set.charAt(i);
      if (c == '\\' && i + 1 < set.length()) {
        i++;
        out.append('\\').append(set.charAt(i));
      } else {
        out.append("[]&^\\".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    out.append(']');
    return end + 1;
  }
}
