package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Usage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
  @TempDir Path root;

  private static Exchange exchange(String said, Optional<String> model) {
    return new Exchange(
        Instant.EPOCH, said, List.of(), 0, Optional.empty(), model, Usage.NONE, Optional.empty());
  }

  @Test
  void of_a_pipe_that_asks_no_model_only_the_end_is_remembered() {
    Memory memory = new Memory(new TestPlace(root), false, _ -> {});
    for (int i = 0; i < Memory.MOST_WAITING + 50; i++) {
      memory.add(exchange("statement " + i, Optional.empty()));
    }
    assertThat(memory.transcript()).isEmpty();

    memory.add(exchange("last", Optional.of("test big")));

    assertThat(memory.transcript().orElseThrow().read())
        .hasSize(Memory.MOST_WAITING + 1)
        .extracting(Exchange::said)
        .startsWith("statement 50")
        .endsWith("last");
  }
}
