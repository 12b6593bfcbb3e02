package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.NOW;
import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.json;
import static dev.mahavishnu.store.Samples.moved;
import static dev.mahavishnu.store.Samples.running;
import static dev.mahavishnu.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class RunJournalTest {
  private static final RunEvent RUNNING = moved(new State.Running(false));

  @TempDir Path folder;
  private final Ticking clock = new Ticking(NOW);

  private Store open(Durability durability) {
    return open(StoreOptions.DEFAULT.with(durability));
  }

  private Store open(StoreOptions options) {
    return Store.open(folder, clock, options);
  }

  @Test
  void one_append_is_one_force_and_only_when_asked() {
    try (RunJournal journal = open(Durability.GROUP).create(created())) {
      long before = journal.forces();
      journal.append(List.of(RUNNING, running(task("a")), running(task("b"))), true);
      assertThat(journal.forces()).isEqualTo(before + 1);
      journal.append(List.of(running(task("c"))), false);
      journal.append(List.of(), true);
      assertThat(journal.forces()).isEqualTo(before + 1);
    }
  }

  @Test
  void durability_sync_forces_each_append_and_exit_only_the_end() {
    Store sync = open(Durability.SYNC);
    try (RunJournal journal = sync.create(created())) {
      long before = journal.forces();
      journal.append(List.of(RUNNING), false);
      assertThat(journal.forces()).isEqualTo(before + 1);
    }
    sync.delete(RUN);
    RunJournal journal = open(Durability.EXIT).create(created());
    journal.append(List.of(RUNNING), true);
    assertThat(journal.forces()).isZero();
    journal.close();
    assertThat(journal.forces()).isPositive();
  }

  @Test
  void time_never_goes_back_when_the_clock_does() {
    Store store = open(Durability.GROUP);
    try (RunJournal journal = store.create(created())) {
      Recorded before = journal.append(List.of(RUNNING), true).getFirst();
      clock.set(NOW.minus(Duration.ofDays(1)));
      Recorded after = journal.append(List.of(running(task("a"))), true).getFirst();
      assertThat(after.at()).isEqualTo(before.at());
    }
    try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
      assertThat(journal.append(List.of(RUNNING), true).getFirst().at())
          .isEqualTo(journal.fold().createdAt().plusMillis(1));
      clock.set(NOW.plus(Duration.ofDays(1)));
      assertThat(journal.append(List.of(RUNNING), true).getFirst().at())
          .isAfter(NOW.plus(Duration.ofDays(1)));
    }
  }

  @Test
  void an_event_that_is_not_json_is_refused_and_the_journal_goes_on() {
    try (RunJournal journal = open(Durability.GROUP).create(created())) {
      JsonNode nan = JsonNodeFactory.instance.numberNode(Double.NaN);
      RunEvent bad = Samples.done(task("a"), new Output.Inline("hash", nan));
      assertThatThrownBy(() -> journal.append(List.of(RUNNING, bad), true))
          .hasMessage("NaN is not a JSON value");
      assertThat(journal.fold().seq()).isEqualTo(1);
      assertThat(journal.append(List.of(RUNNING), true).getFirst().seq()).isEqualTo(2);
    }
  }

  @Test
  void small_outputs_stand_in_the_journal_and_large_ones_in_files_named_by_their_hash()
      throws IOException {
    Store store = open(Durability.GROUP);
    try (RunJournal journal = store.create(created())) {
      JsonNode edge = json("\"" + "x".repeat(Output.INLINE_LIMIT - 2) + "\"");
      assertThat(journal.keep(edge, false)).isInstanceOf(Output.Inline.class);
      JsonNode large = json("{\"b\":1,\"a\":\"" + "x".repeat(Output.INLINE_LIMIT) + "\"}");
      Output.Stored stored = (Output.Stored) journal.keep(large, false);
      assertThat(stored.hash()).isEqualTo(Canonical.hash(large));
      assertThat(stored.secret()).isFalse();
      long position =
          journal.append(List.of(Samples.done(task("a"), stored)), true).getFirst().position();
      assertThat(journal.output(position)).isEqualTo(large);
      assertThat(store.history().output(RUN, position)).isEqualTo(large);
      Path file = outputs().getFirst();
      assertThat(file).hasFileName(stored.hash() + ".json");
      // A damaged file is found when it is read, and mended when the value comes again.
      byte[] bytes = Files.readAllBytes(file);
      bytes[100] ^= 1;
      Files.write(file, bytes);
      assertThatThrownBy(() -> store.history().output(RUN, position))
          .hasMessage("the output in " + file + " is damaged");
      assertThat(journal.keep(large, false)).isEqualTo(stored);
      assertThat(store.history().output(RUN, position)).isEqualTo(large);
      Files.delete(file);
      assertThatThrownBy(() -> store.history().output(RUN, position))
          .hasMessage("the output in " + file + " is gone");
    }
  }

  @Test
  void a_secret_output_is_on_the_disk_encrypted_and_read_as_it_was() throws IOException {
    Store store = open(Durability.GROUP);
    try (RunJournal journal = store.create(created())) {
      JsonNode secret = json("{\"token\":\"hunter2hunter2\"}");
      Output.Stored stored = (Output.Stored) journal.keep(secret, true);
      assertThat(stored.secret()).isTrue();
      assertThat(stored.hash()).isNotEqualTo(Canonical.hash(secret));
      assertThat(((Output.Stored) journal.keep(secret, true)).hash()).isEqualTo(stored.hash());
      long position =
          journal.append(List.of(Samples.done(task("a"), stored)), true).getFirst().position();
      assertThat(store.history().output(RUN, position)).isEqualTo(secret);
      assertThat(outputs()).hasSize(1);
    }
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(
                          new String(
                              Files.readAllBytes(file),
                              java.nio.charset.StandardCharsets.ISO_8859_1))
                      .doesNotContain("hunter2"));
    }
  }

  private List<Path> outputs() throws IOException {
    List<Path> outputs = new ArrayList<>();
    try (var files = Files.newDirectoryStream(folder.resolve("runs/" + RUN + "/outputs"))) {
      files.forEach(outputs::add);
    }
    return outputs;
  }

  @Test
  void an_output_over_the_limit_is_refused_with_what_to_do() {
    StoreOptions small = new StoreOptions(Durability.GROUP, 100, 1000, 1000, 1 << 20, 1000);
    try (RunJournal journal = open(small).create(created())) {
      assertThatThrownBy(() -> journal.keep(json("\"" + "x".repeat(99) + "\""), false))
          .hasMessage(
              "the output has 101 bytes of JSON and the limit is 100;"
                  + " write it to a file and return its name");
      assertThat(journal.keep(json("\"" + "x".repeat(98) + "\""), false)).isNotNull();
    }
  }

  @Test
  void the_output_of_a_record_that_has_none_is_an_error_that_says_so() {
    try (RunJournal journal = open(Durability.GROUP).create(created())) {
      long position = journal.append(List.of(RUNNING), true).getFirst().position();
      assertThatThrownBy(() -> journal.output(position)).hasMessageContaining("has no output");
      assertThatThrownBy(() -> journal.output(position + 1)).hasMessageContaining("is damaged");
      assertThatThrownBy(() -> journal.output(1 << 20)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void attempts_have_folders_of_their_own_that_others_can_not_read() throws IOException {
    try (RunJournal journal = open(Durability.GROUP).create(created())) {
      TaskKey item = new TaskKey("etl[3]", "load", 5);
      Path attempt = journal.attemptFolder(item, 2);
      assertThat(attempt).isDirectory().endsWith(Path.of("tasks", "etl.3", "load.5", "2"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(attempt)))
          .isEqualTo("rwx------");
      assertThat(journal.attemptFolder(item, 2)).isEqualTo(attempt);
      for (String evil : List.of("..", ".", "a/../..", "")) {
        assertThatThrownBy(() -> journal.attemptFolder(TaskKey.of("", evil), 1))
            .isInstanceOf(StoreException.class);
      }
    }
  }

  @Test
  void a_closed_journal_does_nothing_more() {
    Store store = open(Durability.GROUP);
    RunJournal journal = store.create(created());
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(List.of(RUNNING), true)).hasMessageContaining("closed");
    assertThatThrownBy(() -> journal.output(64)).hasMessageContaining("closed");
    assertThat(store.isHeld(RUN)).isFalse();
  }

  @Test
  void a_reader_beside_the_writer_sees_only_whole_events_and_all_of_them_at_last()
      throws InterruptedException {
    Store store =
        open(new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 30_000, 1_000));
    AtomicBoolean ended = new AtomicBoolean();
    List<Recorded> written = new ArrayList<>();
    RunJournal journal = store.create(created());
    written.addAll(store.history().events(RUN, 1));
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 3_000; i++) {
                    written.addAll(
                        journal.append(
                            List.of(
                                running(task("t" + i)),
                                Samples.done(task("t" + i), Samples.inline("{\"n\":" + i + "}"))),
                            i % 100 == 0));
                  }
                  ended.set(true);
                });
    List<Recorded> read = new ArrayList<>();
    boolean last = false;
    while (!last) {
      last = ended.get();
      read.addAll(store.history().events(RUN, read.size() + 1));
      assertThat(store.history().fold(RUN).orElseThrow().seq()).isGreaterThanOrEqualTo(read.size());
    }
    writer.join();
    assertThat(read).isEqualTo(written);
    assertThat(store.history().events(RUN, read.size())).hasSize(1);
    journal.close();
  }
}
