package dev.mahavishnu.expr;

import static dev.mahavishnu.expr.Want.ANY;
import static dev.mahavishnu.expr.Want.INTEGER;
import static dev.mahavishnu.expr.Want.REGEX;
import static dev.mahavishnu.expr.Want.TEXT;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Functions of strings. Positions and lengths count code points. */
final class TextFunctions {
  private static final ValueType.ListOf TEXTS = new ValueType.ListOf(Scalar.STRING);

  private TextFunctions() {}

  static List<Function> all() {
    return List.of(
        changed("lower", s -> s.toLowerCase(Locale.ROOT)),
        changed("upper", s -> s.toUpperCase(Locale.ROOT)),
        changed("trim", String::strip),
        tested("contains", String::contains),
        tested("startsWith", String::startsWith),
        tested("endsWith", String::endsWith),
        new Function(
            "matches",
            true,
            List.of(TEXT, REGEX),
            _ -> Scalar.BOOLEAN,
            (a, b) -> Values.of(Regex.find(text(a, 0), text(a, 1), b))),
        new Function(
            "indexOf", true, List.of(TEXT, TEXT), _ -> Scalar.INTEGER, TextFunctions::indexOf),
        new Function(
            "substring",
            true,
            List.of(TEXT, INTEGER),
            _ -> Scalar.STRING,
            (a, b) -> part(text(a, 0), number(a, 1), Long.MAX_VALUE, b)),
        new Function(
            "substring",
            true,
            List.of(TEXT, INTEGER, INTEGER),
            _ -> Scalar.STRING,
            (a, b) -> part(text(a, 0), number(a, 1), number(a, 2), b)),
        new Function(
            "replace", true, List.of(TEXT, TEXT, TEXT), _ -> Scalar.STRING, TextFunctions::replace),
        new Function("split", true, List.of(TEXT, TEXT), _ -> TEXTS, TextFunctions::split),
        new Function(
            "padStart",
            true,
            List.of(TEXT, INTEGER, TEXT),
            _ -> Scalar.STRING,
            TextFunctions::padStart),
        new Function("toJson", true, List.of(ANY), _ -> Scalar.STRING, TextFunctions::toJson),
        new Function("parseJson", true, List.of(TEXT), _ -> Scalar.ANY, TextFunctions::parseJson));
  }

  private static Function changed(String name, UnaryOperator<String> change) {
    return new Function(
        name,
        true,
        List.of(TEXT),
        _ -> Scalar.STRING,
        (a, b) -> {
          b.spend(text(a, 0).length());
          return Values.of(change.apply(text(a, 0)));
        });
  }

  private static Function tested(String name, BiPredicate<String, String> test) {
    return new Function(
        name,
        true,
        List.of(TEXT, TEXT),
        _ -> Scalar.BOOLEAN,
        (a, b) -> {
          b.spend(text(a, 0).length());
          return Values.of(test.test(text(a, 0), text(a, 1)));
        });
  }

  private static JsonNode indexOf(List<JsonNode> a, Budget budget) {
    String text = text(a, 0);
    budget.spend(text.length());
    int at = text.indexOf(text(a, 1));
    return Values.of(at < 0 ? -1 : text.codePointCount(0, at));
  }

  private static JsonNode part(String text, long from, long to, Budget budget) {
    budget.spend(text.length());
    long size = text.codePointCount(0, text.length());
    long end = to == Long.MAX_VALUE ? size : to;
    if (from < 0 || from > end || end > size) {
      throw Failure.of("the part is not within the string, which has " + size + " characters");
    }
    int start = text.offsetByCodePoints(0, (int) from);
    return Values.of(text.substring(start, text.offsetByCodePoints(start, (int) (end - from))));
  }

  private static JsonNode replace(List<JsonNode> a, Budget budget) {
    String text = text(a, 0);
    String old = text(a, 1);
    String with = text(a, 2);
    budget.spend(text.length());
    long times = count(text, old);
    budget.spend(times * with.length());
    return times == 0 ? a.getFirst() : Values.of(text.replace(old, with));
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private static JsonNode split(List<JsonNode> a, Budget budget) {
    String text = text(a, 0);
    String by = text(a, 1);
    if (by.isEmpty()) {
      throw Failure.of("`split` needs a separator that is not empty");
    }
    budget.spend(text.length());
    budget.items(count(text, by) + 1);
    ArrayNode parts = Values.list();
    int start = 0;
    for (int at = text.indexOf(by); at >= 0; at = text.indexOf(by, start)) {
      parts.add(text.substring(start, at));
      start = at + by.length();
    }
    return parts.add(text.substring(start));
  }

  private static JsonNode padStart(List<JsonNode> a, Budget budget) {
    String text = text(a, 0);
    long missing = number(a, 1) - text.codePointCount(0, text.length());
    String with = text(a, 2);
    if (with.codePointCount(0, with.length()) != 1) {
      throw Failure.of("`padStart` fills with one character");
    }
    if (missing <= 0) {
      return a.getFirst();
    }
    budget.spend(missing + text.length());
    return Values.of(with.repeat((int) missing) + text);
  }

  private static JsonNode toJson(List<JsonNode> a, Budget budget) {
    weigh(a.getFirst(), budget);
    return Values.of(a.getFirst().toString());
  }

  /** Before it is written out, so that a large value is refused and not first made a string. */
  private static void weigh(JsonNode value, Budget budget) {
    if (value.isString()) {
      budget.spend(Values.text(value).length());
    } else {
      budget.items(1);
      if (value.isObject()) {
        value.properties().forEach(field -> budget.spend(field.getKey().length()));
      }
      value.forEach(item -> weigh(item, budget));
    }
  }

  private static JsonNode parseJson(List<JsonNode> a, Budget budget) {
    String text = text(a, 0);
    // A node may stand for two characters, as in [1,1,1,…].
    budget.items(text.length() / 2);
    try {
      JsonNode value = Json.MAPPER.readTree(text);
      if (value.isMissingNode()) {
        throw Failure.of("the string is empty, not JSON");
      }
      return value;
    } catch (JacksonException e) {
      throw Failure.of("the string is not JSON");
    }
  }

  private static String text(List<JsonNode> arguments, int index) {
    return Values.text(arguments.get(index));
  }

  private static long number(List<JsonNode> arguments, int index) {
    return Values.longOf(arguments.get(index));
  }

  /** A holder, so that only an expression that parses JSON pays for a mapper. */
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }
}
