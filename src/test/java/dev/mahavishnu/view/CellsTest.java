package dev.mahavishnu.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CellsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[31mred\u001b[0m",
        "\u001b]0;title\u0007red",
        "\u001b]8;;https://example.org\u001b\\red\u001b]8;;\u001b\\",
        "\u001b[2J\u001b[Hred",
        "r\bed\u0000\u007f",
        "\u009b31mred",
        "\u001bPq...\u001b\\red",
        "\u202Ered\u202C",
        "red\u001b[",
        "red\u001b",
        "red\r",
        "\uD800red",
        "\u001b(0red\u001b(B"
      })
  void nothing_in_a_text_reaches_the_terminal_but_its_letters(String hostile) {
    String clean = Cells.clean(hostile);

    assertThat(clean.replace("\b", "")).isEqualTo("red");
    assertThat(clean.chars()).noneMatch(Character::isISOControl);
  }

  @Test
  void line_ends_and_tabs_become_blanks() {
    assertThat(Cells.clean("a\nb\tc")).isEqualTo("a b c");
  }

  @ParameterizedTest
  @CsvSource({
    "plain,5",
    "日本語,6",
    "naïve,5",
    "e\u0301,1",
    "👩‍👩‍👧,2",
    "✈️,2",
    "한글,4",
    "ＡＢ,4",
    "✓,1",
    "👍🏽,2",
    "'',0"
  })
  void width_counts_cells(String text, int cells) {
    assertThat(Cells.width(text)).isEqualTo(cells);
  }

  @Test
  void a_cut_text_ends_in_an_ellipsis_and_never_takes_more_cells_than_it_may() {
    assertThat(Cells.fit("0123456789", 5)).isEqualTo("0123…");
    assertThat(Cells.fit("日本語", 6)).isEqualTo("日本語");
    assertThat(Cells.fit("日本語", 5)).isEqualTo("日本…");
    assertThat(Cells.fit("日本語", 4)).isEqualTo("日…");
    assertThat(Cells.fit("abc", 1)).isEqualTo("…");
    assertThat(Cells.fit("abc", 0)).isEmpty();
  }

  @Test
  void a_padded_text_fills_its_cells() {
    assertThat(Cells.pad("日本", 6)).isEqualTo("日本  ");
    assertThat(Cells.right("1.0s", 6)).isEqualTo("  1.0s");
    assertThat(Cells.pad("longer", 3)).isEqualTo("longer");
  }
}
