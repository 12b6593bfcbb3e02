package dev.mahavishnu.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  @Test
  void the_diagrams_in_the_docs_are_the_table() throws IOException {
    String page = Files.readString(Path.of("docs/states.md"));
    assertThat(page)
        .contains("```mermaid\n" + Transitions.diagram(true) + "```")
        .contains("```mermaid\n" + Transitions.diagram(false) + "```");
  }

  @Test
  void what_is_completed_stays_so() {
    assertThat(Transitions.ofFlow(StateType.COMPLETED)).isEmpty();
    assertThat(Transitions.ofTask(StateType.COMPLETED)).isEmpty();
    assertThat(Transitions.ofFlow(StateType.CANCELLED)).isEmpty();
  }
}
