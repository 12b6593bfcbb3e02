package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

final class ParametersTest {
  private static Flow flow(Parameter... parameters) {
    Flow flow = Flow.of("f", List.of(Task.of("a", new Work.Compute(IntNode.valueOf(1)))));
    return new Flow(
        flow.name(),
        "",
        List.of(parameters),
        List.of(),
        flow.tasks(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Parameter parameter(String name, String type) {
    return new Parameter(name, ValueType.of(type), Optional.empty(), "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "string | 5 | \"5\"",
        "string | true | \"true\"",
        "integer | 5 | 5",
        "number | 5 | 5.0",
        "number | 1e3 | 1000.0",
        "boolean | true | true",
        "date | 2026-11-22 | \"2026-11-22\"",
        "datetime | 2026-11-22T06:00:00Z | \"2026-11-22T06:00:00Z\"",
        "duration | 1h30m | \"1h30m\"",
        "list<string> | [\"a\", \"b\"] | [\"a\",\"b\"]",
        "map<number> | {\"a\": 1} | {\"a\":1.0}",
        "{rows: integer} | {\"rows\": 1, \"more\": null} | {\"rows\":1,\"more\":null}",
        "any | {\"a\": 1} | {\"a\":1}",
        "any | plain text | \"plain text\"",
        "any | ~~ | \"\"",
      })
  void a_text_becomes_a_value_of_the_type(String type, String text, String json) {
    Parameters.Binding bound = Parameters.bindText(flow(parameter("p", type)), Map.of("p", text));
    assertThat(((Parameters.Bound) bound).values().get("p").toString()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "integer | ten | expected integer, got \"ten\"",
        "integer | 5.5 | expected integer, got 5.5",
        "integer | 5 6 | expected integer, got \"5 6\"",
        "integer | 12345678901234567890 | expected integer, got 12345678901234567890",
        "number | NaN | expected number, got \"NaN\"",
        "boolean | yes | expected boolean, got \"yes\"",
        "date | 2026-02-30 | expected date, got \"2026-02-30\"",
        "datetime | today | expected datetime, got \"today\"",
        "duration | 5 | expected duration, got \"5\"",
        "list<string> | a,b | expected list<string>, got \"a,b\"",
        "list<integer> | [1, \"x\"] | [1]: expected integer, got \"x\"",
        "{rows: integer} | x | expected {rows: integer}, got \"x\"",
        "{rows: integer} | {} | it has no `rows`",
        "map<date> | {\"a\": 1} | .a: expected date, got 1",
      })
  void a_text_that_is_no_value_of_the_type_is_refused(String type, String text, String why) {
    assertThat(Parameters.bindText(flow(parameter("p", type)), Map.of("p", text)))
        .isEqualTo(new Parameters.Unbound(List.of("parameter `p`: " + why)));
  }

  @Test
  void all_problems_come_at_once_and_name_what_was_meant() {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("dya", "2026-11-22");
    given.put("count", "x");
    assertThat(
            Parameters.bindText(
                flow(parameter("day", "date"), parameter("count", "integer")), given))
        .isEqualTo(
            new Parameters.Unbound(
                List.of(
                    "flow `f` has no parameter `dya`, did you mean `day`?",
                    "parameter `day` (date) must be given",
                    "parameter `count`: expected integer, got \"x\"")));
  }

  @Test
  void what_is_not_given_takes_its_default_in_the_order_of_the_flow() {
    Parameter first = new Parameter("b", ValueType.ANY, Optional.of(IntNode.valueOf(1)), "");
    Parameters.Binding bound =
        Parameters.bind(
            flow(first, parameter("a", "string")), Map.of("a", StringNode.valueOf("x")));
    assertThat(((Parameters.Bound) bound).values().toString()).isEqualTo("{\"b\":1,\"a\":\"x\"}");
  }
}
