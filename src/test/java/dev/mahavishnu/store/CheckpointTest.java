package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.json;
import static dev.mahavishnu.store.Samples.moved;
import static dev.mahavishnu.store.Samples.running;
import static dev.mahavishnu.store.Samples.task;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Breakpoint.Moment;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.Stop;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
  private static final int ITEMS = 700;

  @TempDir(factory = MemoryDir.class)
  Path folder;

  private Store store;
  private Path run;

  @BeforeEach
  void open() {
    store = open(StoreOptions.DEFAULT);
    run = store.folder().resolve("runs").resolve(RUN.text());
  }

  private Store open(StoreOptions options) {
    return Store.open(folder, new Ticking(Samples.NOW), options, new UnforcedDisk());
  }

  private RunJournal claimed() {
    return ((Claim.Mine) store.claim(RUN)).journal();
  }

  private List<Path> images() throws IOException {
    List<Path> images = new ArrayList<>();
    try (var files = Files.newDirectoryStream(run, "image-*.db")) {
      files.forEach(images::add);
    }
    images.sort(null);
    return images;
  }

  private RunFold replayed() {
    RunFold fold = new RunFold();
    store.history().events(RUN, 1).forEach(fold::apply);
    return fold;
  }

  /** A run with a bit of everything: maps, subflows in maps, resets, states of all kinds. */
  private static void fill(RunJournal journal) {
    RandomEvents random = new RandomEvents(7);
    TaskKey mapped = task("mapped");
    TaskKey nested = task("nested");
    TaskKey inside = TaskKey.of("nested[2]", "inside");
    journal.append(
        List.of(
            new RunEvent.Opened(1, "host"),
            moved(new State.Running(false)),
            new RunEvent.Mapped(task("early"), 3, Samples.inline("[1,2,3]")),
            running(mapped),
            new RunEvent.Mapped(mapped, ITEMS, Samples.inline("[]")),
            running(nested),
            new RunEvent.Mapped(nested, 5, Samples.inline("[]")),
            new RunEvent.Nested(
                nested.item(2), "sub", "{}".repeat(5_000), "/f", 2, json("{\"a\":[1,2.5]}")),
            new RunEvent.Mapped(inside, 4, new Output.Stored("ab", 100_000, false))),
        true);
    List<RunEvent> events = new ArrayList<>();
    SplittableRandom numbers = new SplittableRandom(8);
    for (int i = 0; i < 3 * ITEMS; i++) {
      TaskKey item =
          switch (numbers.nextInt(20)) {
            case 0 -> inside.item(numbers.nextInt(4));
            case 1 -> TaskKey.of("nested[2]", "t" + numbers.nextInt(4));
            case 2 -> task("t" + numbers.nextInt(30));
            default -> mapped.item(numbers.nextInt(ITEMS));
          };
      events.add(random.moved(item));
    }
    events.add(
        new RunEvent.Commanded(
            new Command.Break("p", List.of(Breakpoint.parse("t1 if attempt > 1")))));
    events.add(new RunEvent.Halted(new Stop(task("t2"), 1, Moment.AFTER), "t2:after"));
    events.add(new RunEvent.Halted(new Stop(task("t1"), 2, Moment.BEFORE), "step"));
    events.add(new RunEvent.Amended("p", "edit t1", "why", Optional.of("{}"), 7, List.of("t1")));
    events.add(new RunEvent.Reset(List.of(mapped.item(3), task("t1"), inside.item(1))));
    events.add(running(task("t1")));
    journal.append(events, true);
  }

  @Test
  void a_resume_from_an_image_has_the_fold_that_a_replay_has() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
      journal.checkpoint();
      journal.append(List.of(running(task("later")), moved(new State.Cancelling(""))), true);
      assertThat(FoldDump.of(journal.fold())).isEqualTo(FoldDump.of(replayed()));
    }
    String expected = FoldDump.of(replayed());
    try (RunJournal journal = claimed()) {
      assertThat(journal.recovery()).isEqualTo(new Recovery(true, journal.fold().seq() - 2, 2, 0));
      assertThat(FoldDump.of(journal.fold())).isEqualTo(expected);
    }
    assertThat(FoldDump.of(store.history().fold(RUN).orElseThrow())).isEqualTo(expected);
    for (Path image : images()) {
      Files.delete(image);
    }
    try (RunJournal journal = claimed()) {
      assertThat(journal.recovery().imageUsed()).isFalse();
      assertThat(FoldDump.of(journal.fold())).isEqualTo(expected);
    }
  }

  @Test
  void a_damaged_image_is_dropped_and_the_one_before_it_used() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
      journal.checkpoint();
      journal.append(List.of(running(task("later"))), true);
      journal.checkpoint();
    }
    String expected = FoldDump.of(replayed());
    List<Path> images = images();
    assertThat(images).hasSize(2);
    byte[] newest = Files.readAllBytes(images.get(1));
    for (int at = 0; at < newest.length; at += at < 64 ? 1 : 1 + newest.length / 150) {
      byte[] damaged = newest.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(images.get(1), damaged);
      try (RunJournal journal = claimed()) {
        assertThat(journal.recovery().imageUsed()).isTrue();
        assertThat(journal.recovery().replayed()).isEqualTo(1);
        assertThat(FoldDump.of(journal.fold())).isEqualTo(expected);
      }
      assertThat(images()).as("the bad one is gone").containsExactly(images.getFirst());
    }
    for (int length : List.of(0, 1, 100, newest.length / 2, newest.length - 1)) {
      Files.write(images.get(1), java.util.Arrays.copyOf(newest, length));
      Files.write(images.getFirst(), new byte[length]);
      try (RunJournal journal = claimed()) {
        assertThat(journal.recovery().imageUsed()).isFalse();
        assertThat(FoldDump.of(journal.fold())).isEqualTo(expected);
      }
      assertThat(images()).isNotEmpty().doesNotContainAnyElementsOf(images.subList(0, 1));
      for (Path image : images()) {
        Files.delete(image);
      }
    }
  }

  @Test
  void bytes_that_the_name_of_the_file_does_not_vouch_for_never_become_a_wrong_value() {
    NavigableMap<String, byte[]> entries = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      entries.put("key/" + i, ("value " + i).repeat(20).getBytes(UTF_8));
    }
    byte[] bytes = SortedTable.write(entries);
    String text = new String(bytes, ISO_8859_1);
    int found = 0;
    for (int at = text.indexOf("value") - 64; at < text.lastIndexOf("value"); at += 5) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      NavigableMap<String, byte[]> read = readOrEmpty(damaged);
      if (read.isEmpty()) {
        found++;
      } else {
        assertThat(read.keySet()).isEqualTo(entries.keySet());
        read.forEach((key, value) -> assertThat(value).isEqualTo(entries.get(key)));
      }
    }
    assertThat(found).isPositive();
  }

  private static NavigableMap<String, byte[]> readOrEmpty(byte[] bytes) {
    try {
      return SortedTable.read(bytes);
    } catch (RuntimeException | OutOfMemoryError refused) {
      return new TreeMap<>();
    }
  }

  @Test
  void an_image_of_events_that_the_journal_lost_is_not_used() throws IOException {
    try (RunJournal journal = store.create(created())) {
      fill(journal);
      journal.append(List.of(running(task("lost"))), true);
      journal.checkpoint();
    }
    List<Recorded> events = store.history().events(RUN, 1);
    Path file = Segment.at(run, 0).file();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, (int) events.getLast().position()));
    store = open(StoreOptions.DEFAULT);
    try (RunJournal journal = claimed()) {
      assertThat(journal.fold().task(task("lost"))).isEmpty();
      assertThat(journal.fold().seq()).isEqualTo(events.size() - 1);
      // What comes in its place has the same length and is still another event.
      journal.append(List.of(running(task("lose"))), true);
    }
    try (RunJournal journal = claimed()) {
      assertThat(FoldDump.of(journal.fold())).isEqualTo(FoldDump.of(replayed()));
      assertThat(journal.fold().task(task("lost"))).isEmpty();
    }
  }

  @Test
  void a_journal_of_several_files_is_read_in_portions() throws IOException {
    store = open(new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 2_000, 1_000_000));
    List<Recorded> read = new ArrayList<>();
    try (RunJournal journal = store.create(created())) {
      for (int i = 0; i < 60; i++) {
        journal.append(List.of(running(task("t" + i))), true);
      }
      assertThat(Segment.list(run)).hasSizeGreaterThan(2);
      List<Recorded> portion = store.history().events(RUN, Optional.empty(), 7);
      while (!portion.isEmpty()) {
        assertThat(portion).hasSizeLessThanOrEqualTo(7);
        read.addAll(portion);
        portion = store.history().events(RUN, Optional.of(read.getLast()), 7);
      }
      journal.append(List.of(running(task("late"))), true);
      read.addAll(store.history().events(RUN, Optional.of(read.getLast()), 7));
    }
    assertThat(read).isEqualTo(store.history().events(RUN, 1)).hasSize(62);
  }

  @Test
  void a_file_of_the_journal_that_is_gone_or_short_is_found_although_an_image_covers_it()
      throws IOException {
    store = open(new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 2_000, 1_000_000));
    try (RunJournal journal = store.create(created())) {
      for (int i = 0; i < 60; i++) {
        journal.append(List.of(running(task("t" + i))), true);
      }
      journal.checkpoint();
    }
    List<Segment> segments = Segment.list(run);
    assertThat(segments).hasSizeGreaterThan(2);
    Path middle = segments.get(1).file();
    byte[] bytes = Files.readAllBytes(middle);
    Files.write(middle, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> store.claim(RUN))
        .hasMessageContaining("its length is not what it was");
    Files.delete(middle);
    assertThatThrownBy(() -> store.claim(RUN)).hasMessageContaining("is damaged");
    Files.write(middle, bytes);
    try (RunJournal journal = claimed()) {
      assertThat(journal.recovery()).isEqualTo(new Recovery(true, 61, 0, 0));
    }
  }

  @Test
  void images_are_written_by_themselves_and_the_two_newest_are_kept() throws IOException {
    store = open(new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 50_000, 100));
    try (RunJournal journal = store.create(created())) {
      journal.append(List.of(new RunEvent.Mapped(task("m"), ITEMS, Samples.inline("[]"))), true);
      for (int i = 0; i < ITEMS; i++) {
        journal.append(List.of(running(task("m").item(i))), i % 10 == 0);
      }
    }
    assertThat(images()).hasSizeBetween(1, 2);
    try (RunJournal journal = claimed()) {
      assertThat(journal.recovery().imageUsed()).isTrue();
      assertThat(FoldDump.of(journal.fold())).isEqualTo(FoldDump.of(replayed()));
      assertThat(store.checkpoint(RUN).orElseThrow().seq())
          .isEqualTo(journal.recovery().imageSeq());
    }
  }

  @Test
  void a_resume_of_100_000_items_reads_the_image_and_not_the_journal() throws IOException {
    int items = 100_000;
    try (RunJournal journal = store.create(created())) {
      TaskKey mapped = task("mapped");
      journal.append(
          List.of(running(mapped), new RunEvent.Mapped(mapped, items, Samples.inline("[]"))), true);
      Output.Inline output = Samples.inline("{\"rows\":12}");
      List<RunEvent> batch = new ArrayList<>();
      for (int i = 0; i < items; i++) {
        batch.add(Samples.done(mapped.item(i), output));
        if (batch.size() == 500) {
          journal.append(batch, true);
          batch.clear();
        }
      }
      journal.checkpoint();
      journal.append(List.of(moved(new State.Cancelling(""))), true);
      assertThat(images()).isNotEmpty();
    }
    try (RunJournal journal = claimed()) {
      assertThat(journal.recovery()).isEqualTo(new Recovery(true, items + 3, 1, 0));
      assertThat(journal.fold().counts().completed()).isEqualTo(items);
      long position = journal.fold().root().map("mapped").orElseThrow().position(99_999);
      assertThat(journal.output(position)).isEqualTo(json("{\"rows\":12}"));
    }
  }

  @Test
  void a_command_that_only_the_image_knows_of_does_not_come_again() {
    try (RunJournal journal = store.create(created())) {
      store.send(RUN, new Command.Pause("me"));
      Command command = journal.commands().getFirst();
      journal.append(List.of(new RunEvent.Commanded(command)), true);
      journal.checkpoint();
    }
    try (RunJournal journal = claimed()) {
      assertThat(journal.recovery()).isEqualTo(new Recovery(true, 2, 0, 0));
      assertThat(journal.commands()).isEmpty();
    }
  }

  @Test
  void positions_are_packed_and_come_back() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      long[] values =
          random
              .longs(random.nextInt(300))
              .map(v -> random.nextInt(3) == 0 ? -1 : v >> random.nextInt(64))
              .toArray();
      assertThat(Packed.read(Packed.write(values), values.length)).isEqualTo(values);
    }
  }
}
