package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.ExpressionChecker.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing but faults and {@link ExpressionException} ever comes of an expression. */
final class FuzzTest {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "9223372036854775807",
          "(-9223372036854775807 - 1)",
          "0.5",
          "-1e300",
          "''",
          "'a😀b'",
          "'2026-11-22'",
          "'2026-11-22T06:00:00+14:00'",
          "'-999999999-01-01'",
          "'+999999999-12-31T23:59:59.999999999-18:00'",
          "'999999d'",
          "'Europe/Berlin'",
          "'yyyy'",
          "'(a|b'",
          "[]",
          "[1, 'a', null, [2]]",
          "{}",
          "{'a': {'b': [1.5]}}");

  @Test
  void every_function_answers_or_refuses_any_arguments() {
    Library.all()
        .forEach(
            function -> {
              for (List<String> arguments : arguments(function.wants().size())) {
                holds(written(function, arguments));
              }
            });
  }

  private static String written(Function function, List<String> arguments) {
    int first = function.method() ? 1 : 0;
    return (function.method() ? "dyn(" + arguments.getFirst() + ")." : "")
        + function.name()
        + "("
        + String.join(", ", arguments.subList(first, arguments.size()))
        + ")";
  }

  private static List<List<String>> arguments(int count) {
    List<List<String>> all = List.of(List.of());
    for (int i = 0; i < count; i++) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> begun : all) {
        for (String value : VALUES) {
          List<String> next = new ArrayList<>(begun);
          next.add(value);
          longer.add(next);
        }
      }
      all = longer;
    }
    return all.size() <= 150 ? all : sample(all);
  }

  private static List<List<String>> sample(List<List<String>> all) {
    Random random = new Random(1);
    return random.ints(150, 0, all.size()).mapToObj(all::get).toList();
  }

  @Test
  void every_operator_answers_or_refuses_any_sides() {
    for (Operator operator : Operator.values()) {
      for (List<String> sides : arguments(2)) {
        holds("dyn(" + sides.get(0) + ") " + operator.text() + " " + sides.get(1));
      }
    }
  }

  @Test
  void random_texts_are_parsed_or_refused() {
    String[] pieces = {
      "params", "tasks", ".", "day", "[", "]", "(", ")", "{", "}", "\"", "'", "`", "r'", "\"\"\"",
      "\\", "?", ":", ",", "+", "-", "!", "&&", "||", "==", "<", "in", "1", "1.5e", "0x", "9u",
      "b'", " ", "\n", "//", "😀", "é", "\u0000", "map", "has", "x", "size(", "tasks[", ".?", "[?",
      "${{", "}}", "null"
    };
    for (int seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      holds(text.toString());
    }
  }

  private static void holds(String expression) {
    for (Fault fault : World.faults(expression)) {
      assertThat(fault.offset()).as(expression).isBetween(0, expression.length());
      assertThat(fault.message()).as(expression).isNotBlank().hasSizeLessThan(300);
    }
    try {
      assertThat(World.evaluate(expression).isMissingNode()).as(expression).isFalse();
    } catch (ExpressionException e) {
      assertThat(e.offset()).as(expression).isBetween(0, expression.length());
      assertThat(e).as(expression).message().isNotBlank();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(expression, e);
    }
  }
}
