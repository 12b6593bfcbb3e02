package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FreeExpressionTest {
  private static final JsonNode OUTPUT =
      new JsonMapper().readTree("{\"rows\": 2, \"files\": [\"a\", \"b\"]}");
  private static final Map<String, JsonNode> VARIABLES =
      Map.of("_n", new JsonMapper().readTree("3"), "_s", new JsonMapper().readTree("\"x\""));

  private static final Bindings FACTS =
      new Bindings() {
        @Override
        public JsonNode parameter(String name) {
          return Values.of(name);
        }

        @Override
        public JsonNode output(String task) {
          return OUTPUT;
        }

        @Override
        public String state(String task) {
          return "COMPLETED";
        }

        @Override
        public String secret(String name) {
          throw new IllegalStateException(name);
        }

        @Override
        public Optional<JsonNode> item() {
          return Optional.empty();
        }

        @Override
        public long index() {
          return 0;
        }

        @Override
        public JsonNode run() {
          return new JsonMapper().readTree("{\"state\": \"FAILED\"}");
        }
      };

  private static FreeExpression read(String text) {
    FreeExpression.Read read =
        FreeExpression.read(text, text.replace('_', '$'), VARIABLES.keySet(), name -> "no " + name);
    return ((FreeExpression.Read.Good) read).expression();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          tasks.load.output.rows > 3; tasks.load.output.rows=2
          _n == 3; $n=3
          3 < _n; $n=3
          _n > tasks.a.output.rows; $n=3 tasks.a.output.rows=2
          run.state == "COMPLETED"; run.state="FAILED"
          run.state == "A" && (_n > 4 || size(tasks.a.output.files) == 3); run.state="FAILED" $n=3 size(tasks.a.output.files)=2
          !(_n == 3); $n=3
          !(_n + 1 == 3); $n + 1=4
          (_n + 1) * 2 == 3; ($n + 1) * 2=8
          _s in ["(", ")"]; $s="x"
          "x)" == _s + "("; $s + "("="x("
          tasks.a.output.gone > 3 || _n == 4; $n=3
          _n == 3 && _n == 4 && _n == 3; $n=3
          tasks.a.output.files.all(f, f == "a"); tasks.a.output.files.all(f, f == "a")=false
          """)
  void what_a_comparison_looked_at_is_told_as_it_is_written(String text, String seen) {
    List<String> sights =
        read(text).sights(FACTS, VARIABLES).stream().map(s -> s.text() + "=" + s.value()).toList();
    assertThat(String.join(" ", sights)).isEqualTo(seen);
  }

  @Test
  void variables_are_values_and_may_hold_anything() throws ExpressionException {
    assertThat(read("_n + 1").value(FACTS, VARIABLES).intValue()).isEqualTo(4);
    assertThat(read("[1, 2].map(x, x + _n)").value(FACTS, VARIABLES)).hasToString("[4,5]");
    assertThat(read("_n == \"3\"").check(Scope.ENDED).faults()).isEmpty();
    assertThat(read("_s.nothing").check(Scope.ENDED).faults()).isEmpty();
  }

  @Test
  void faults_stand_where_they_are() {
    assertThat(FreeExpression.read("1 == rows", "", List.of(), name -> "no " + name))
        .isEqualTo(
            new FreeExpression.Read.Bad(List.of(new Fault(5, "unknown name `rows`", "no rows"))));
    assertThat(read("tasks.load.state == _n").check(Scope.ENDED).faults().getFirst())
        .isEqualTo(
            new Fault(
                6,
                "unknown task `load`",
                "here `run` is the run that ended: write run.params.NAME or run.outputs.NAME"));
  }
}
