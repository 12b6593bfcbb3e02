package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one workspace. */
final class ProcessesTest {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Samples.store(folder);
  }

  private OtherProcess other(String what, String name) throws IOException {
    return OtherProcess.start(HoldingProgram.class, what, store.folder().toString(), name);
  }

  @Test
  void a_run_belongs_to_one_process_until_that_process_is_gone() throws IOException {
    try (OtherProcess other = other("create", RUN.text())) {
      assertThat(other.line()).isEqualTo("mine");
      assertThat(store.isHeld(RUN)).isTrue();
      assertThat(store.claim(RUN))
          .isInstanceOfSatisfying(
              Claim.Held.class, held -> assertThat(held.pid()).isEqualTo(other.pid()));
      assertThatThrownBy(() -> store.delete(RUN)).hasMessageContaining("process " + other.pid());
      assertThat(store.history().summary(RUN).orElseThrow().state())
          .isEqualTo(new State.Running(false));
      other.kill();
      RunSummary crashed = store.history().summary(RUN).orElseThrow();
      assertThat(crashed.state()).isInstanceOf(State.Crashed.class);
      assertThat(crashed.state().message())
          .contains("process " + other.pid() + " on ")
          .contains("that ran it is gone")
          .contains("run resume " + RUN);
      assertThat(crashed.resumable()).isTrue();
      assertThat(store.claim(RUN))
          .isInstanceOfSatisfying(Claim.Mine.class, mine -> mine.journal().close());
    }
  }

  @Test
  void looking_at_a_run_never_loses_its_lock() throws IOException {
    RunJournal journal = store.create(created());
    journal.append(List.of(moved(new State.Running(false))), true);
    // All of these open files beside the lock; closing a channel on the lock itself would lose it.
    assertThat(store.isHeld(RUN)).isTrue();
    assertThat(store.claim(RUN)).isInstanceOf(Claim.Held.class);
    assertThat(Samples.store(folder).claim(RUN)).isInstanceOf(Claim.Held.class);
    assertThat(Samples.store(folder).isHeld(RUN)).isTrue();
    assertThat(store.history().list()).hasSize(1);
    assertThat(store.history().fold(RUN)).isPresent();
    assertThatThrownBy(() -> store.delete(RUN)).isInstanceOf(StoreException.class);
    assertThat(store.prune(Samples.NOW.plusSeconds(1), 0, false)).isEmpty();
    journal.checkpoint();
    try (OtherProcess other = other("claim", RUN.text())) {
      assertThat(other.line()).isEqualTo("held by " + ProcessHandle.current().pid());
    }
    journal.close();
    try (OtherProcess other = other("claim", RUN.text())) {
      assertThat(other.line()).isEqualTo("mine");
    }
  }

  @Test
  void a_slot_is_free_again_when_its_process_was_killed() throws IOException {
    try (OtherProcess other = other("slot", "db")) {
      assertThat(other.line()).isEqualTo("mine");
      assertThat(store.trySlot("db", 1)).isEmpty();
      assertThat(store.trySlot("db", 2)).isPresent().get().satisfies(Slot::close);
      other.kill();
      Slot slot = store.trySlot("db", 1).orElseThrow();
      try (OtherProcess late = other("slot", "db")) {
        assertThat(late.line()).isEqualTo("taken");
      }
      slot.close();
    }
  }

  @Test
  void an_interrupt_does_not_close_what_it_meets() throws Exception {
    Thread.currentThread().interrupt();
    try (RunJournal journal = store.create(created())) {
      journal.append(List.of(moved(new State.Running(false))), true);
      long position =
          journal
              .append(
                  List.of(
                      Samples.done(
                          Samples.task("a"),
                          journal.keep(Samples.json("\"" + "x".repeat(70_000) + "\""), true))),
                  true)
              .getFirst()
              .position();
      assertThat(journal.output(position).stringValue()).hasSize(70_000);
      assertThat(journal.commands()).isEmpty();
      journal.checkpoint();
      journal.append(List.of(moved(State.Completed.DONE)), true);
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is not lost").isTrue();
    }
    Thread.currentThread().interrupt();
    assertThat(store.claim(RUN))
        .isInstanceOfSatisfying(
            Claim.Mine.class,
            mine -> {
              assertThat(mine.journal().fold().state()).isEqualTo(State.Completed.DONE);
              mine.journal().close();
            });
    assertThat(store.history().list()).hasSize(1);
    assertThat(Thread.interrupted()).isTrue();
  }
}
