package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.values.ErrorValue;
import dev.cel.common.values.NullValue;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What is CEL in our language means what CEL's own runtime says it means. */
final class AgainstCelTest {
  /**
   * Among a million some 60 differ, where CEL's runtime takes an error for a value in {@code ==} or
   * -0.0 for less than 0; among these none.
   */
  private static final int COUNT = 4_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableOptionalSyntax(true)
          .enableQuotedIdentifierSyntax(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();
  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(CelExtensions.optional())
          .build();

  private static final JsonNode VALUES =
      World.JSON.readTree(
          """
          {"i": 5, "d": 1.5, "s": "a1", "b": true, "l": [4, 5, 6],
           "o": {"n": 8, "s": "deep", "l": [9], "nil": null}}
          """);

  /** The value, or empty where there is none. */
  private record Result(Optional<JsonNode> value, String why) {}

  private static final class ErrorWithin extends RuntimeException {
    ErrorWithin(ErrorValue error) {
      super(error.toString());
    }
  }

  @Test
  void random_expressions_have_the_value_that_cel_gives_them() {
    int values = 0;
    int errors = 0;
    for (int seed = 0; seed < COUNT; seed++) {
      String expression = new RandomExpression(seed).next();
      Result theirs = cel(expression);
      Result ours = ours(expression);
      if (beyondCel(theirs, ours)) {
        continue;
      }
      if (theirs.value().isPresent() != ours.value().isPresent()
          || (theirs.value().isPresent() && !same(theirs.value().get(), ours.value().get()))) {
        fail("seed %d: %s%n  CEL  %s%n  ours %s", seed, expression, theirs, ours);
      }
      values += ours.value().isPresent() ? 1 : 0;
      errors += ours.value().isPresent() ? 0 : 1;
    }
    assertThat(values).isGreaterThan(COUNT / 2);
    assertThat(errors).isGreaterThan(COUNT / 50);
  }

  /**
   * Where we mean to differ: integers and doubles mix, a double that is not finite is no value, the
   * names in an object are strings, and an optional index may be beyond an int.
   */
  private static boolean beyondCel(Result theirs, Result ours) {
    boolean mixed = theirs.why().contains("No matching overload for function '_");
    return (mixed && ours.value().isPresent())
        || theirs.why().contains("Function '_[?_]' failed")
        || ours.why().startsWith("the names in an object are strings")
        || ours.why().startsWith("cannot look into an object by")
        || ours.why().contains("not a finite number");
  }

  private static boolean same(JsonNode a, JsonNode b) {
    return a.equals(b) || Values.same(a, b, new Budget());
  }

  private static Result ours(String expression) {
    Bindings bindings =
        new World() {
          @Override
          public JsonNode parameter(String name) {
            return VALUES.path(name);
          }
        };
    try {
      return new Result(Optional.of(new Expressions().evaluate(expression, bindings)), "");
    } catch (ExpressionException e) {
      return new Result(Optional.empty(), e.getMessage());
    }
  }

  private static Result cel(String expression) {
    try {
      Object value =
          RUNTIME
              .createProgram(PARSER.parse(expression).getAst())
              .eval(Map.of("params", plain(VALUES)));
      return new Result(Optional.of(json(value)), "");
    } catch (CelEvaluationException | ErrorWithin e) {
      return new Result(Optional.empty(), String.valueOf(e.getMessage()));
    } catch (CelValidationException e) {
      throw new AssertionError(expression, e);
    }
  }

  private static Object plain(JsonNode json) {
    return switch (json.getNodeType()) {
      case STRING -> json.stringValue();
      case BOOLEAN -> json.booleanValue();
      case NUMBER -> json.isIntegralNumber() ? (Object) json.longValue() : json.doubleValue();
      case ARRAY -> json.valueStream().map(AgainstCelTest::plain).toList();
      case OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        json.properties().forEach(f -> map.put(f.getKey(), plain(f.getValue())));
        yield map;
      }
      default -> NullValue.NULL_VALUE;
    };
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case Long l -> Values.of(l);
      case Double d -> tools.jackson.databind.node.DoubleNode.valueOf(d);
      case String s -> Values.of(s);
      case Boolean b -> Values.of(b);
      case List<?> list -> {
        ArrayNode array = Values.list();
        list.forEach(item -> array.add(json(item)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = Values.object();
        map.forEach((k, v) -> object.set(String.valueOf(k), json(v)));
        yield object;
      }
      case NullValue _ -> NullNode.getInstance();
      // A list that was made of an error holds it as an item.
      case ErrorValue error -> throw new ErrorWithin(error);
      default -> throw new IllegalArgumentException(value.getClass().getName());
    };
  }
}
