package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Names, values, lists and conditions. */
final class ValueGrammar {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,15}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}\\.[0-9]{1,15}");
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@+-]*");
  private static final int MOST_COUNTED = 10_000;

  private final Cursor cursor;
  private final Amounts amounts;

  ValueGrammar(Cursor cursor) {
    this.cursor = cursor;
    this.amounts = new Amounts(cursor);
  }

  /** A name of a step, a parameter or an item; a name that is also a keyword, in backquotes. */
  Optional<Name> name(String what) {
    return cursor
        .take(what, token -> Words.isName(token) || isQuotedName(token))
        .map(token -> new Name(token.text(), token.span()));
  }

  /** A name where nothing but a name can stand: a keyword is one there, too. */
  Optional<Name> newName(String what) {
    return cursor
        .take(what, token -> Words.isGivenName(token) || isQuotedName(token))
        .map(token -> new Name(token.text(), token.span()));
  }

  private static boolean isQuotedName(Token token) {
    return token.is(Kind.BACKQUOTED) && Words.isNameShaped(token.text());
  }

  /** {@code load}, {@code check and load}, {@code the steps a, b and c}. */
  Optional<List<Name>> steps() {
    if (!cursor.skip("the steps") && !cursor.skip("the step") && !cursor.skip("steps")) {
      cursor.skip("step");
    }
    return newName("a step").map(first -> andMore(first, () -> name("a step")));
  }

  /** The same where something else than names can stand as well. */
  Optional<List<Name>> namedSteps() {
    return name("a step").map(first -> andMore(first, () -> name("a step")));
  }

  /** What else follows in a list: {@code , x}, {@code and x}, {@code , and x}. */
  <T> List<T> andMore(T first, java.util.function.Supplier<Optional<T>> rule) {
    List<T> all = new ArrayList<>(List.of(first));
    while (true) {
      Optional<T> next =
          cursor.attempt(
              () -> {
                boolean comma = cursor.skipMark(",");
                return cursor.skip("and") || comma ? rule.get() : Optional.empty();
              });
      if (next.isEmpty()) {
        return all;
      }
      all.add(next.orElseThrow());
    }
  }

  /** What refers to something: {@code the output of a}, {@code the parameter x}, an expression. */
  Optional<Value> reference() {
    int start = cursor.position();
    if (cursor.peek().is(Kind.BACKQUOTED)) {
      return cursor
          .take("an expression", _ -> true)
          .map(token -> new Value.Expression(token.text(), token.span()));
    }
    return cursor.attempt(
        () -> {
          if (!cursor.skip("the")) {
            return Optional.empty();
          }
          if (cursor.take("parameter")) {
            return newName("a parameter").map(n -> new Value.ParameterOf(n, cursor.since(start)));
          }
          if (cursor.take("secret")) {
            return newName("a secret").map(n -> new Value.SecretOf(n, cursor.since(start)));
          }
          return name("output").flatMap(field -> partOf(field, start));
        });
  }

  private Optional<Value> partOf(Name field, int start) {
    boolean all = field.text().equals("output");
    return cursor.take("of")
        ? newName("a step")
            .map(
                step ->
                    new Value.OutputOf(
                        step,
                        all ? Optional.empty() : Optional.of(field.text()),
                        cursor.since(start)))
        : Optional.empty();
  }

  /** Any value; a bare word is a name where there is such a name, and else itself. */
  Optional<Value> value() {
    return cursor.one(
        "a value",
        new Value.Literal(JSON.nullNode(), cursor.peek().span()),
        () -> reference().or(this::literal).or(this::bare));
  }

  private Optional<Value> bare() {
    return name("a value").map(Value.Named::new);
  }

  /** A quoted text, a number, a date, {@code true}, JSON: never a bare name. */
  Optional<Value> literal() {
    Token next = cursor.peek();
    return literal(next)
        .flatMap(
            value ->
                cursor.take("a value", _ -> true).map(t -> new Value.Literal(value, t.span())));
  }

  private static Optional<JsonNode> literal(Token token) {
    return switch (token.kind()) {
      case QUOTED -> Optional.of(JSON.stringNode(token.text()));
      case JSON -> json(token.text());
      case WORD -> word(token.text()).filter(node -> !node.isString() || !Words.isName(token));
      case BACKQUOTED, MARK, BROKEN, MISSPELT, SOME_THING, SOME_KEYWORD, END -> Optional.empty();
    };
  }

  private static Optional<JsonNode> json(String text) {
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> word(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(JSON.booleanNode(text.equals("true")));
    }
    if (INTEGER.matcher(text).matches()) {
      return Optional.of(MAPPER.readTree(Long.toString(Long.parseLong(text))));
    }
    if (DECIMAL.matcher(text).matches()) {
      return Optional.of(MAPPER.readTree(Double.toString(Double.parseDouble(text))));
    }
    boolean plain =
        WORD.matcher(text).matches() && !Words.RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return plain ? Optional.of(JSON.stringNode(text)) : Optional.empty();
  }

  /** What a for-each goes over: a list written out, {@code 1 to 5}, or what refers to a list. */
  Optional<Value> list() {
    return cursor.one(
        "a list",
        new Value.Literal(JSON.arrayNode(), cursor.peek().span()),
        () ->
            reference()
                .or(() -> cursor.attempt(this::counted))
                .or(() -> cursor.attempt(this::written))
                .or(this::bare));
  }

  private Optional<Value> counted() {
    int start = cursor.position();
    return amounts
        .number()
        .filter(_ -> cursor.take("to"))
        .flatMap(
            from ->
                amounts
                    .number()
                    .filter(to -> to >= from && to - from < MOST_COUNTED)
                    .map(to -> range(from, to, cursor.since(start))));
  }

  private static Value range(int from, int to, Span span) {
    ArrayNode items = JSON.arrayNode();
    for (int i = from; i <= to; i++) {
      items.add(i);
    }
    return new Value.Literal(items, span);
  }

  /** {@code eu, us and apac}: at least two, or one that is no name; or JSON's {@code ["eu"]}. */
  private Optional<Value> written() {
    int start = cursor.position();
    if (cursor.peek().is(Kind.JSON)) {
      return literal().filter(v -> v instanceof Value.Literal l && l.value().isArray());
    }
    boolean name = Words.isName(cursor.peek()) && !cursor.peek().text().contains(",");
    Optional<List<List<JsonNode>>> items = items().map(first -> andMore(first, this::items));
    ArrayNode all = JSON.arrayNode();
    items.stream().flatMap(List::stream).forEach(all::addAll);
    return all.isEmpty() || (name && all.size() == 1)
        ? Optional.empty()
        : Optional.of(new Value.Literal(all, cursor.since(start)));
  }

  /** One item, or several that stand together as {@code eu,us}. */
  private Optional<List<JsonNode>> items() {
    Token next = cursor.peek();
    List<JsonNode> nodes = new ArrayList<>();
    if (next.is(Kind.QUOTED)) {
      nodes.add(JSON.stringNode(next.text()));
    } else if (next.is(Kind.WORD) && !Commands.isProgram(next)) {
      for (String part : next.text().split(",", -1)) {
        word(part).ifPresent(nodes::add);
      }
      if (nodes.size() < next.text().split(",", -1).length) {
        nodes.clear();
      }
    }
    boolean unknown = next.is(Kind.SOME_THING);
    return cursor.take("an item", _ -> unknown || !nodes.isEmpty()).map(_ -> List.copyOf(nodes));
  }
}
