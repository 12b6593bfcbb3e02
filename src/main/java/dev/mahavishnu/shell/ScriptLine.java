package dev.mahavishnu.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the script language, by its words alone. Other lines that begin with the same words are
 * sentences: {@code if load fails run ./tell.sh}, {@code let me know}.
 */
sealed interface ScriptLine {

  /**
   * {@code let NAME = VALUE}.
   *
   * @param at offset of the value
   */
  record Let(String name, String value, int at) implements ScriptLine {}

  /** {@code expect CONDITION}. */
  record Expect(Condition condition) implements ScriptLine {}

  /**
   * {@code if CONDITION}, or on one line {@code if CONDITION then STATEMENT [else STATEMENT]}.
   *
   * @param then absent: what is done follows in lines up to {@code end}
   */
  record If(Condition condition, Optional<Part> then, Optional<Part> otherwise)
      implements ScriptLine {}

  /** {@code else}, or {@code else if CONDITION}. */
  record Else(Optional<Condition> condition) implements ScriptLine {}

  /** {@code end}. */
  record End() implements ScriptLine {}

  /** {@code try STATEMENT}. */
  record Try(Part statement) implements ScriptLine {}

  /** {@code alias NAME = STATEMENT}. */
  record Alias(String name, String statement) implements ScriptLine {}

  /**
   * {@code let}, {@code alias}, {@code alias NAME}: what there is.
   *
   * @param name empty: all of them
   */
  record Listing(Keyword word, String name) implements ScriptLine {}

  /** {@code unalias NAME}. */
  record Unalias(String name) implements ScriptLine {}

  /** One that begins so, and goes on otherwise. */
  record Wrong(int at, String message, String hint) implements ScriptLine {}

  /** A statement within one. */
  record Part(String text, int at) {}

  /** Begins like an expression, and hardly like English. */
  Pattern EXPRESSION =
      Pattern.compile(
          "[!(]|(?:run|tasks|params)[.\\[]|exit_code\\b|\\$[a-zA-Z_{]|@[\\w$]|(?:has|size)\\("
              + "|(?:true|false)\\b");

  /** Two words, as no expression has them. */
  Pattern ENGLISH = Pattern.compile("[A-Za-z]+\\s+(?!in\\b)[A-Za-z]+");

  Pattern LET = Pattern.compile("let\\s+([^\\s=]+)\\s*=\\s*((?s:.*))");
  Pattern ALIAS = Pattern.compile("alias\\s+([^\\s=]+)\\s*=\\s*((?s:.*))");
  Pattern ONE_WORD = Pattern.compile("(alias|unalias)(?:\\s+(\\S+))?");
  Pattern ELSE_IF = Pattern.compile("else\\s+if(?=\\s)");
  Pattern NEXT = Pattern.compile("(?<=\\s)(then|else)(?=\\s|$)");

  /** Whether a text begins like an expression. */
  static boolean beginsExpression(String text) {
    return EXPRESSION.matcher(text).lookingAt();
  }

  /** Reads the text of a statement; empty where it is none of the script language. */
  static Optional<ScriptLine> of(String text) {
    boolean slash = text.startsWith("/");
    int from = slash ? 1 : 0;
    int end = from;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    boolean whole = end == text.length() || Character.isWhitespace(text.charAt(end));
    Optional<Keyword> word = Keyword.of(text.substring(from, end));
    if (!whole || word.isEmpty()) {
      return Optional.empty();
    }
    String rest = text.substring(end).strip();
    return switch (word.get()) {
      case LET -> let(text, from, rest, slash);
      case EXPECT ->
          slash || !ENGLISH.matcher(rest).lookingAt()
              ? Optional.of(expect(text, end, rest))
              : Optional.empty();
      case IF ->
          slash || beginsExpression(rest) ? Optional.of(condition(text, end)) : Optional.empty();
      case ELSE -> otherwise(text, from, rest);
      case END -> rest.isEmpty() ? Optional.of(new End()) : Optional.empty();
      case TRY ->
          Optional.of(
              rest.isEmpty()
                  ? new Wrong(text.length(), "say what to try", "`try workflow trigger NAME`")
                  : new Try(new Part(rest, text.length() - rest.length())));
      case ALIAS, UNALIAS -> alias(text, from, slash);
    };
  }

