package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.CLOCK;
import static dev.mahavishnu.store.Samples.NOW;
import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.json;
import static dev.mahavishnu.store.Samples.moved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreTest {
  private static final State RUNNING = new State.Running(false);

  @TempDir Path folder;

  @Test
  void a_run_that_was_closed_is_claimed_with_the_same_fold() {
    try (Store store = Samples.store(folder)) {
      try (RunJournal journal = store.create(created())) {
        journal.append(List.of(moved(RUNNING)), true);
        journal.append(
            List.of(Samples.done(Samples.task("a"), journal.keep(json("[1]"), false))), true);
      }
      Claim claim = store.claim(RUN);
      assertThat(claim).isInstanceOf(Claim.Mine.class);
      try (RunJournal journal = ((Claim.Mine) claim).journal()) {
        assertThat(journal.fold().state()).isEqualTo(RUNNING);
        assertThat(journal.recovery().replayed()).isEqualTo(3);
        long position = journal.fold().task(Samples.task("a")).orElseThrow().position();
        assertThat(journal.output(position)).isEqualTo(json("[1]"));
      }
    }
  }

  @Test
  void a_held_run_is_refused_and_says_who_holds_it() {
    try (Store store = Samples.store(folder);
        Store other = Samples.store(folder);
        RunJournal journal = store.create(created())) {
      assertThat(other.claim(RUN))
          .isInstanceOfSatisfying(
              Claim.Held.class,
              held -> assertThat(held.pid()).isEqualTo(ProcessHandle.current().pid()));
      assertThat(other.isHeld(RUN)).isTrue();
      assertThatThrownBy(() -> other.delete(RUN))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is held by process");
      assertThat(journal.fold().seq()).isEqualTo(1);
    }
  }

  @Test
  void a_run_that_is_not_there_is_missing() {
    try (Store store = Samples.store(folder)) {
      assertThat(store.claim(RUN)).isEqualTo(new Claim.Missing());
      assertThatThrownBy(() -> store.send(RUN, new Command.Cancel("me")))
          .hasMessage("there is no run " + RUN);
    }
  }

  @Test
  void a_run_whose_owner_is_gone_shows_as_crashed_and_resumable() {
    try (Store store = Samples.store(folder)) {
      try (RunJournal journal = store.create(created())) {
        journal.append(List.of(moved(RUNNING)), true);
        assertThat(store.history().summary(RUN).orElseThrow().state()).isEqualTo(RUNNING);
      }
      RunSummary summary = store.history().summary(RUN).orElseThrow();
      assertThat(summary.state()).isInstanceOf(State.Crashed.class);
      assertThat(summary.state().message()).contains("process " + ProcessHandle.current().pid());
      assertThat(summary.resumable()).isTrue();
    }
  }

  @Test
  void a_command_comes_once_even_when_the_crash_came_before_its_file_was_removed() {
    try (Store store = Samples.store(folder)) {
      store.create(created()).close();
      store.send(RUN, new Command.Pause("me"));
      store.send(RUN, new Command.Cancel("me"));
      try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
        List<Command> commands = journal.commands();
        assertThat(commands).containsExactly(new Command.Pause("me"), new Command.Cancel("me"));
        assertThat(journal.commands()).isEmpty();
        journal.append(List.of(new RunEvent.Commanded(commands.getFirst())), true);
      }
      try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
        assertThat(journal.commands()).containsExactly(new Command.Cancel("me"));
        journal.taken(new Command.Cancel("me"));
      }
      try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
        assertThat(journal.commands()).isEmpty();
        assertThat(store.folder().resolve("runs/" + RUN + "/inbox")).isEmptyDirectory();
      }
    }
  }

  @Test
  void a_cache_entry_is_found_until_it_expires() {
    try (Store store = Samples.store(folder)) {
      CacheEntry entry =
          new CacheEntry(RUN, "a", json("{\"n\":1}"), Optional.of(NOW.plusSeconds(60)));
      store.cache("key", entry);
      assertThat(store.cached("key", NOW)).contains(entry);
      assertThat(store.cached("key", NOW.plusSeconds(60))).isEmpty();
      assertThat(store.cached("other", NOW)).isEmpty();
    }
  }

  @Test
  void a_secret_in_the_cache_is_not_on_the_disk() throws Exception {
    try (Store store = Samples.store(folder)) {
      CacheEntry entry =
          new CacheEntry(RUN, "a", json("\"hunter2hunter2\""), true, Optional.empty());
      store.cache("key", entry);
      assertThat(store.cached("key", NOW)).contains(entry);
      try (var files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile))
            .isNotEmpty()
            .allSatisfy(f -> assertThat(Files.readString(f)).doesNotContain("hunter2"));
      }
    }
  }

  @Test
  void a_tag_has_as_many_slots_as_its_limit() {
    try (Store store = Samples.store(folder);
        Store other = Samples.store(folder)) {
      Slot first = store.trySlot("db", 2).orElseThrow();
      Slot second = other.trySlot("db", 2).orElseThrow();
      assertThat(store.trySlot("db", 2)).isEmpty();
      assertThat(store.trySlot("net", 2)).isPresent().get().satisfies(Slot::close);
      first.close();
      assertThat(other.trySlot("db", 2)).isPresent().get().satisfies(Slot::close);
      second.close();
    }
  }

  @Test
  void what_is_kept_beside_a_run_has_a_lock_of_its_own_and_goes_with_the_run() throws Exception {
    try (Store store = Samples.store(folder);
        Store other = Samples.store(folder)) {
      assertThat(store.tryBeside(RUN, "notes")).isEmpty();
      store.create(created()).close();
      Slot lock = store.tryBeside(RUN, "notes").orElseThrow();
      assertThat(other.tryBeside(RUN, "notes")).isEmpty();
      assertThat(other.isHeld(RUN)).isFalse();
      Files.writeString(store.beside(RUN, "notes"), "read so far");
      assertThat(other.claim(RUN))
          .isInstanceOfSatisfying(Claim.Mine.class, mine -> mine.journal().close());
      lock.close();
      assertThat(other.tryBeside(RUN, "notes")).isPresent().get().satisfies(Slot::close);
      store.delete(RUN);
      assertThat(store.beside(RUN, "notes")).doesNotExist();
    }
  }

  @Test
  void pruning_spares_what_can_be_resumed_and_the_newest() {
    try (Store store = Samples.store(folder)) {
      List<RunId> ids =
          List.of(
              new RunId("261101-000000-aaaa"),
              new RunId("261102-000000-aaaa"),
              new RunId("261103-000000-aaaa"));
      for (RunId id : ids) {
        try (RunJournal journal = store.create(created(id))) {
          State state = id.equals(ids.get(1)) ? RUNNING : State.Completed.DONE;
          journal.append(List.of(moved(state)), true);
        }
      }
      var later = CLOCK.instant().plus(Duration.ofDays(1));
      assertThat(store.prune(NOW, 0, true)).isEmpty();
      assertThat(store.prune(later, 1, true)).containsExactly(ids.getFirst());
      assertThat(store.prune(later, 0, false)).containsExactly(ids.getLast(), ids.getFirst());
      assertThat(store.history().list().map(RunSummary::run)).containsExactly(ids.get(1));
    }
  }

  @Test
  void deleting_a_run_takes_all_of_it_and_its_id_is_free_again() throws Exception {
    try (Store store = Samples.store(folder)) {
      try (RunJournal journal = store.create(created())) {
        journal.keep(json("\"" + "x".repeat(70_000) + "\""), false);
        Files.createFile(journal.attemptFolder(Samples.task("a"), 1).resolve("file"));
        journal.log().append(Samples.task("a"), 1, "stdout", "line");
      }
      assertThatThrownBy(() -> store.create(created())).hasMessageContaining("already");
      store.delete(RUN);
      assertThat(store.folder().resolve("runs")).isEmptyDirectory();
      assertThat(store.folder().resolve("trash")).isEmptyDirectory();
      assertThat(store.history().summary(RUN)).isEmpty();
      assertThatThrownBy(() -> store.delete(RUN)).hasMessage("there is no run " + RUN);
      store.create(created()).close();
    }
  }

  @Test
  void pruning_sweeps_what_crashes_left_behind_once_it_is_old() throws Exception {
    try (Store store = Samples.store(folder)) {
      Path runs = store.folder().resolve("runs");
      Path old = Files.createDirectories(runs.resolve("261101-000000-aaaa").resolve("inbox"));
      Path fresh = Files.createDirectories(runs.resolve("261123-000000-aaaa"));
      Path half = Files.createDirectories(store.folder().resolve("trash").resolve("x"));
      Files.setLastModifiedTime(
          old.getParent(), FileTime.from(CLOCK.instant().minus(Duration.ofDays(2))));
      Files.setLastModifiedTime(fresh, FileTime.from(CLOCK.instant()));
      assertThat(store.prune(NOW, 0, true)).isEmpty();
      assertThat(old).isDirectory();
      assertThat(store.prune(NOW, 0, false)).isEmpty();
      assertThat(runs).isDirectoryContaining(run -> run.equals(fresh));
      assertThat(old.getParent()).doesNotExist();
      assertThat(half).doesNotExist();
    }
  }

  @Test
  void who_held_a_run_last_does_not_stand_in_the_way_of_the_next() throws Exception {
    try (Store store = Samples.store(folder)) {
      store.create(created()).close();
      Path run = store.folder().resolve("runs").resolve(RUN.text());
      assertThat(Holder.read(run.resolve("holder")).lives()).as("it gave it back").isFalse();
      Holder self = Holder.ofThisProcess(true);
      assertThat(self.lives()).isTrue();
      new Holder(self.pid(), self.started() - 5, true, self.host()).write(run.resolve("holder"));
      assertThat(Holder.read(run.resolve("holder")).lives()).as("another process").isFalse();
      assertThat(store.claim(RUN))
          .isInstanceOfSatisfying(Claim.Mine.class, mine -> mine.journal().close());
    }
  }
}
