package dev.mahavishnu.prefect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.ServerLogs.Stored;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class NamelessTest {
  private final Nameless nameless = new Nameless();
  private final Set<UUID> known = new HashSet<>();
  private final UUID one = UUID.randomUUID();
  private final UUID two = UUID.randomUUID();

  private static Stored line(String text, Optional<UUID> task) {
    return new Stored(UUID.randomUUID(), "", 20, text, Instant.EPOCH, Optional.empty(), task);
  }

  private boolean waits(String text, UUID task) {
    return nameless.keeps(line(text, Optional.of(task)), known::contains);
  }

  private List<String> take(boolean all) {
    return nameless.take(known::contains, all).stream().map(Stored::message).toList();
  }

  @Test
  void a_line_waits_until_its_task_is_known_and_later_ones_of_it_behind_it() {
    assertThat(waits("a", one)).isTrue();
    assertThat(waits("b", two)).isTrue();
    assertThat(take(false)).isEmpty();
    known.add(one);
    assertThat(waits("c", one)).isTrue();
    assertThat(take(false)).containsExactly("a", "c");
    assertThat(waits("d", one)).isFalse();
    assertThat(take(true)).containsExactly("b");
    assertThat(nameless.isEmpty()).isTrue();
  }

  @Test
  void a_line_of_the_run_itself_waits_for_nothing() {
    assertThat(nameless.keeps(line("a", Optional.empty()), known::contains)).isFalse();
  }
}
