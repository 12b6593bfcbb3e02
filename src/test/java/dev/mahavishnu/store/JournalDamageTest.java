package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.json;
import static dev.mahavishnu.store.Samples.moved;
import static dev.mahavishnu.store.Samples.running;
import static dev.mahavishnu.store.Samples.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals cut and with bits flipped: what is wrong is found, and what is right is kept. */
final class JournalDamageTest {
  private static final StoreOptions SMALL_SEGMENTS =
      new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 500, 1_000_000);

  @TempDir(factory = MemoryDir.class)
  Path folder;

  private Store store;
  private Path run;

  @BeforeEach
  void open() {
    store = open(StoreOptions.DEFAULT);
  }

  private Store open(StoreOptions options) {
    Path state = folder.resolve(".mahavishnu");
    run = state.resolve("runs").resolve(RUN.text());
    return Store.open(state, Samples.CLOCK, options, new UnforcedDisk());
  }

  /** Appends a run's events in batches; the journal is left open. */
  private static List<Recorded> fill(RunJournal journal) {
    List<Recorded> all = new ArrayList<>();
    all.addAll(journal.append(List.of(moved(new State.Running(false)), running(task("a"))), true));
    for (int i = 0; i < 4; i++) {
      RunEvent done = Samples.done(task("a" + i), journal.keep(json("{\"n\":" + i + "}"), false));
      all.addAll(journal.append(List.of(running(task("a" + i)), done), true));
    }
    all.addAll(journal.append(List.of(moved(State.Completed.DONE)), true));
    return all;
  }

  private Map<String, byte[]> journalFiles() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Segment segment : Segment.list(run)) {
      files.put(segment.file().getFileName().toString(), Files.readAllBytes(segment.file()));
    }
    return files;
  }

  private void write(Map<String, byte[]> files) throws IOException {
    try (var old = Files.newDirectoryStream(run, "{journal,torn,image}-*")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(run.resolve(file.getKey()), file.getValue());
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= (byte) (1 << at % 8);
    return copy;
  }

  @Test
  void a_journal_cut_at_any_byte_keeps_every_whole_record_and_goes_on() throws IOException {
    List<Long> ends = new ArrayList<>();
    List<String> folds = new ArrayList<>();
    RunJournal journal = store.create(created());
    List<Recorded> records = fill(journal);
    byte[] whole = journalFiles().values().iterator().next();
    journal.close();
    RunFold fold = new RunFold();
    List<Recorded> all = store.history().events(RUN, 1);
    assertThat(all).hasSize(records.size() + 1);
    for (int i = 0; i < all.size(); i++) {
      fold.apply(all.get(i));
      ends.add(i + 1 < all.size() ? all.get(i + 1).position() : whole.length);
      folds.add(FoldDump.of(fold));
    }
    String name = Segment.at(run, 0).file().getFileName().toString();
    for (int cut = 0; cut <= whole.length; cut++) {
      write(Map.of(name, java.util.Arrays.copyOf(whole, cut)));
      int kept = 0;
      while (kept < ends.size() && ends.get(kept) <= cut) {
        kept++;
      }
      if (cut < Frame.SEGMENT_HEADER) {
        assertThatThrownBy(() -> store.claim(RUN)).hasMessageContaining("its header is not whole");
      } else if (kept == 0) {
        assertThat(store.claim(RUN)).isEqualTo(new Claim.Missing());
      } else {
        assertCut(folds.get(kept - 1), cut - ends.get(kept - 1));
      }
    }
  }

  private void assertCut(String expected, long cut) {
    try (RunJournal opened = ((Claim.Mine) store.claim(RUN)).journal()) {
      assertThat(FoldDump.of(opened.fold())).isEqualTo(expected);
      assertThat(opened.recovery().cut()).isEqualTo(cut);
      opened.append(List.of(moved(new State.Cancelling("again"))), true);
    }
    RunFold again = store.history().fold(RUN).orElseThrow();
    assertThat(again.state()).isEqualTo(new State.Cancelling("again"));
  }

  @Test
  void what_is_cut_off_is_kept_aside() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
    }
    Path file = Segment.at(run, 0).file();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - Frame.HEADER - 7));
    try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
      assertThat(journal.recovery().cut()).isPositive();
    }
    try (var torn = Files.newDirectoryStream(run, "torn-*")) {
      assertThat(torn).hasSize(1);
    }
  }

  @Test
  void a_flipped_bit_in_a_closed_journal_of_several_files_is_found_or_harmless()
      throws IOException {
    store = open(SMALL_SEGMENTS);
    try (RunJournal journal = store.create(created())) {
      fill(journal);
    }
    Map<String, byte[]> files = journalFiles();
    assertThat(files).hasSizeGreaterThan(2);
    List<Recorded> events = store.history().events(RUN, 1);
    int refused = 0;
    int harmless = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      for (int at = 0; at < file.getValue().length; at++) {
        Map<String, byte[]> damaged = new TreeMap<>(files);
        damaged.put(file.getKey(), flipped(file.getValue(), at));
        write(damaged);
        try {
          // A new store: one that read before knows where it was.
          store = open(SMALL_SEGMENTS);
          assertThat(store.history().events(RUN, 1)).isEqualTo(events);
          ((Claim.Mine) store.claim(RUN)).journal().close();
          assertThat(store.history().events(RUN, 1)).isEqualTo(events);
          harmless++;
        } catch (StoreException found) {
          assertThat(found).hasMessageContaining(RUN.text()).hasMessageContaining("journal-");
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
    assertThat(harmless)
        .as("only the seal may be damaged unseen")
        .isLessThanOrEqualTo(Frame.HEADER);
  }

  @Test
  void a_flipped_bit_in_a_journal_whose_process_died_costs_at_most_the_last_write()
      throws IOException {
    RunJournal journal = store.create(created());
    List<Recorded> records = fill(journal);
    Map<String, byte[]> files = journalFiles();
    journal.close();
    List<Recorded> events = store.history().events(RUN, 1);
    long lastWrite = records.getLast().position();
    String name = files.keySet().iterator().next();
    for (int at = 0; at < files.get(name).length; at++) {
      write(Map.of(name, flipped(files.get(name), at)));
      store = open(StoreOptions.DEFAULT);
      try {
        List<Recorded> read = store.history().events(RUN, 1);
        assertThat(read).isEqualTo(events.subList(0, read.size()));
        assertThat(at).isGreaterThanOrEqualTo((int) lastWrite);
      } catch (StoreException found) {
        assertThat(at).isLessThan((int) lastWrite);
      }
    }
  }

  @Test
  void a_damaged_journal_is_refused_with_its_place_and_kept_with_a_copy() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
    }
    Path file = Segment.at(run, 0).file();
    byte[] damaged = flipped(Files.readAllBytes(file), 200);
    Files.write(file, damaged);
    assertThatThrownBy(() -> store.claim(RUN))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is damaged at byte 64 of " + file)
        .hasMessageContaining("nothing was changed in it");
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    assertThat(Files.readAllBytes(run.resolve(file.getFileName() + ".damaged"))).isEqualTo(damaged);
    assertThat(store.isHeld(RUN)).isFalse();
    assertThat(store.history().summary(RUN).orElseThrow().state().message()).contains("is damaged");
  }

  @Test
  void a_journal_that_lost_a_file_or_the_end_of_one_is_refused() throws IOException {
    store = open(SMALL_SEGMENTS);
    try (RunJournal journal = store.create(created())) {
      fill(journal);
    }
    Map<String, byte[]> files = journalFiles();
    List<String> names = List.copyOf(files.keySet());
    for (int i = 0; i < names.size() - 1; i++) {
      Map<String, byte[]> missing = new TreeMap<>(files);
      missing.remove(names.get(i));
      write(missing);
      assertThatThrownBy(() -> store.claim(RUN)).isInstanceOf(StoreException.class);
      Map<String, byte[]> shorter = new TreeMap<>(files);
      byte[] bytes = files.get(names.get(i));
      shorter.put(names.get(i), java.util.Arrays.copyOf(bytes, bytes.length - 1));
      write(shorter);
      assertThatThrownBy(() -> store.claim(RUN)).hasMessageContaining("is damaged");
    }
  }

  @Test
  void a_journal_of_a_newer_format_is_refused_in_one_clear_line() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
    }
    Path file = Segment.at(run, 0).file();
    byte[] newer = Files.readAllBytes(file);
    newer[11] = 2;
    Files.write(file, newer);
    assertThatThrownBy(() -> store.claim(RUN))
        .hasMessageContaining("it is of format 2 and this Mahavishnu reads up to format 1")
        .hasMessageContaining("use a newer Mahavishnu")
        .hasMessageNotContaining("\n");
  }

  @Test
  void a_record_of_another_place_or_run_is_not_taken_for_one_of_here() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
    }
    Path file = Segment.at(run, 0).file();
    byte[] bytes = Files.readAllBytes(file);
    Files.move(file, Segment.at(run, 512).file());
    Files.write(file, java.util.Arrays.copyOf(bytes, 512));
    assertThatThrownBy(() -> store.claim(RUN)).isInstanceOf(StoreException.class);
  }
}
