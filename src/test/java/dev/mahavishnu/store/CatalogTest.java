package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.CLOCK;
import static dev.mahavishnu.store.Samples.created;
import static dev.mahavishnu.store.Samples.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogTest {
  @TempDir(factory = MemoryDir.class)
  Path folder;

  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(folder, CLOCK, StoreOptions.DEFAULT, new UnforcedDisk());
  }

  private static RunId id(int number) {
    return RunId.at(Samples.NOW.plusSeconds(number), number);
  }

  private RunId run(int number, State end) {
    try (RunJournal journal = store.create(created(id(number)))) {
      journal.append(List.of(moved(new State.Running(false)), moved(end)), true);
    }
    return id(number);
  }

  private List<RunSummary> list() {
    return store.history().list().toList();
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var all = Files.newDirectoryStream(folder.resolve("catalog"), "catalog-*")) {
      all.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  /** Makes a run's own files unreadable: whatever is said of it now comes from the catalog. */
  private void hide(RunId run) throws IOException {
    Files.write(Segment.at(folder.resolve("runs").resolve(run.text()), 0).file(), new byte[7]);
  }

  @Test
  void runs_that_ended_are_listed_newest_first_without_their_journals() throws IOException {
    RunId done = run(1, State.Completed.DONE);
    RunId failed = run(2, new State.Failed(State.Failed.How.ERROR, "exit 1"));
    RunId paused = run(3, new State.Paused(State.Paused.Why.SUSPENDED, "Ctrl-C"));
    List<RunSummary> before = list();
    assertThat(before).extracting(RunSummary::run).containsExactly(paused, failed, done);
    assertThat(before)
        .allSatisfy(run -> assertThat(store.history().summary(run.run())).contains(run));
    for (RunId run : List.of(done, failed, paused)) {
      hide(run);
    }
    assertThat(list()).isEqualTo(before);
  }

  @Test
  void a_run_that_was_taken_up_again_is_never_listed_as_it_was() throws IOException {
    RunId run = run(1, new State.Failed(State.Failed.How.ERROR, ""));
    assertThat(list().getFirst().state().name()).isEqualTo("Failed");
    RunJournal journal = ((Claim.Mine) store.claim(run)).journal();
    journal.append(List.of(moved(new State.Running(true))), true);
    assertThat(list().getFirst().state()).isEqualTo(new State.Running(true));
    journal.close();
    assertThat(list().getFirst().state()).isInstanceOf(State.Crashed.class);
    try (RunJournal again = ((Claim.Mine) store.claim(run)).journal()) {
      again.append(List.of(moved(State.Completed.DONE)), true);
    }
    hide(run);
    assertThat(list().getFirst().state()).isEqualTo(State.Completed.DONE);
  }

  @Test
  void a_catalog_that_was_deleted_comes_back_from_the_runs() throws IOException {
    for (int i = 0; i < 5; i++) {
      run(i, State.Completed.DONE);
    }
    List<RunSummary> before = list();
    for (Path file : files()) {
      Files.delete(file);
    }
    assertThat(list()).isEqualTo(before);
    hide(id(2));
    assertThat(list()).as("what was read is in the catalog again").isEqualTo(before);
  }

  @Test
  void a_catalog_with_a_flipped_bit_is_made_anew_and_never_believed() throws IOException {
    for (int i = 0; i < 4; i++) {
      run(i, State.Completed.DONE);
    }
    List<RunSummary> expected = list();
    byte[] log = Files.readAllBytes(files().getFirst());
    for (int at = 0; at < log.length; at += 3) {
      for (Path file : files()) {
        Files.delete(file);
      }
      byte[] damaged = log.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(folder.resolve("catalog/catalog-0000000000000000.log"), damaged);
      assertThat(list()).isEqualTo(expected);
      assertThat(list()).isEqualTo(expected);
    }
  }

  @Test
  void a_line_that_a_crash_tore_is_written_over() throws IOException {
    run(1, State.Completed.DONE);
    Path log = files().getFirst();
    byte[] bytes = Files.readAllBytes(log);
    run(2, State.Completed.DONE);
    byte[] both = Files.readAllBytes(log);
    for (int cut = bytes.length; cut < both.length; cut += 13) {
      Files.write(log, java.util.Arrays.copyOf(both, cut));
      assertThat(list()).hasSize(2);
      run(3, State.Completed.DONE);
      assertThat(list()).hasSize(3);
      store.delete(id(3));
      assertThat(list()).hasSize(2);
    }
  }

  @Test
  void a_long_tail_becomes_an_image_and_a_damaged_image_is_made_anew() throws IOException {
    int runs = 1_400;
    for (int i = 0; i < runs; i++) {
      run(i, State.Completed.DONE);
    }
    List<Path> images = files().stream().filter(f -> f.toString().endsWith(".db")).toList();
    assertThat(images).hasSize(1);
    List<RunSummary> expected = list();
    assertThat(expected).hasSize(runs);
    hide(id(0));
    assertThat(list()).as("the oldest comes from the image").isEqualTo(expected);
    run(runs, State.Completed.DONE);
    store.delete(id(0));
    store.delete(id(runs));
    List<RunSummary> rest = expected.subList(0, runs - 1);
    assertThat(list()).isEqualTo(rest);
    byte[] image = Files.readAllBytes(images.getFirst());
    image[image.length / 3] ^= 4;
    Files.write(images.getFirst(), image);
    assertThat(list()).isEqualTo(rest);
    hide(id(700));
    assertThat(list()).as("made anew").isEqualTo(rest);
  }

  @Test
  void a_damaged_run_is_listed_and_says_so() throws IOException {
    RunId run = run(1, State.Completed.DONE);
    for (Path file : files()) {
      Files.delete(file);
    }
    hide(run);
    RunSummary summary = list().getFirst();
    assertThat(summary.run()).isEqualTo(run);
    assertThat(summary.state().message()).contains("its header is not whole");
    assertThat(summary.resumable()).isFalse();
    assertThat(store.prune(Samples.NOW.plusSeconds(99_999), 0, false)).isEmpty();
  }

  @Test
  void a_run_that_died_before_its_first_event_was_never_there() throws IOException {
    Path started = folder.resolve("runs").resolve(id(1).text());
    Files.createDirectories(started.resolve("inbox"));
    assertThat(list()).isEmpty();
    assertThat(store.claim(id(1))).isEqualTo(new Claim.Missing());
    Files.write(Segment.at(started, 0).file(), Frame.segmentHeader(id(1).text(), 0, 1));
    assertThat(list()).isEmpty();
    assertThat(store.claim(id(1))).isEqualTo(new Claim.Missing());
    assertThat(store.isHeld(id(1))).isFalse();
  }

  @Test
  void runs_are_found_by_the_start_or_the_end_of_their_id() {
    RunId run = run(1, State.Completed.DONE);
    assertThat(store.history().find(run.text())).containsExactly(run);
    assertThat(store.history().find(run.text().substring(14))).containsExactly(run);
    assertThat(store.history().find("261123")).containsExactly(run);
    assertThat(store.history().find("999")).isEmpty();
  }
}
