package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An expression can't hold up or fill up the process, whatever it says. */
final class HostileTest {
  private static final String DEEP = "nested deeper, or one operator chained longer, than 250";
  private static final String TURNS = "loops take more than 2000 turns in all";
  private static final String WORK = "too much for one expression";

  static Stream<Arguments> expressions() {
    return Stream.of(
        hostile("300 chained +", String.join("+", "1".repeat(300).split("")), DEEP),
        hostile("300 parentheses", "(".repeat(300) + "1" + ")".repeat(300), DEEP),
        hostile("4,000 parentheses", "(".repeat(4000) + "1" + ")".repeat(4000), DEEP),
        hostile("4,000 open parentheses", "(".repeat(4000), ""),
        hostile("9,000 open brackets", "[".repeat(9000), ""),
        hostile("3,000 lists in lists", "[".repeat(3000) + "]".repeat(3000), DEEP),
        hostile("2,000 objects in objects", "{\"a\":".repeat(1900), ""),
        hostile("400 conditions", "true?1:".repeat(400) + "1", DEEP),
        hostile("400 fields", "params.free" + ".a".repeat(400), DEEP),
        hostile("400 calls", "params.name" + ".lower()".repeat(400), DEEP),
        hostile("a long text", "1".repeat(10_001), "longer than 10000 characters"),
        hostile("3,000 exclamation marks", "!".repeat(3000) + "1", "nested too deep"),
        hostile("9,999 minus signs", "-".repeat(9998) + "1", "nested too deep"),
        hostile("nonsense", "?:,;".repeat(2000), ""),
        hostile("a string without end", "\"".repeat(9_999), ""),
        hostile(
            "500 in 500 in 500 turns",
            "range(500).map(a, range(500).map(b, range(500).map(c, a + b + c)))",
            TURNS),
        hostile("a turn too many", "range(2001).all(x, true)", TURNS),
        hostile("turns that fail and are absorbed", "range(100000).exists(x, 1 / 0 == x)", TURNS),
        hostile(
            "turns within what is absorbed",
            "range(3000).all(x, true) || true && range(3000).all(x, true)",
            TURNS),
        hostile("a huge range", "range(9223372036854775807)", WORK),
        hostile("a range beyond an int", "range(4294967296)", WORK),
        hostile(
            "replace in replace",
            "\"aaaaaaaaaa\"" + ".replace(\"a\", \"aaaaaaaaaa\")".repeat(8),
            WORK),
        hostile("replace of nothing", chain("replace(\"\", \"aaaaaaaaaa\")", 9), WORK),
        hostile("padding", "\"x\".padStart(9223372036854775807, \"y\")", WORK),
        hostile("long strings by turns", "range(2000).map(x, \"x\".padStart(9999, \"y\"))", WORK),
        hostile("join of joins", "range(999).map(a, range(100000).join(\"x\"))", WORK),
        hostile("lists that double", doubling("range(1000)", "xs + xs"), WORK),
        hostile(
            "strings that double",
            doubling("\"0123456789\".padStart(999, \"x\")", "xs + xs"),
            WORK),
        hostile("search in search", "range(100000).filter(x, x in range(100000)) == []", WORK),
        hostile("comparisons", "range(2000).all(x, range(60000) == range(60000))", WORK),
        hostile("JSON of JSON", "range(900000).toJson().parseJson().toJson()", WORK),
        hostile("deep JSON", "\"[\".padStart(9000, \"[\").parseJson()", "the string is not JSON"),
        hostile(
            "a large regular expression",
            "\"a\".matches(\"((a{1000}){1000}){1000}\")",
            "too large"),
        hostile(
            "a hidden large one",
            "\"a\".matches(r\"(?:[]}](\\pL{500}|\\Qa(\\E){9}){90}\")",
            "large"),
        hostile("repeats of repeats", "\"a\".matches(\"(x+x+){1000}{1000}y\")", ""),
        hostile("a number of a billion digits", "int(1e18) * int(1e18)", "64 bits"),
        hostile("many digits", "0.".concat("1".repeat(9000)) + " == \"a\" + 1", "`+` does not"));
  }

  private static String chain(String call, int times) {
    return "\"aaaaaaaaaa\"" + ("." + call).repeat(times);
  }

  /** {@code [seed].map(xs, xs + xs).map(xs, xs + xs)…} */
  private static String doubling(String seed, String twice) {
    return "["
        + seed
        + "]"
        + IntStream.range(0, 40)
            .mapToObj(i -> ".map(xs, " + twice + ")")
            .collect(Collectors.joining());
  }

  private static Arguments hostile(String name, String expression, String message) {
    return Arguments.of(name, expression, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void a_hostile_expression_ends_soon_with_one_clear_line(
      String name, String expression, String message) throws Throwable {
    World.check(expression);
    AtomicReference<ExpressionException> thrown = new AtomicReference<>();
    var spent =
        Cpu.of(
            () ->
                thrown.set(
                    catchThrowableOfType(
                        ExpressionException.class, () -> World.evaluate(expression))));
    ExpressionException refused = thrown.get();
    assertThat(spent).isLessThan(Duration.ofSeconds(3));
    assertThat(refused).as(name).isNotNull();
    assertThat(refused.getMessage()).contains(message).hasSizeLessThan(250).doesNotContain("\n");
    assertThat(refused.offset()).isBetween(0, expression.length());
  }

  @Test
  void a_thread_with_little_room_refuses_what_it_can_not_hold() throws InterruptedException {
    String expression = "[".repeat(200) + "]".repeat(200);
    World.check(expression);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Runnable read = () -> thrown.set(catchThrowable(() -> World.evaluate(expression)));
    Thread small = new Thread(null, read, "small", 128 * 1024);
    small.start();
    small.join();
    assertThat(thrown.get()).isInstanceOf(ExpressionException.class).hasMessageContaining(DEEP);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void what_is_within_the_limits_works(String name, String expression) throws Exception {
    assertThat(World.evaluate(expression)).as(name).isNotNull();
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("200 chained +", String.join("+", "1".repeat(200).split(""))),
        Arguments.of("900 chained &&", "true" + " && true".repeat(900)),
        Arguments.of("200 parentheses", "(".repeat(120) + "1" + ")".repeat(120)),
        Arguments.of("a list of 4,000 items", "[" + "1,".repeat(4000) + "]"),
        Arguments.of("2,000 turns", "range(2000).map(x, x * x)"),
        Arguments.of("a list of a million", "size(range(1000000))"),
        Arguments.of(
            "a regular expression that would backtrack elsewhere",
            "\"a\".padStart(100000, \"a\").matches(\"(a|aa|a?)+(a*)*$x\")"),
        Arguments.of(
            "a regular expression over a long text",
            "\"a\".padStart(100000, \"b\").matches(\"(b|c)+a\")"));
  }
}
