package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

final class ExpressionsTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void values_are_handed_on_as_they_are_and_not_walked() throws Exception {
    JsonNode large = NODES.arrayNode();
    assertThat(evaluate("params.x", large)).isSameAs(large);
    assertThat(evaluate("true ? item : 0", large)).isSameAs(large);
  }

  @Test
  void every_kind_of_json_number_counts() throws Exception {
    assertThat(evaluate("params.x + 1", NODES.numberNode((short) 2))).isEqualTo(Values.of(3));
    assertThat(evaluate("params.x + 1", NODES.numberNode(2.5f))).isEqualTo(Values.of(3.5));
    assertThat(evaluate("params.x * 2", NODES.numberNode(new BigDecimal("2.25"))))
        .isEqualTo(Values.of(4.5));
    assertThat(evaluate("params.x == 2.25", NODES.numberNode(new BigDecimal("2.25"))))
        .isEqualTo(Values.of(true));
    assertThat(evaluate("params.x + 1", NODES.numberNode(BigInteger.TWO))).isEqualTo(Values.of(3));
    BigInteger beyond = BigInteger.TWO.pow(70);
    assertThat(evaluate("params.x > 1 && params.x == params.x", NODES.numberNode(beyond)))
        .isEqualTo(Values.of(true));
    assertThatThrownBy(() -> evaluate("params.x + 1", NODES.numberNode(beyond)))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("an integer here does not fit in 64 bits");
  }

  @Test
  void what_is_not_there_is_null() throws Exception {
    assertThat(evaluate("params.x == null", MissingNode.getInstance())).isEqualTo(Values.of(true));
    assertThat(evaluate("params.x", NODES.nullNode()).isNull()).isTrue();
  }

  @Test
  void one_instance_serves_many_threads() throws Exception {
    Expressions expressions = new Expressions();
    List<Callable<Long>> work = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      work.add(
          () -> {
            long sum = 0;
            for (int i = 0; i < 2_000; i++) {
              // More than are kept, so that they are thrown away meanwhile.
              JsonNode value = expressions.evaluate("params.count * " + i, new World());
              assertThat(value.longValue()).isEqualTo(3L * i);
              sum += value.longValue();
            }
            return sum;
          });
    }
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (Future<Long> sum : pool.invokeAll(work)) {
        assertThat(sum.get()).isEqualTo(5_997_000L);
      }
    }
  }

  @Test
  void keeping_parsed_expressions_has_a_bound() throws Exception {
    Expressions expressions = new Expressions();
    for (int i = 0; i < 10_000; i++) {
      expressions.evaluate("params.count + " + i, new World());
    }
    expressions.evaluate("1" + " ".repeat(5_000), new World());
    assertThat(expressions.kept()).isBetween(1, 4_096);
  }

  @Test
  void ten_thousand_expressions_over_ten_thousand_tasks_are_checked_soon() throws Throwable {
    Map<String, ValueType> outputs = new HashMap<>();
    for (int i = 0; i < 10_000; i++) {
      outputs.put("task_" + i, ValueType.of("{rows: integer}"));
    }
    var session = new Expressions().open(new Scope(Map.of(), outputs, Set.of()));
    var spent =
        Cpu.of(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                String expression = "tasks.task_" + i + ".output.rows > " + i;
                assertThat(session.check(expression, Optional.empty()).faults()).isEmpty();
              }
            });
    // Warm it is 0.1 s; the bound only tells 10 µs an expression from 1 ms.
    assertThat(spent).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void names_alone_never_load_cel_and_no_expression_loads_protobuf() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("protobuf")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    try (Loader alone = new Loader(urls.toArray(URL[]::new))) {
      evaluateIn(alone, "params.day");
      assertThat(alone.asked).noneMatch(name -> name.startsWith("dev.cel."));
      evaluateIn(alone, "[1, 2].map(x, x * 2.5 > 1 ? {'a': [x]} : {}).filter(m, has(m.a))");
      evaluateIn(alone, "1 +* ${ 'x");
      assertThat(alone.asked)
          .anyMatch(name -> name.startsWith("dev.cel."))
          .noneMatch(name -> name.startsWith("com.google.protobuf."));
    }
  }

  private static void evaluateIn(ClassLoader loader, String expression) throws Exception {
    loader
        .loadClass("dev.mahavishnu.expr.Alone")
        .getMethod("check", String.class)
        .invoke(null, expression);
  }

  /** Sees what the tests see, but loads it again, and says what it was asked for. */
  private static final class Loader extends URLClassLoader {
    private final List<String> asked = new ArrayList<>();

    Loader(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      return super.loadClass(name, resolve);
    }
  }

  private static JsonNode evaluate(String expression, JsonNode x) throws ExpressionException {
    Bindings bindings =
        new World(Optional.of(x)) {
          @Override
          public JsonNode parameter(String name) {
            return x;
          }
        };
    return new Expressions().evaluate(expression, bindings);
  }
}
