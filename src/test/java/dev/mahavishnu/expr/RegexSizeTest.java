package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexSizeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "(a{30}){30}",
        "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z",
        "[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}",
        "(?:[]}]{3}|[^]}]{4}){50}",
        "\\Qa(b{\\E{9}",
        "\\p{Greek}{50}\\x{1F600}{50}",
        "(x+x+){500}y",
        "a{,3}{b}",
        "((((a{2}){2}){2}){2}){2}"
      })
  void the_size_is_about_that_of_the_compiled_program(String regex) {
    long compiled = Pattern.compile(regex).programSize();
    assertThat(RegexSize.of(regex)).isBetween(compiled / 3, compiled * 3 + 10);
  }

  @Test
  void random_expressions_are_never_much_larger_than_foreseen() {
    String[] pieces = {
      "a", "b", "(", ")", "(?:", "|", "*", "+", "?", "{3}", "{2,7}", "{5,}", "[a-z]", "[^]{]",
      "\\d", "\\{", "."
    };
    int compiled = 0;
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder regex = new StringBuilder();
      for (int i = random.nextInt(14); i >= 0; i--) {
        regex.append(pieces[random.nextInt(pieces.length)]);
      }
      long foreseen = RegexSize.of(regex.toString());
      if (foreseen < 20_000) {
        try {
          int size = Pattern.compile(regex.toString()).programSize();
          compiled++;
          assertThat((long) size).as(regex.toString()).isLessThan(foreseen * 4 + 20);
        } catch (PatternSyntaxException e) {
          // Not every handful of pieces is an expression.
        }
      }
    }
    assertThat(compiled).isGreaterThan(2_000);
  }
}
