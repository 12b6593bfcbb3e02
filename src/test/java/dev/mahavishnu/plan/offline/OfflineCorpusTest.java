package dev.mahavishnu.plan.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.offline.Corpus.Case;
import dev.mahavishnu.spec.FlowWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests collected before the grammar was written. */
final class OfflineCorpusTest {

  static Stream<Case> flows() {
    return Stream.concat(Corpus.cases("new-flows.yaml"), Corpus.cases("edits.yaml"));
  }

  static Stream<Case> questions() {
    return Corpus.cases("questions.yaml");
  }

  static Stream<Case> notUnderstood() {
    return Corpus.cases("not-understood.yaml");
  }

  @ParameterizedTest
  @MethodSource("flows")
  void a_request_becomes_exactly_this_flow(Case request) {
    Proposal proposal = request.planned();
    assertThat(proposal).isInstanceOf(Proposal.Proposed.class);
    Proposal.Proposed proposed = (Proposal.Proposed) proposal;
    assertThat(FlowWriter.yaml(proposed.flow())).isEqualTo(FlowWriter.yaml(request.flow()));
    assertThat(proposed.flow()).isEqualTo(request.flow());
    if (request.has("notes")) {
      assertThat(proposed.notes()).isEqualTo(request.texts("notes"));
    }
  }

  @ParameterizedTest
  @MethodSource("questions")
  void a_request_with_two_readings_is_asked_about_and_every_answer_is_clear(Case request) {
    Proposal proposal = request.planned();
    assertThat(proposal).isInstanceOf(Proposal.Question.class);
    Proposal.Question question = (Proposal.Question) proposal;
    assertThat(question.text()).isEqualTo(request.said().get("question").stringValue());
    List<Case> choices = request.choices();
    assertThat(question.choices().stream().map(Proposal.Choice::request))
        .containsExactlyElementsOf(choices.stream().map(Case::request).toList());
    for (Case choice : choices) {
      assertThat(request.planned(choice.request(), request.draft()))
          .isInstanceOfSatisfying(
              Proposal.Proposed.class, p -> assertThat(p.flow()).isEqualTo(choice.flow()));
    }
  }

  @ParameterizedTest
  @MethodSource("notUnderstood")
  void what_is_not_understood_is_named_and_nothing_is_proposed(Case request) {
    Proposal proposal = request.planned();
    if (request.has("refused")) {
      assertThat(proposal)
          .isInstanceOfSatisfying(
              Proposal.Refused.class,
              r -> assertThat(r.reason()).contains(request.said().get("refused").stringValue()));
    } else {
      assertThat(Corpus.words(proposal)).as(proposal.toString()).isEqualTo(request.texts("words"));
    }
  }

  @Test
  void the_corpus_is_as_large_as_it_was_when_it_was_written() {
    assertThat(flows()).hasSize(95);
    assertThat(questions()).hasSize(7);
    assertThat(notUnderstood()).hasSize(78);
  }
}
