package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.RUN;
import static dev.mahavishnu.store.Samples.inline;
import static dev.mahavishnu.store.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.Stop;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journals in {@code src/test/resources/journals} were written by releases: each must fold to
 * the same run for ever. When this fails, the format changed: give it a new version and a new
 * golden journal, and keep reading this one. Before a version is released, {@code
 * -Dgolden.write=true} writes its journal anew.
 */
final class GoldenJournalTest {
  private static final String JOURNAL = "journal-0000000000000000.log";
  private static final TaskKey LOAD = TaskKey.of("", "load");
  private static final TaskKey ETL = TaskKey.of("", "etl");
  private static final TaskKey ASK = TaskKey.of("etl", "ask");

  @TempDir Path folder;

  /** An event of each kind, in each shape. */
  private static List<RunEvent> events() {
    return List.of(
        new RunEvent.Created(
            RUN,
            "etl",
            "{\"flow\":\"etl\"}",
            "/flows",
            3,
            json("{\"day\":\"2026-11-22\",\"n\":[1,2.5,null,true]}"),
            Optional.of(new RunId("261122-000000-aaaa")),
            List.of("load"),
            "trigger"),
        new RunEvent.Opened(4711, "host"),
        new RunEvent.Moved(new State.Running(false)),
        RunEvent.TaskMoved.to(LOAD, 0, new State.Pending()),
        new RunEvent.Mapped(LOAD, 9, inline("[\"a\",\"b\"]")),
        RunEvent.TaskMoved.to(LOAD, 1, new State.Running(false)),
        item(0, new State.Completed(State.Completed.How.DONE, ""), inline("{\"é\":\"\\u0000\"}")),
        item(1, new State.Completed(State.Completed.How.CACHED, "from a run"), inline("null")),
        ended(2, new State.Completed(State.Completed.How.SKIPPED, "when is false")),
        ended(3, new State.Failed(State.Failed.How.ERROR, "exit 1: \"no\"\n")),
        ended(4, new State.Failed(State.Failed.How.TIMED_OUT, "5s")),
        ended(5, new State.Failed(State.Failed.How.UPSTREAM, "")),
        ended(6, new State.Cancelled("by me")),
        ended(7, new State.Crashed("gone")),
        new RunEvent.TaskMoved(
            LOAD.item(8),
            2,
            new State.Running(true),
            Optional.of(new Child(123, 1764000000000L, "mark")),
            Optional.empty(),
            Optional.empty()),
        RunEvent.TaskMoved.to(ETL, 1, new State.Running(false)),
        new RunEvent.Nested(ETL, "sub", "{\"flow\":\"sub\"}", "/flows/sub", 1, json("{}")),
        RunEvent.TaskMoved.to(ASK, 1, new State.Paused(State.Paused.Why.PAUSED, "go?")),
        new RunEvent.Moved(new State.Paused(State.Paused.Why.SUSPENDED, "")),
        new RunEvent.Commanded(new Command.Pause("p")),
        new RunEvent.Commanded(new Command.Resume("p")),
        new RunEvent.Commanded(new Command.Suspend("p")),
        new RunEvent.Commanded(new Command.Approve("p", Optional.of("etl/ask"), "fine")),
        new RunEvent.Commanded(new Command.Deny("p", Optional.empty(), "")),
        new RunEvent.Commanded(new Command.Cancel("p")),
        new RunEvent.Commanded(new Command.Step("p", Stride.OVER)),
        new RunEvent.Commanded(
            new Command.Break("p", List.of(Breakpoint.parse("load if attempt > 1")))),
        new RunEvent.Halted(new Stop(LOAD.item(8), 2, Breakpoint.Moment.BEFORE), "step"),
        new RunEvent.Amended(
            "p", "edit load", "it was wrong", Optional.of("{}"), 3, List.of("load")),
        new RunEvent.Amended("p", "skip load[3]", "", Optional.empty(), 0, List.of()),
        new RunEvent.Reset(List.of(LOAD.item(3), LOAD.item(4))),
        RunEvent.TaskMoved.to(
            LOAD.item(3),
            2,
            new State.Scheduled(
                State.Scheduled.Why.AWAITING_RETRY,
                Optional.of(Instant.parse("2026-11-24T00:00:00.000000001Z")),
                "exit 1")),
        new RunEvent.Moved(
            new State.Scheduled(State.Scheduled.Why.SCHEDULED, Optional.empty(), "")),
        new RunEvent.Moved(new State.Scheduled(State.Scheduled.Why.LATE, Optional.empty(), "")),
        new RunEvent.Moved(new State.Cancelling("")),
        new RunEvent.Returned(new Output.Stored("ab12", 70_000, true)),
        new RunEvent.Returned(new Output.Stored("cd34", 1L << 33, false)),
        new RunEvent.Moved(new State.Completed(State.Completed.How.DONE, "all")));
  }

  private static RunEvent item(int index, State state, Output output) {
    return new RunEvent.TaskMoved(
        LOAD.item(index),
        1,
        state,
        Optional.empty(),
        Optional.of(output),
        Optional.of(new RunEvent.Hashes("d" + index, "i" + index)));
  }

  private static RunEvent ended(int index, State state) {
    return RunEvent.TaskMoved.to(LOAD.item(index), 1, state);
  }

  @Test
  void a_journal_of_version_1_is_read_and_folds_as_it_always_did() throws IOException {
    Path run = Files.createDirectories(folder.resolve(".mahavishnu/runs/" + RUN));
    Files.write(run.resolve(JOURNAL), resource("v1/" + JOURNAL));
    try (Store store = Samples.store(folder)) {
      List<RunEvent> read = store.history().events(RUN, 1).stream().map(Recorded::event).toList();
      assertThat(read).containsExactlyElementsOf(events());
      try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
        assertThat(FoldDump.of(journal.fold()))
            .isEqualTo(new String(resource("v1/fold.txt"), StandardCharsets.UTF_8));
        assertThat(journal.recovery()).isEqualTo(new Recovery(false, 0, events().size(), 0));
      }
    }
  }

  @Test
  void what_is_written_today_is_version_1_to_the_byte() throws IOException {
    Ticking clock = new Ticking(Samples.NOW);
    try (Store store = Store.open(folder.resolve(".mahavishnu"), clock)) {
      List<RunEvent> events = events();
      RunJournal journal = store.create((RunEvent.Created) events.getFirst());
      for (int i = 1; i < events.size(); i += 2) {
        journal.append(new ArrayList<>(events.subList(i, Math.min(i + 2, events.size()))), true);
      }
      journal.close();
      if (Boolean.getBoolean("golden.write")) {
        write(journal.fold());
      }
    }
    Path written = folder.resolve(".mahavishnu/runs/" + RUN).resolve(JOURNAL);
    assertThat(Files.readAllBytes(written)).isEqualTo(resource("v1/" + JOURNAL));
  }

  private void write(RunFold fold) throws IOException {
    Path golden = Files.createDirectories(Path.of("src/test/resources/journals/v1"));
    Path written = folder.resolve(".mahavishnu/runs/" + RUN).resolve(JOURNAL);
    Files.copy(written, golden.resolve(JOURNAL), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(golden.resolve("fold.txt"), FoldDump.of(fold));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenJournalTest.class.getResourceAsStream("/journals/" + name))) {
      return in.readAllBytes();
    }
  }
}
