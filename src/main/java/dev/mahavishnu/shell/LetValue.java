package dev.mahavishnu.shell;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** What stands after {@code let NAME =}. */
sealed interface LetValue {

  /** A text, in which nothing is replaced. */
  record Literal(String text) implements LetValue {}

  /** A text between double quotes, in which {@code $name} is replaced. */
  record Quoted(String written) implements LetValue {}

  /** A text, in which {@code $name} is replaced. */
  record Text(String written) implements LetValue {}

  /** A JSON value, in which {@code $name} is replaced. */
  record Json(String written) implements LetValue {}

  /** An expression. */
  record Computed(Condition condition) implements LetValue {}

  JsonMapper MAPPER = new JsonMapper();

  Pattern SCALAR =
      Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null");

  /** {@code $name} alone, or with an operator after it. */
  Pattern COMPUTED =
      Pattern.compile("\\$(?:\\w+|\\{\\w+\\})(?:\\s+(?:[-+*/%<>?]|[=!]=|&&|\\|\\||in\\s)(?s:.*))?");

  static LetValue of(ScriptLine.Let let) {
    String value = let.value();
    if (value.isEmpty()) {
      return new Literal("");
    }
    char first = value.charAt(0);
    if (first == '"' || first == '\'') {
      return Quotes.end(value, 0) == value.length() ? quoted(value) : computed(let);
    }
    if (first == '{' || first == '[') {
      return isJson(value) ? new Json(value) : computed(let);
    }
    if (SCALAR.matcher(value).matches()) {
      return new Json(value);
    }
    boolean expression =
        first == '$' ? COMPUTED.matcher(value).matches() : ScriptLine.beginsExpression(value);
    return expression ? computed(let) : new Text(value);
  }

  private static LetValue computed(ScriptLine.Let let) {
    return new Computed(Condition.of(" ".repeat(let.at()) + let.value(), let.at(), end(let)));
  }

  private static int end(ScriptLine.Let let) {
    return let.at() + let.value().length();
  }

  private static LetValue quoted(String value) {
    if (Quotes.isBlock(value)) {
      String inner = value.substring(3, value.length() - 3);
      return value.startsWith("'") ? new Literal(inner) : new Text(inner);
    }
    return value.startsWith("'")
        ? new Literal(value.substring(1, value.length() - 1))
        : new Quoted(value);
  }

  private static boolean isJson(String value) {
    String sample = new Replacing(_ -> Optional.of(IntNode.valueOf(0))).json(value);
    return Quotes.endOfJson(value, 0) == value.length() && json(sample).isPresent();
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** As the word that it would be in a command. */
  private static String word(String written, Replacing replacing) {
    return switch (Words.split("= " + written, replacing)) {
      case Words.Whole whole -> whole.words().getLast().text();
      case Words.Unclosed unclosed -> unclosed.words().getLast().text();
    };
  }

  /** The value of one that is not computed. */
  static JsonNode value(LetValue value, Replacing replacing) {
    return switch (value) {
      case Literal literal -> StringNode.valueOf(literal.text());
      case Quoted quoted -> StringNode.valueOf(word(quoted.written(), replacing));
      case Text text -> StringNode.valueOf(replacing.text(text.written()));
      case Json json -> json(replacing.json(json.written())).orElse(StringNode.valueOf(""));
      case Computed _ -> throw new IllegalArgumentException("is computed by a Judge");
    };
  }
}
