package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchingTest {
  private final StringBuilder said = new StringBuilder();
  private final Progress person =
      new Progress() {
        @Override
        public void says(String more) {
          said.append(more);
        }
      };

  @Test
  void thePersonSeesWordsAndNoJson() {
    Watching watching = Watching.words(person);
    "{\"text\": \"the \\\"file\\\" is gone\", \"cites\": [\"E1\"]}"
        .chars()
        .forEach(c -> watching.says(Character.toString(c)));

    assertThat(said.toString()).isEqualTo("the \"file\" is gone");
  }

  @Test
  @Timeout(20)
  void aReplyOfLineEndsWithoutEndIsNotReadAnewForEach() {
    Watching watching = Watching.outline(person);
    watching.says("{\"flow\": {\"tasks\": [");
    for (int i = 0; i < 3 * OneObject.LONGEST; i++) {
      watching.says("\n");
    }

    assertThat(said).isEmpty();
  }
}
