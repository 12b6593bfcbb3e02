package dev.mahavishnu.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CEL's parser, and its messages made readable. Loading this class loads CEL. */
final class Grammar {
  /** Levels of nesting, and operands of one operator in a chain. */
  static final int DEEPEST = 250;

  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(
              CelOptions.current()
                  .maxExpressionCodePointSize(Expressions.LONGEST)
                  .maxParseRecursionDepth(DEEPEST)
                  .maxParseErrorRecoveryLimit(5)
                  .enableOptionalSyntax(true)
                  .enableQuotedIdentifierSyntax(true)
                  .retainRepeatedUnaryOperators(true)
                  .populateMacroCalls(false)
                  .build())
          .build();

  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting.*", Pattern.DOTALL);
  private static final Pattern MISSING = Pattern.compile("missing '(.*?)' at '.*", Pattern.DOTALL);
  private static final Pattern TOKEN =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("=", "== compares"),
          Map.entry("and", "write &&"),
          Map.entry("or", "write ||"),
          Map.entry("not", "write !"),
          Map.entry("&", "write &&"),
          Map.entry("|", "write ||"),
          Map.entry("if", "write condition ? this : that"),
          Map.entry("is", "write =="));

  private Grammar() {}

  static Parsed read(String text, Names names) {
    try {
      CelAbstractSyntaxTree tree = PARSER.parse(text).getAst();
      CelTerms terms = new CelTerms(text, tree.getSource().getPositionsMap(), names);
      return names.parsed(terms.part(tree.getExpr()));
    } catch (CelValidationException e) {
      // One mistake makes the parser stumble on; what follows the first says nothing.
      return new Parsed.Bad(List.of(fault(text, e.getErrors().getFirst())));
    } catch (StackOverflowError _) {
      // The parser spends a dozen calls on a level, and not every thread has room for so many.
      return new Parsed.Bad(List.of(tooDeep(0)));
    }
  }

  private static Fault tooDeep(int at) {
    return new Fault(
        at,
        "nested deeper, or one operator chained longer, than " + DEEPEST + " levels",
        "split it into several compute tasks, or use [a, b, c].join(\"\") or sum([a, b, c])");
  }

  private static Fault fault(String text, CelIssue issue) {
    String raw = issue.getMessage().replaceFirst("^Syntax error: ", "");
    int at = offset(text, issue);
    if (raw.contains("recursion limit")) {
      return tooDeep(at);
    }
    Matcher token = TOKEN.matcher(raw);
    if (token.matches()) {
      return badToken(at, token.group(1));
    }
    Matcher missing = MISSING.matcher(raw);
    if (missing.matches()) {
      return new Fault(at, "`" + missing.group(1) + "` is missing here", "");
    }
    Matcher unexpected = UNEXPECTED.matcher(raw);
    String word = unexpected.matches() ? unexpected.group(1) : "";
    if (!word.isEmpty() && !word.equals("<EOF>")) {
      return unexpected(text, at, word);
    }
    if (raw.startsWith("For input string")) {
      return new Fault(at, "the integer does not fit in 64 bits", "");
    }
    if (raw.startsWith("Invalid unicode")) {
      return new Fault(at, "the string has an escape that is no character", "");
    }
    if (raw.startsWith("reserved identifier: ")) {
      String name = raw.substring("reserved identifier: ".length());
      return new Fault(at, "`" + name + "` is a reserved word", HINTS.getOrDefault(name, ""));
    }
    if (at >= text.length()) {
      return new Fault(at, text.isBlank() ? "the expression is empty" : "it ends too early", "");
    }
    return unexpected(text, at, Character.toString(text.codePointAt(at)));
  }

  private static Fault unexpected(String text, int at, String word) {
    String before = text.substring(0, at).strip();
    String last = before.substring(before.lastIndexOf(' ') + 1);
    String hint = HINTS.getOrDefault(word, HINTS.getOrDefault(last, ""));
    return new Fault(at, "unexpected `" + word + "`", hint);
  }

  private static Fault badToken(int at, String token) {
    if (token.startsWith("\"") || token.startsWith("'")) {
      return new Fault(
          at,
          "the string that starts here does not end",
          token.contains("\\") ? "a backslash in it is written \\\\" : "");
    }
    String first = token.isEmpty() ? "" : token.substring(0, token.offsetByCodePoints(0, 1));
    return new Fault(at, "unexpected `" + first + "`", HINTS.getOrDefault(first, ""));
  }

  private static int offset(String text, CelIssue issue) {
    int line = issue.getSourceLocation().getLine();
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    int rest = text.codePointCount(start, text.length());
    return text.offsetByCodePoints(start, Math.min(column, rest));
  }
}
