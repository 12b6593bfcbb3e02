package dev.mahavishnu.plan.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.offline.Corpus.Case;
import dev.mahavishnu.spec.FlowWriter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code docs/offline-english.md} and the grammar together. */
final class OfflinePageTest {
  private final Page page = Page.read();

  OfflinePageTest() throws IOException {}

  static Stream<Case> examples() {
    return Corpus.cases("page.yaml");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void an_example_of_the_page_becomes_exactly_its_flow(Case example) {
    Proposal proposal = example.planned();
    assertThat(proposal).isInstanceOf(Proposal.Proposed.class);
    Proposal.Proposed proposed = (Proposal.Proposed) proposal;
    assertThat(FlowWriter.yaml(proposed.flow())).isEqualTo(FlowWriter.yaml(example.flow()));
    assertThat(proposed.flow()).isEqualTo(example.flow());
  }

  @Test
  void every_example_of_the_page_is_tried_and_no_other() {
    assertThat(examples().map(Case::request))
        .containsExactlyElementsOf(
            page.rows().stream().flatMap(row -> row.examples().stream()).toList());
  }

  @Test
  void the_forms_that_are_offered_are_those_of_the_page_with_one_of_its_examples() {
    List<Form> forms = List.of(Form.values());
    assertThat(page.rows().stream().map(Page.Row::syntax))
        .containsExactlyElementsOf(forms.stream().map(Form::syntax).toList());
    for (int i = 0; i < forms.size(); i++) {
      assertThat(page.rows().get(i).examples()).contains(forms.get(i).example());
    }
  }

  @Test
  void the_draft_that_the_examples_change_is_the_one_on_the_page() {
    List<Case> changes = examples().filter(e -> e.draft().isPresent()).toList();
    assertThat(changes).hasSizeGreaterThan(20);
    assertThat(changes).allSatisfy(e -> assertThat(e.draft()).contains(Corpus.flow(page.draft())));
  }
}
