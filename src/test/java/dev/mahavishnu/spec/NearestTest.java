package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "extrct, extract",
    "exrtact, extract",
    "LOAD, load",
    "laod, load",
    "retrys, retries",
    "comand, command"
  })
  void a_misspelt_word_finds_what_was_meant(String word, String meant) {
    assertThat(Nearest.to(word, List.of("load", "extract", "retries", "command"))).contains(meant);
  }

  @Test
  void a_word_that_is_near_to_none_finds_none() {
    assertThat(Nearest.to("wombat", List.of("load", "extract"))).isEmpty();
    assertThat(Nearest.hint("wombat", List.of())).isEmpty();
  }

  @Test
  void of_equals_the_first_in_the_alphabet_wins_whatever_the_order() {
    assertThat(Nearest.to("lod", List.of("led", "lad"))).contains("lad");
    assertThat(Nearest.to("lod", List.of("lad", "led"))).contains("lad");
  }
}