  private static Optional<ScriptLine> let(String text, int from, String rest, boolean slash) {
    if (rest.isEmpty()) {
      return Optional.of(new Listing(Keyword.LET, ""));
    }
    Matcher let = LET.matcher(text).region(from, text.length());
    if (!let.matches()) {
      return slash
          ? Optional.of(new Wrong(text.length(), "a variable is set", "let NAME = VALUE"))
          : Optional.empty();
    }
    String name = let.group(1);
    if (name.equals(Variables.EXIT_CODE)) {
      return Optional.of(
          new Wrong(
              let.start(1), "`exit_code` is what the last statement ended with", "choose another"));
    }
    if (!Variables.isName(name)) {
      return Optional.of(
          new Wrong(
              let.start(1),
              "`" + name + "` can't be the name of a variable",
              "use lower-case letters, digits and _"));
    }
    return Optional.of(
        let.group(2).startsWith("=")
            ? new Wrong(let.start(2), "`let` sets and does not compare", "let NAME = VALUE")
            : new Let(name, let.group(2), let.start(2)));
  }

  private static ScriptLine expect(String text, int end, String rest) {
    return rest.isEmpty()
        ? new Wrong(text.length(), "say what is expected", "`expect run.state == \"COMPLETED\"`")
        : new Expect(Condition.of(text, end, text.length()));
  }

  private static If condition(String text, int from) {
    int then = next("then", text, from);
    if (then < 0) {
      return new If(Condition.of(text, from, text.length()), Optional.empty(), Optional.empty());
    }
    Condition condition = Condition.of(text, from, then);
    int start = then + "then".length();
    int otherwise = next("else", text, start);
    Part done = part(text, start, otherwise < 0 ? text.length() : otherwise);
    Optional<Part> other =
        otherwise < 0
            ? Optional.empty()
            : Optional.of(part(text, otherwise + "else".length(), text.length()));
    // A `then` at the end of the line is only a way to write it.
    return done.text().isEmpty() && other.isEmpty()
        ? new If(condition, Optional.empty(), Optional.empty())
        : new If(condition, Optional.of(done), other);
  }

  private static Part part(String text, int from, int to) {
    String part = text.substring(from, to);
    return new Part(part.strip(), from + part.length() - part.stripLeading().length());
  }

  /** Offset of the first such word that is no part of a string; -1 where there is none. */
  private static int next(String word, String text, int from) {
    Matcher next = NEXT.matcher(text);
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean fresh = i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1));
      if ((c == '"' || c == '\'') && fresh) {
        i = Condition.afterString(text, i);
      } else if (c == word.charAt(0)
          && next.region(i, text.length()).useTransparentBounds(true).lookingAt()
          && next.group().equals(word)) {
        return i;
      } else {
        i++;
      }
    }
    return -1;
  }

  private static Optional<ScriptLine> otherwise(String text, int from, String rest) {
    if (rest.isEmpty()) {
      return Optional.of(new Else(Optional.empty()));
    }
    Matcher elseIf = ELSE_IF.matcher(text).region(from, text.length());
    if (elseIf.useTransparentBounds(true).lookingAt()) {
      If asked = condition(text, elseIf.end());
      return Optional.of(
          asked.then().isPresent()
              ? new Wrong(
                  asked.then().get().at(), "`else if` has its statements in lines below", "")
              : new Else(Optional.of(asked.condition())));
    }
    return Optional.empty();
  }

  private static Optional<ScriptLine> alias(String text, int from, boolean slash) {
    Matcher alias = ALIAS.matcher(text).region(from, text.length());
    if (alias.matches()) {
      return Optional.of(
          alias.group(2).isBlank()
              ? new Wrong(text.length(), "say what it stands for", "`alias l = run list`")
              : new Alias(alias.group(1), alias.group(2).strip()));
    }
    Matcher word = ONE_WORD.matcher(text).region(from, text.length());
    if (!word.matches()) {
      return slash
          ? Optional.of(new Wrong(text.length(), "an alias is one word", "`alias l = run list`"))
          : Optional.empty();
    }
    String name = Optional.ofNullable(word.group(2)).orElse("");
    if (word.group(1).equals("alias")) {
      return Optional.of(new Listing(Keyword.ALIAS, name));
    }
    return Optional.of(
        name.isEmpty()
            ? new Wrong(text.length(), "say which alias", "`alias` lists them")
            : new Unalias(name));
  }
}
