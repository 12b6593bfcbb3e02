package dev.mahavishnu.shell;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Joins lines to one statement: tells after each line whether the statement may go on. For one
 * statement.
 *
 * <p>A quote counts where a word starts, so that an apostrophe within a word opens nothing.
 */
final class Gathering {
  /** What begins a flow in YAML; words of a request don't end in a colon there. */
  private static final Pattern YAML_START =
      Pattern.compile(
          "---\\s*|(?:flow|description|parameters|secrets|tasks|on_failure|outputs|schedules"
              + "|triggers|timeout|concurrency)\\s*:(?:\\s.*|)");

  private static final Pattern YAML_LINE =
      Pattern.compile("\\s.*|#.*|-(?:\\s.*|)|[A-Za-z_][\\w-]*\\s*:(?:\\s.*|)|[\\]}].*|---\\s*");

  private static final Pattern YAML_END = Pattern.compile("\\.\\.\\.\\s*");

  private static final Pattern FENCE = Pattern.compile("\\s*```[a-zA-Z]*\\s*");

  /** What the text so far still waits for. */
  enum Open {
    NOTHING,
    /** The last line ends in a backslash. */
    JOINED,
    /** A quote is open. */
    QUOTE,
    /** A JSON value is open. */
    JSON,
    /** A block between lines of three backquotes is open. */
    FENCE,
    /** An {@code if} without its {@code end}; told of whole texts only. */
    BLOCK,
    /** YAML, which an empty line at the prompt or a line that is no YAML ends. */
    YAML
  }

  private final StringBuilder text = new StringBuilder();
  private Open open = Open.NOTHING;
  private boolean spec;
  private boolean fenced;

  /** Whether a line before which nothing is open says nothing at all. */
  static boolean isEmpty(String line) {
    String bare = line.strip();
    return bare.isEmpty() || bare.startsWith("#");
  }

  /** Adds a line, if it belongs to this statement; a line that does not leaves all as it was. */
  boolean add(String line) {
    if (text.isEmpty() && open == Open.NOTHING) {
      return begin(line);
    }
    if (open == Open.NOTHING || (open == Open.YAML && !continuesYaml(line))) {
      return false;
    }
    if (open == Open.JOINED) {
      text.setLength(text.length() - 1);
    } else {
      text.append('\n');
    }
    text.append(line);
    open =
        switch (open) {
          case YAML -> Open.YAML;
          case FENCE -> line.strip().equals("```") ? Open.NOTHING : Open.FENCE;
          case QUOTE, JSON, JOINED, BLOCK, NOTHING -> needs();
        };
    return true;
  }

  private boolean begin(String line) {
    boolean yaml = YAML_START.matcher(line).matches();
    boolean json = line.stripLeading().startsWith("{");
    fenced = FENCE.matcher(line).matches();
    spec = yaml || json;
    text.append(line);
    open = fenced ? Open.FENCE : yaml ? Open.YAML : json ? needsJson() : needs();
    return true;
  }

  private static boolean continuesYaml(String line) {
    return line.isBlank() || YAML_LINE.matcher(line).matches();
  }

  /** Whether the line ends a flow in YAML and is no part of anything itself. */
  boolean isEnd(String line) {
    return open == Open.YAML && YAML_END.matcher(line).matches();
  }

  private Open needs() {
    if (spec) {
      return needsJson();
    }
    if (Quotes.isOpen(text)) {
      return Open.QUOTE;
    }
    if ((startsCommand() || startsLet())
        && Words.split(text.toString()) instanceof Words.Unclosed) {
      return Open.JSON;
    }
    return endsInBackslash() ? Open.JOINED : Open.NOTHING;
  }

  private boolean startsCommand() {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i < text.length() && text.charAt(i) == '/';
  }

  private boolean startsLet() {
    return ScriptLine.of(text.toString().strip())
        .filter(l -> l instanceof ScriptLine.Let)
        .isPresent();
  }

  private Open needsJson() {
    return Quotes.endOfJson(text, 0) < 0 ? Open.JSON : Open.NOTHING;
  }

  private boolean endsInBackslash() {
    int slashes = 0;
    for (int i = text.length() - 1; i >= 0 && text.charAt(i) == '\\'; i--) {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  Open open() {
    return open;
  }

  /** The statement; what is open then stays open. */
  Statement statement(int line) {
    String whole = text.toString().strip();
    if (fenced) {
      // Its first line stays, empty, so that the others keep their numbers.
      String inner = text.substring(text.indexOf("\n") < 0 ? text.length() : text.indexOf("\n"));
      return block(line, inner.replaceFirst("\\n\\s*```\\s*$", ""));
    }
    if (!spec && Quotes.isBlock(whole)) {
      return block(line, whole.substring(3, whole.length() - 3));
    }
    int blanks = text.length() - text.toString().stripLeading().length();
    return spec
        ? new Statement(line, text.toString().stripTrailing(), Statement.Form.SPEC)
        : new Statement(line, whole, Statement.Form.LINE, blanks + 1);
  }

  private static Statement block(int line, String inner) {
    Optional<String> first = inner.lines().filter(l -> !isEmpty(l)).findFirst();
    return first.filter(Gathering::isSpec).isPresent()
        ? new Statement(line, inner, Statement.Form.SPEC)
        : new Statement(line, inner.strip(), Statement.Form.LINE);
  }

  private static boolean isSpec(String first) {
    return YAML_START.matcher(first).matches() || first.stripLeading().startsWith("{");
  }
}
