package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WordsTest {

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("  run   list ", List.of("run", "list")),
        Arguments.of("a 'b c' \"d \\\" \\\\ \\n\"", List.of("a", "b c", "d \" \\ \\n")),
        Arguments.of("a '' \"\"", List.of("a", "", "")),
        Arguments.of("my\\ file", List.of("my file")),
        Arguments.of("it's 5\"", List.of("it's", "5\"")),
        Arguments.of("k='a b' k=\"a b\"", List.of("k=a b", "k=a b")),
        Arguments.of("k={\"a\": [1, \"}\"]} x", List.of("k={\"a\": [1, \"}\"]}", "x")),
        Arguments.of("[1, 2] x", List.of("[1, 2]", "x")),
        Arguments.of("k=a=\"b\"", List.of("k=a=\"b\"")),
        Arguments.of("ends\\", List.of("ends\\")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void a_line_is_cut_into_words(String line, List<String> expected) {
    assertThat(Words.split(line))
        .isInstanceOfSatisfying(
            Words.Whole.class, whole -> assertThat(whole.texts()).isEqualTo(expected));
  }

  @Test
  void what_is_open_is_told_apart() {
    assertThat(Words.split("a 'b c")).isInstanceOf(Words.Unclosed.class);
    assertThat(Words.split("a k=\"b c")).isInstanceOf(Words.Unclosed.class);
    assertThat(Words.split("a k={\"b\": c")).isInstanceOf(Words.Unclosed.class);
  }

  @Test
  void words_know_where_they_stood() {
    assertThat(((Words.Whole) Words.split(" a 'b c' d")).words())
        .containsExactly(
            new Words.Word("a", 1, 2, ' '),
            new Words.Word("b c", 3, 8, '\''),
            new Words.Word("d", 9, 10, ' '));
  }
}
