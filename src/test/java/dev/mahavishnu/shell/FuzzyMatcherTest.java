package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FuzzyMatcherTest {
  private static final List<String> KNOWN =
      List.of("list", "logs", "extract_orders", "Load", "260304-050607-k7qd", "--limit");

  private final FuzzyMatcher matcher = new FuzzyMatcher();

  private List<String> matches(String word, List<String> known) {
    String line = "x " + word;
    matcher.compile(Map.of(), false, PromptParser.typed(line, line.length()), false, 2, "original");
    List<Candidate> candidates = new ArrayList<>();
    known.forEach(text -> candidates.add(new Candidate(text)));
    return matcher.matches(candidates).stream().map(Candidate::value).toList();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          l,       list logs
          lo,      logs
          LO,      logs Load
          k7qd,    260304-050607-k7qd
          orders,  extract_orders
          exord,   extract_orders
          lsit,    list
          --lmt,   --limit
          zzz,     ''
          xo,      ''
          """)
  void the_nearest_way_to_be_meant_counts(String word, String found) {
    assertThat(String.join(" ", matches(word, KNOWN))).isEqualTo(found);
  }

  @Test
  void an_empty_word_may_be_all_of_them() {
    assertThat(matches("", KNOWN)).isEqualTo(KNOWN);
  }

  @Test
  void only_what_all_begin_with_is_filled_in() {
    matches("lo", List.of("load_a", "load_b", "x"));
    assertThat(matcher.getCommonPrefix()).isEqualTo("load_");
    matches("rders", List.of("orders", "borders"));
    assertThat(matcher.getCommonPrefix()).isEmpty();
    assertThat(Stream.of("", "q")).allSatisfy(word -> matches(word, List.of()));
    assertThat(matcher.getCommonPrefix()).isEmpty();
  }
}
