package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs broken at random: the reader always answers, and every position is in the text. */
final class FlowReaderFuzzTest {
  private static final Path FOLDER = Path.of("src/test/resources/specs/good");
  private static final FlowReader READER = new FlowReader(new Expressions());
  private static final int ROUNDS = Integer.getInteger("mahavishnu.broken", 1_000);

  private static final List<String> PIECES =
      List.of(
          "${{", "}}", "\"", "'", "|\n", ">-\n", "- ", ": ", ":", "\n", "  ", "\t", "{", "}", "[",
          "]", ",", "#", "&a ", "*a", "!t ", "---\n", "...\n", "? ", "%", "\\", "\\u", "\u0000",
          "\uD83D", "😀", "\uFEFF", "\r", "\u2028", "null", "~", "1e999", "<<", "tasks", "$(", "`",
          "eval ", "<<EOF\n", "params.", "tasks.", "item", "flow", "type", "compute", "-", "0",
          "9");

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void a_broken_spec_is_answered_with_problems_that_are_in_it(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (String folder : List.of("good", "bad")) {
      for (Path spec : FlowReaderTest.specs(folder)) {
        texts.add(Files.readString(spec));
      }
    }
    for (int i = 0; i < ROUNDS; i++) {
      String text = broken(texts.get(random.nextInt(texts.size())), random);
      String name = List.of("a.yaml", "a.json", "a").get(random.nextInt(3));
      if (answer(name, text) instanceof ReadResult.Invalid invalid) {
        long lines = text.lines().count();
        assertThat(invalid.problems())
            .as(text)
            .isNotEmpty()
            .allMatch(p -> p.at().line() >= 1 && p.at().line() <= lines + 1 && p.at().column() >= 1)
            .allMatch(p -> !p.message().isBlank() && !p.text().contains("\n"));
      }
    }
  }

  private static ReadResult answer(String name, String text) {
    try {
      return READER.read(name, text, FOLDER);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(text, e);
    }
  }

  private static String broken(String text, Random random) {
    StringBuilder broken = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(broken.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> broken.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> broken.delete(at, Math.min(broken.length(), at + 1 + random.nextInt(8)));
        default -> {
          int from = random.nextInt(broken.length() + 1);
          broken.insert(
              at, broken.substring(from, Math.min(broken.length(), from + random.nextInt(40))));
        }
      }
    }
    return broken.toString();
  }
}
