package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Proposal.Unclear;
import dev.mahavishnu.view.Palette;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MisunderstandingTest {
  private static Unclear part(String text, String words) {
    int start = text.indexOf(words);
    return new Unclear(start, start + words.length(), words, "why", "FORM", "example");
  }

  @Test
  void each_part_is_underlined_in_its_line_by_the_cells_it_takes() {
    String text = "run \u6f22\u5b57 quickly\nand \u001b[31mgently";
    assertThat(
            new Misunderstanding(Palette.ASCII)
                .lines(text, List.of(part(text, "quickly"), part(text, "gently"))))
        .containsExactly(
            "not understood: `quickly`, `gently`",
            "  run \u6f22\u5b57 quickly",
            "           ^^^^^^^",
            "  and gently",
            "      ^^^^^^",
            "quickly: why",
            "gently: why",
            "  understood is: FORM, as in: example");
  }
}
