package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left on a real screen when a run that was watched on a terminal is over. */
final class LiveDisplayTest {
  @TempDir Path folder;

  private static List<String> screen(String output, int columns, int rows) {
    ScreenTerminal terminal = new ScreenTerminal(columns, rows);
    terminal.write(output.replace("\n", "\r\n"));
    long[] cells = new long[columns * rows];
    terminal.dump(cells, new int[2]);
    return IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(cells, row * columns, (row + 1) * columns))
        .map(LiveDisplayTest::text)
        .toList();
  }

  private static String text(long[] cells) {
    StringBuilder text = new StringBuilder();
    for (long cell : cells) {
      int c = ScreenTerminal.cellCodePoint(cell);
      text.appendCodePoint(c == 0 ? ' ' : c);
    }
    return text.toString().stripTrailing();
  }

  private CommandLineOf.Result trigger(Screen.Size size) throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/f.yaml"),
        """
        flow: f
        tasks:
          - {id: a, type: shell, command: 'sleep 0.5'}
          - {id: items, type: compute, map: [1, 2, 3], value: "${{ item }}", depends_on: [a]}
          - {id: wrong, type: shell, command: 'echo "a very long reason that fits in no line" >&2; exit 3', depends_on: [a]}
          - {id: never, type: compute, value: 1, depends_on: [wrong]}
        """);
    return new CommandLineOf(folder)
        .with("MAHAVISHNU_HOME", folder.resolve("none").toString())
        .at(new Screen(true, true, true, () -> size))
        .run("workflow", "trigger", "f", "--color", "never");
  }

  private static String timeless(String line) {
    return line.replaceAll("\\d\\d\\d\\d\\d\\d-\\d{6}-[a-z2-7]{4}", "RUN")
        .replaceAll("\\d+\\.\\ds", "TIME")
        .replaceAll(" +", " ");
  }

  @Test
  void the_tree_stays_once_with_every_task_and_the_end_below_it() throws IOException {
    CommandLineOf.Result result = trigger(new Screen.Size(100, 24));

    assertThat(screen(result.out(), 100, 24))
        .extracting(LiveDisplayTest::timeless)
        .startsWith(
            "✗ f RUN Failed 6/6 TIME 2 of 4 tasks did not complete: wrong, never",
            "✓ a TIME",
            "✓ items TIME 3/3",
            "✗ wrong TIME exited with 3: a very long reason that fits in no line",
            "✗ never UpstreamFailed: did not run: wrong failed",
            "✗ Failed f RUN in TIME: 4 completed, 1 failed, 1 not run")
        .filteredOn(line -> line.startsWith("✓ a"))
        .hasSize(1);
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_narrow_screen_cuts_lines_and_never_wraps_them() throws IOException {
    CommandLineOf.Result result = trigger(new Screen.Size(30, 12));

    assertThat(screen(result.out(), 30, 24))
        .filteredOn(line -> line.startsWith("✓ a") || line.startsWith("✗ wrong"))
        .hasSize(2)
        .anyMatch(line -> line.endsWith("…"));
  }

  @Test
  void the_tree_was_painted_while_the_run_went_on() throws IOException {
    assertThat(trigger(new Screen.Size(100, 24)).out())
        .contains("○ never")
        .containsPattern("\u001b\\[\\d+A")
        .endsWith("\n")
        .doesNotContain("\u001b[?25l");
  }
}
