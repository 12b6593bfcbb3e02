package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptCompleterTest {
  @TempDir Path root;

  private List<String> after(String... words) {
    TestPlace place = new TestPlace(root);
    place.history = Optional.of(new TestHistory(TestPlace.flow("orders", "a"), root));
    return new PromptCompleter(() -> place, Optional::empty)
        .candidates(List.of(words), "").stream().map(Candidate::value).toList();
  }

  @Test
  void verbs_about_runs_are_followed_by_runs() {
    assertThat(after("why")).contains(TestHistory.RUN.text());
    assertThat(after("/fix")).contains(TestHistory.RUN.text());
    assertThat(after("cost")).isEmpty();
  }

  @Test
  void verbs_about_sessions_and_models_are_followed_by_those() {
    TestPlace place = new TestPlace(root);
    Transcript one = Transcript.begun(root, place.clock().instant(), 7);
    one.add(
        new Exchange(
            place.clock().instant(),
            "x",
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            dev.mahavishnu.plan.Usage.NONE,
            Optional.empty()),
        place.redactor());
    assertThat(after("transcript")).containsExactly("list", one.id());
    assertThat(after("model")).containsExactly("offline");
  }

  @Test
  void the_first_word_may_be_any_verb() {
    assertThat(after()).contains("why", "fix", "model", "cost", "transcript", "run");
  }
}
