package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Palette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about the shell says what the shell does. */
final class ShellPageTest {
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\w+) \\|");

  private static List<String> page() throws IOException {
    return Files.readAllLines(Path.of("docs/shell.md"));
  }

  @Test
  void its_examples_are_what_it_says_they_are() throws IOException {
    Map<String, String> said = new TreeMap<>();
    for (String line : page()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        said.put(row.group(1), row.group(2));
      }
    }
    assertThat(said).hasSizeGreaterThan(12);
    assertThat(said).allSatisfy((text, kind) -> assertThat(kind(text)).as(text).isEqualTo(kind));
  }

  @Test
  void help_on_a_verb_has_examples_that_are_that_verb() {
    for (Verb verb : Verb.values()) {
      assertThat(verb.examples()).as(verb.text()).isNotEmpty();
      for (String example : verb.examples()) {
        Saying saying =
            new Dispatch(new FewCommands()).of(Statements.of(example).next().orElseThrow());
        assertThat(saying)
            .as(example)
            .isInstanceOfSatisfying(
                Saying.Draft.class, said -> assertThat(said.verb()).isEqualTo(verb));
      }
    }
  }

  @Test
  void help_and_the_tour_fit_on_a_screen_of_80_columns_and_24_rows() {
    List<String> commands =
        List.of("workflow run serve deployment schedule prefect workpool worker init".split(" "));
    for (boolean debugging : new boolean[] {false, true}) {
      List<String> help = HelpText.overview(Palette.ASCII, commands, debugging);
      assertThat(help).hasSizeLessThan(23).allMatch(line -> Cells.width(line) < 80);
    }
    assertThat(Tour.lines(Palette.ASCII)).hasSize(6).allMatch(line -> Cells.width(line) < 79);
  }

  private static String kind(String text) {
    Statement statement = Statements.of(text).next().orElseThrow();
    return switch (new Dispatch(new FewCommands()).of(statement)) {
      case Saying.Order _ -> "command";
      case Saying.Outside _ -> "program";
      case Saying.Draft _, Saying.Debug _ -> "verb";
      case Saying.Spec _ -> "flow";
      case Saying.Sentence _ -> "sentence";
      case Saying.Script _, Saying.Choice _, Saying.Faulty _ -> "script";
      case Saying.Wrong _ -> "wrong";
    };
  }

  @Test
  void it_names_every_verb_as_help_does() throws IOException {
    List<String> page = page();
    String help = " " + String.join("  ", HelpText.overview(Palette.ASCII, List.of(), false)) + " ";
    for (Verb verb : Verb.values()) {
      assertThat(page)
          .as(verb.text())
          .anyMatch(line -> line.startsWith("|") && line.contains("`" + verb.text() + "`"));
      assertThat(help).contains(" " + verb.text() + " ");
      assertThat(HelpText.about(Palette.ASCII, verb.text()).getFirst())
          .contains(verb.description());
    }
  }
}
