package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which words are a command without quotes, and what a command is called. Strict on purpose: a word
 * that could be English is never taken for a program or an argument, and neither is anything that
 * the shell would not take as it stands.
 */
final class Commands {
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{.*?}}");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=:@%+,~-]*");
  private static final Pattern QUOTED_VALUE = Pattern.compile("=(\"[^\"]*\"|'[^']*')");
  private static final Pattern ROOTED = Pattern.compile("(\\./|\\.\\./|/|~/).*[A-Za-z0-9_].*");
  private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9_][^=:@]*\\.(sh|bash|py)");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_].*\\.[a-z][a-z0-9]{1,4}");
  private static final Pattern FLAG = Pattern.compile("-{1,2}[A-Za-z0-9].*");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z0-9_.-]+=.+");
  private static final Pattern URL = Pattern.compile("https?://[^/\\s].*");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

  private Commands() {}

  static boolean isUrl(Token token) {
    return token.is(Kind.WORD) && URL.matcher(token.text()).matches();
  }

  /** A path or a script's file name: {@code ./a.sh}, {@code jobs/load.sh}, {@code load.py}. */
  static boolean isProgram(Token token) {
    return isSafe(token)
        && !isUrl(token)
        && (ROOTED.matcher(token.text()).matches() || SCRIPT.matcher(token.text()).matches());
  }

  /** A Python file named as such, not as a program: {@code load.py}, not {@code ./load.py}. */
  static boolean isPythonFile(Token token) {
    return isSafe(token) && token.text().endsWith(".py") && token.text().length() > 3;
  }

  static boolean isBarePythonFile(Token token) {
    return isPythonFile(token) && !ROOTED.matcher(token.text()).matches();
  }

  static boolean isQuotation(Token token) {
    return token.is(Kind.QUOTED) || token.is(Kind.BACKQUOTED);
  }

  static boolean startsCommand(Token token) {
    return isQuotation(token) || isProgram(token);
  }

  /** What can only be an argument: a flag, a path, a file, {@code k=v}, an expression. */
  static boolean isArgument(Token token) {
    String text = token.text();
    return isSafe(token)
        && (ROOTED.matcher(text).matches()
            || FILE.matcher(text).matches()
            || FLAG.matcher(text).matches()
            || ASSIGNMENT.matcher(text).matches()
            || URL.matcher(text).matches()
            || text.startsWith("${{"));
  }

  private static boolean isSafe(Token token) {
    if (!token.is(Kind.WORD)) {
      return false;
    }
    String bare = QUOTED_VALUE.matcher(token.text()).replaceAll("=");
    return PLAIN.matcher(EXPRESSION.matcher(bare).replaceAll("")).matches();
  }

  /** Whether words can be put after a command and be its arguments. */
  static boolean takesArguments(String command) {
    return PLAIN
            .matcher(EXPRESSION.matcher(command).replaceAll("").replaceAll("[ '\"]", ""))
            .matches()
        && !command.contains("\n");
  }

  /** A word for the shell, whatever is in it; an expression is left as it is. */
  static String quote(String text) {
    boolean plain = !text.isEmpty() && PLAIN.matcher(text).matches() && !text.startsWith("~");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** A step's name from a command: its program's file name, or its first words. */
  static String name(String command) {
    List<String> words = List.of(command.strip().split("\\s+"));
    String first = words.getFirst();
    if (first.contains("/") || FILE.matcher(first).matches()) {
      return fileName(first);
    }
    boolean second = words.size() > 1 && WORD.matcher(words.get(1)).matches();
    return identifier(second && WORD.matcher(first).matches() ? first + "_" + words.get(1) : first);
  }

  /** A step's name from a file: without folders and extension. */
  static String fileName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return identifier(dot > 0 ? name.substring(0, dot) : name);
  }

  /** A step's name from a request: its method and the last word of its path, or the host. */
  static String requestName(String method, String url) {
    String rest = url.replaceFirst("https?://", "").replaceFirst("[?#].*", "");
    List<String> parts = List.of(rest.split("/"));
    String last = parts.isEmpty() ? "" : parts.getLast();
    boolean named = parts.size() > 1 && WORD.matcher(last).matches();
    return identifier(method + "_" + (named ? last : parts.isEmpty() ? "" : parts.getFirst()));
  }

  private static String identifier(String text) {
    String name =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^_+|_+$", "");
    if (name.isEmpty()) {
      return "step";
    }
    String started = Character.isDigit(name.charAt(0)) ? "step_" + name : name;
    return started.length() > 60 ? started.substring(0, 60) : started;
  }
}
