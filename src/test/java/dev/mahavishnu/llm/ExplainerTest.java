package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.Explanation.Explained;
import dev.mahavishnu.llm.Explanation.Unavailable;
import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.RunId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainerTest {
  private static final String FLOW =
      """
      flow: daily
      tasks:
        - {id: fetch, type: shell, command: 'echo fetched'}
        - {id: load, type: shell, command: 'echo canary-4711-canary; cat ordrs.csv', depends_on: [fetch]}
      """;

  private static final String GOOD =
      "{\"text\": \"The task `load` failed: `cat ordrs.csv` found no such file.\","
          + " \"cites\": [\"E2\", \"E1\"]}";

  @TempDir Path folder;
  private RealRuns runs;
  private RunPlace place;
  private RunId run;

  @BeforeEach
  void open() throws InterruptedException {
    runs = new RealRuns(folder);
    place = new RunPlace(folder, runs);
    place.redactor.add(List.of("canary-4711-canary"));
    run = runs.run(FLOW);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private Explanation explain(String question) {
    return place.explainer().explain(run, question, place.progress);
  }

  @Test
  void an_explanation_comes_with_the_evidence_it_cites_as_it_is_stored() {
    place.replies(GOOD);
    assertThat(explain("why did it fail?"))
        .isInstanceOfSatisfying(
            Explained.class,
            explained -> {
              assertThat(explained.text()).startsWith("The task `load` failed");
              assertThat(explained.evidence()).hasSize(2);
              assertThat(explained.evidence().getFirst())
                  .startsWith("`load` attempt 1 of 1: Failed: exited with 1: cat: ordrs.csv");
              assertThat(explained.evidence().get(1)).startsWith("run " + run + " of daily");
            });
    assertThat(place.said.toString())
        .isEqualTo("The task `load` failed: `cat ordrs.csv` found no such file.");
    assertThat(place.told())
        .contains("why did it fail?", "has command: ", "`fetch`, that failed tasks refer to");
  }

  @Test
  void a_secret_in_a_log_or_a_spec_is_never_in_a_call() {
    place
        .replies(RunPlace.looksUp("read_log", "{\"run\": \"last\", \"task\": \"load\"}"))
        .replies(GOOD);
    assertThat(explain("")).isInstanceOf(Explained.class);
    assertThat(place.told()).contains("***").doesNotContain("4711");
    assertThat(place.notes).singleElement().asString().startsWith("looks up read_log");
  }

  @Test
  void what_rests_on_nothing_is_asked_for_once_more_and_then_not_shown() {
    String nothing = "{\"text\": \"The disk is full.\", \"cites\": []}";
    place.replies(nothing, nothing);
    assertThat(explain(""))
        .isInstanceOfSatisfying(
            Unavailable.class,
            none -> assertThat(none.reason()).contains("does not rest on the evidence"));
    assertThat(place.calls).hasSize(2);
  }

  @Test
  void evidence_and_names_that_do_not_exist_are_given_back_to_the_model() {
    place.replies("{\"text\": \"`loader` failed.\", \"cites\": [\"E99\"]}", GOOD);
    assertThat(explain("")).isInstanceOf(Explained.class);
    assertThat(place.calls.getLast().messages().getLast())
        .isInstanceOfSatisfying(
            Call.User.class,
            user ->
                assertThat(user.text())
                    .contains("there is no evidence E99")
                    .contains("`loader` stands nowhere in the evidence"));
  }

  @Test
  void a_model_that_only_looks_things_up_is_stopped() {
    for (int i = 0; i < 7; i++) {
      place.replies(RunPlace.looksUp("show_run", "{\"run\": \"last\"}"));
    }
    assertThat(explain("")).isInstanceOf(Unavailable.class);
    assertThat(place.calls.getLast().tools()).isEmpty();
    assertThat(place.notes).hasSize(6);
  }

  @Test
  void what_the_provider_says_and_what_the_person_stops_is_passed_on() {
    place.replies(new Reply.Failed("401: wrong key"));
    assertThat(explain("")).isEqualTo(new Unavailable("401: wrong key"));
    place.replies(new Reply.Stopped());
    assertThat(explain("")).isEqualTo(new Explanation.Stopped());
    place.replies(new Reply.Cut("LENGTH"));
    assertThat(explain("")).isInstanceOf(Unavailable.class);
  }
}
