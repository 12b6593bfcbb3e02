package dev.mahavishnu.plan.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.offline.Corpus.Case;
import dev.mahavishnu.plan.offline.Token.Kind;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that nobody wrote: composed of the forms with a known outcome, and damaged ones. */
final class OfflineFuzzTest {
  private static final List<String> UNKNOWN =
      List.of(
          "frobnicate",
          "quickly",
          "lunch",
          "without",
          "never",
          "maybe",
          "twice-ish",
          "and/or",
          "tomorrow",
          "unless",
          "except",
          "gently",
          "qux",
          "holidays");

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  static Stream<Case> understood() {
    return Stream.of("new-flows.yaml", "edits.yaml", "page.yaml").flatMap(Corpus::cases);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_request_composed_of_the_forms_becomes_the_flow_it_was_composed_for(long seed) {
    Composed composed = Composed.of(new Random(seed));
    Proposal proposal = Corpus.PLANNER.plan(composed.request());
    assertThat(proposal).as(composed.text()).isInstanceOf(Proposal.Proposed.class);
    Proposal.Proposed proposed = (Proposal.Proposed) proposal;
    assertThat(FlowWriter.yaml(proposed.flow()))
        .as(composed.text())
        .isEqualTo(FlowWriter.yaml(Corpus.flow(composed.flow())));
  }

  /**
   * Where a word more is a name or a value, the flow holds it; anywhere else nothing is proposed.
   */
  @ParameterizedTest
  @MethodSource("understood")
  void no_word_that_is_put_into_a_request_is_passed_over(Case request) {
    List<String> words = new ArrayList<>(UNKNOWN);
    Random random = new Random(request.request().hashCode());
    for (Token token : Lexer.tokens(request.request())) {
      int at = token.span().start();
      Collections.shuffle(words, random);
      for (String word : words.subList(0, 2)) {
        String text =
            request.request().substring(0, at) + " " + word + " " + request.request().substring(at);
        Proposal proposal = request.planned(text, request.draft());
        if (proposal instanceof Proposal.Proposed proposed) {
          assertThat(FlowWriter.yaml(proposed.flow())).as(text).contains(word);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("understood")
  void a_word_less_gives_no_flow_that_is_not_valid_and_no_failure(Case request) {
    List<Token> tokens = Lexer.tokens(request.request());
    FlowReader reader = Corpus.READER;
    for (Token token : tokens) {
      String text =
          request.request().substring(0, token.span().start())
              + request.request().substring(token.span().end());
      if (request.planned(text, request.draft()) instanceof Proposal.Proposed proposed) {
        assertThat(reader.problems(proposed.flow())).as(text).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void words_in_any_order_give_an_answer_whose_words_stand_in_the_request(long seed) {
    Random random = new Random(seed);
    List<Case> all = understood().toList();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Case one = all.get(random.nextInt(all.size()));
      Lexer.tokens(one.request()).forEach(token -> words.add(token.raw()));
    }
    Collections.shuffle(words, random);
    String text = String.join(" ", words);
    Proposal proposal =
        all.get(random.nextInt(all.size())).planned(text, java.util.Optional.empty());
    if (proposal instanceof Proposal.NotUnderstood not) {
      assertThat(not.parts()).isNotEmpty();
      assertThat(not.parts())
          .allSatisfy(
              part -> {
                assertThat(text.substring(part.start(), part.end())).isEqualTo(part.words());
                assertThat(part.why()).isNotEmpty();
                assertThat(part.example()).isNotEmpty();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void any_characters_give_an_answer(long seed) {
    Random random = new Random(seed);
    String alphabet = "run ./a\"'`{}[]$,.;:!?\n\t\\“”’|<>&=@é𝄞0";
    int[] characters = alphabet.codePoints().toArray();
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "run ./a.sh " : "");
    for (int i = random.nextInt(60); i > 0; i--) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    Proposal proposal = Corpus.PLANNER.plan(Composed.request(text.toString()));
    assertThat(proposal).isNotNull();
  }

  /** Nothing of a request that was understood lies outside its tokens. */
  @ParameterizedTest
  @MethodSource("understood")
  void every_character_that_is_no_white_space_belongs_to_one_token(Case request) {
    StringBuilder rest = new StringBuilder(request.request());
    for (Token token : Lexer.tokens(request.request())) {
      for (int i = token.span().start(); i < token.span().end(); i++) {
        assertThat(token.is(Kind.MARK) || rest.charAt(i) != '\0').isTrue();
        rest.setCharAt(i, '\0');
      }
    }
    assertThat(rest.toString().replace("\0", "")).isBlank();
  }

  @Test
  void a_very_long_request_is_refused_in_time() {
    String text = "run ./a.sh then ".repeat(2_000) + "run ./b.sh";
    assertThat(Corpus.PLANNER.plan(Composed.request(text))).isInstanceOf(Proposal.Refused.class);
    String wrong = "frobnicate ".repeat(990);
    assertThat(Corpus.PLANNER.plan(Composed.request(wrong)))
        .isInstanceOf(Proposal.NotUnderstood.class);
  }
}
