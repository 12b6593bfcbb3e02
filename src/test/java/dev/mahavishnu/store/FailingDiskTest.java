package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.CLOCK;
import static dev.mahavishnu.store.Samples.NOW;
import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.json;
import static dev.mahavishnu.store.Samples.moved;
import static dev.mahavishnu.store.Samples.running;
import static dev.mahavishnu.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, broken or read-only. */
final class FailingDiskTest {
  @TempDir(factory = MemoryDir.class)
  Path folder;

  private Store open(Disk disk) {
    return Store.open(folder, CLOCK, StoreOptions.DEFAULT, disk);
  }

  @Test
  void a_full_disk_stops_a_run_with_a_clear_message_and_loses_nothing_acknowledged() {
    for (int room = 0; room < 400; room += 7) {
      FailingDisk disk = new FailingDisk();
      Store store = open(disk);
      RunJournal journal = store.create(created());
      disk.full(room);
      List<RunEvent> promised = new ArrayList<>(List.of(created()));
      StoreException full = fillUp(journal, promised);
      assertThat(full)
          .hasMessage(
              "the journal of run "
                  + RUN
                  + " can't be written: No space left on device; what was acknowledged is safe,"
                  + " resume the run when that is mended");
      assertPoisoned(journal, full);
      journal.close();
      assertThat(store.isHeld(RUN)).isFalse();
      disk.set(FailingDisk.Failure.NONE);
      try (RunJournal again = ((Claim.Mine) store.claim(RUN)).journal()) {
        assertThat(store.history().events(RUN, 1).stream().map(Recorded::event))
            .startsWith(promised.toArray(RunEvent[]::new));
        again.append(List.of(moved(State.Completed.DONE)), true);
      }
      store.delete(RUN);
    }
  }

  private static StoreException fillUp(RunJournal journal, List<RunEvent> promised) {
    for (int i = 0; i < 1_000; i++) {
      RunEvent event = running(task("t" + i));
      try {
        journal.append(List.of(event), true);
        promised.add(event);
      } catch (StoreException e) {
        assertThat(journal.fold().seq()).isEqualTo(promised.size());
        return e;
      }
    }
    throw new AssertionError("the disk never got full");
  }

  private static void assertPoisoned(RunJournal journal, StoreException why) {
    String message = why.getMessage();
    RunEvent event = running(task("t"));
    assertThatThrownBy(() -> journal.append(List.of(event), false)).hasMessage(message);
    assertThatThrownBy(() -> journal.keep(json("1"), false)).hasMessage(message);
    assertThatThrownBy(() -> journal.output(64)).hasMessage(message);
    assertThatThrownBy(journal::commands).hasMessage(message);
    assertThatThrownBy(() -> journal.taken(new Command.Cancel("me"))).hasMessage(message);
    assertThatThrownBy(journal::checkpoint).hasMessage(message);
  }

  @Test
  void a_force_that_fails_is_never_tried_again() {
    FailingDisk disk = new FailingDisk(file -> file.toString().contains("journal-"));
    Store store = open(disk);
    RunJournal journal = store.create(created());
    disk.set(FailingDisk.Failure.BROKEN);
    assertThatThrownBy(() -> journal.append(List.of(running(task("a"))), true))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Input/output error");
    disk.set(FailingDisk.Failure.NONE);
    assertThatThrownBy(() -> journal.append(List.of(running(task("a"))), true))
        .hasMessageContaining("Input/output error");
    assertThat(journal.fold().seq()).isEqualTo(1);
    journal.close();
    assertThat(((Claim.Mine) store.claim(RUN)).journal())
        .satisfies(again -> assertThat(again.fold().seq()).isGreaterThanOrEqualTo(1))
        .satisfies(RunJournal::close);
  }

  @Test
  void a_full_disk_refuses_an_output_a_command_and_an_image_and_the_journal_goes_on() {
    FailingDisk disk = new FailingDisk(file -> !file.toString().contains("journal-"));
    Store store = open(disk);
    try (RunJournal journal = store.create(created())) {
      disk.full(10);
      assertThatThrownBy(() -> journal.keep(json("\"" + "x".repeat(70_000) + "\""), false))
          .hasMessage("an output can't be stored: No space left on device");
      assertThatThrownBy(() -> store.send(RUN, new Command.Cancel("me")))
          .hasMessage("the command can't be sent to run " + RUN + ": No space left on device");
      assertThatThrownBy(journal::checkpoint).hasMessageContaining("No space left on device");
      CacheEntry entry = new CacheEntry(RUN, "t", json("1"), Optional.empty());
      assertThatThrownBy(() -> store.cache("key", entry))
          .hasMessage("the cache can't be written: No space left on device");
      journal.append(List.of(moved(State.Completed.DONE)), true);
      assertThat(journal.commands()).isEmpty();
    }
    disk.set(FailingDisk.Failure.NONE);
    assertThat(store.cached("key", NOW)).isEmpty();
    assertThat(store.history().summary(RUN).orElseThrow().state()).isEqualTo(State.Completed.DONE);
  }

  @Test
  void a_run_is_not_taken_when_the_catalog_can_not_be_told() {
    FailingDisk disk = new FailingDisk(file -> file.toString().contains("catalog"));
    Store store = open(disk);
    try (RunJournal journal = store.create(created())) {
      journal.append(List.of(moved(State.Completed.DONE)), true);
    }
    disk.full(0);
    assertThatThrownBy(() -> store.claim(RUN))
        .hasMessage("run " + RUN + " can't be opened: No space left on device");
    assertThat(store.isHeld(RUN)).isFalse();
    disk.set(FailingDisk.Failure.NONE);
    ((Claim.Mine) store.claim(RUN)).journal().close();
  }

  @Test
  void a_read_only_workspace_can_be_looked_at_and_not_run_in() {
    try (Store store = open(new UnforcedDisk());
        RunJournal journal = store.create(created())) {
      journal.append(List.of(moved(State.Completed.DONE)), true);
    }
    FailingDisk disk = new FailingDisk();
    disk.set(FailingDisk.Failure.READ_ONLY);
    Store store = open(disk);
    assertThat(store.history().list()).hasSize(1);
    assertThat(store.history().fold(RUN)).isPresent();
    assertThatThrownBy(
            () -> store.create(created(new dev.mahavishnu.run.RunId("261124-000000-aaaa"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be started: Read-only file system");
    assertThatThrownBy(() -> store.claim(RUN)).hasMessageContaining("Read-only file system");
    assertThatThrownBy(() -> store.send(RUN, new Command.Cancel("me")))
        .hasMessageContaining("Read-only file system");
    assertThat(store.isHeld(RUN)).isFalse();
  }

  @Test
  void a_folder_that_can_not_be_made_is_named() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Store.open(file.resolve(".mahavishnu"), CLOCK))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the state of the workspace can't be kept in " + file);
    Path system = Path.of("/sys/kernel");
    assumeTrue(Files.isDirectory(system), "a file system that is read-only even for root");
    assertThatThrownBy(() -> Store.open(system.resolve(".mahavishnu"), CLOCK))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the state of the workspace can't be kept in");
  }
}
