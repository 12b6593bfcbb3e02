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

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A life of a run on a disk whose power fails at its first operation, its second, and so on to the
 * last. Each time the machine starts again: what was acknowledged is there, and nothing is wrong.
 */
final class PowerFailureTest {
  private static final StoreOptions OPTIONS =
      new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 1_500, 1_000_000);
  private static final RunId SECOND = new RunId("261123-213046-k7qd");
  private static final JsonNode LARGE = json("\"" + "x".repeat(Output.INLINE_LIMIT) + "\"");

  @TempDir(factory = MemoryDir.class)
  Path folder;

  /** What was acknowledged before the power failed. */
  private static final class Promises {
    private final List<RunEvent> appended = new ArrayList<>();
    private int forced;
    private boolean created;
    private boolean ended;
    private boolean cached;
    private boolean takenUp;
    private final List<TaskKey> large = new ArrayList<>();
    private final List<Command> sent = new ArrayList<>();
    private final List<Command> applied = new ArrayList<>();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void at_every_operation_nothing_acknowledged_is_lost_and_nothing_is_wrong(long seed)
      throws IOException {
    boolean failed = true;
    for (int at = 1; failed; at++) {
      Path state = folder.resolve("at-" + at);
      Files.createDirectories(state.resolve("runs"));
      CrashingDisk disk = new CrashingDisk(at, seed * 1_000 + at);
      Promises promises = new Promises();
      try (Store store = Store.open(state, CLOCK, OPTIONS, disk)) {
        live(store, promises);
        failed = false;
      } catch (CrashingDisk.PowerFailure e) {
        disk.powerUp();
      }
      assertThat(failed || at > 100).as("a life has many operations").isTrue();
      check(state, promises, "operation " + at);
    }
  }

  private static void live(Store store, Promises promises) {
    RunJournal first = store.create(created());
    promises.created = true;
    promises.appended.add(created());
    promises.forced = 1;
    try (first) {
      work(store, first, promises, 0);
    }
    try (RunJournal again = ((Claim.Mine) store.claim(RUN)).journal()) {
      work(store, again, promises, 10);
      end(again, promises);
    }
    endedAndTakenUp(store, promises);
    store.history().list().forEach(run -> {});
  }

  /** What the catalog says of this run becomes wrong: it must say so before. */
  private static void endedAndTakenUp(Store store, Promises promises) {
    try (RunJournal journal = store.create(created(SECOND))) {
      journal.append(List.of(moved(State.Completed.DONE)), true);
    }
    try (RunJournal journal = ((Claim.Mine) store.claim(SECOND)).journal()) {
      journal.append(List.of(moved(new State.Running(true))), true);
      promises.takenUp = true;
      journal.append(List.of(running(task("more"))), true);
    }
  }

  private static void work(Store store, RunJournal journal, Promises promises, int from) {
    append(journal, promises, true, moved(new State.Running(false)));
    for (int i = from; i < from + 4; i++) {
      append(journal, promises, false, running(task("t" + i)));
      JsonNode value = i == from ? LARGE : json("{\"n\":" + i + "}");
      append(journal, promises, true, Samples.done(task("t" + i), journal.keep(value, false)));
      if (i == from) {
        promises.large.add(task("t" + i));
      }
    }
    RunEvent unforced = running(task("unforced".repeat(12)));
    for (int i = 0; i < 3; i++) {
      append(journal, promises, false, unforced, unforced, unforced, unforced, unforced);
    }
    append(journal, promises, true, running(task("forced")));
    command(store, journal, promises, new Command.Pause("p" + from));
    journal.checkpoint();
    append(journal, promises, true, running(task("after")));
    store.cache("key", new CacheEntry(RUN, "t", json("\"cached\""), Optional.empty()));
    promises.cached = true;
    command(store, journal, promises, new Command.Resume("r" + from));
  }

  private static void command(Store store, RunJournal journal, Promises promises, Command command) {
    store.send(RUN, command);
    promises.sent.add(command);
    for (Command c : journal.commands()) {
      append(journal, promises, true, new RunEvent.Commanded(c));
      promises.applied.add(c);
      journal.taken(c);
    }
  }

  private static void append(
      RunJournal journal, Promises promises, boolean force, RunEvent... events) {
    promises.appended.addAll(List.of(events));
    journal.append(List.of(events), force);
    if (force) {
      promises.forced = promises.appended.size();
    }
  }

  private static void end(RunJournal journal, Promises promises) {
    append(journal, promises, true, moved(State.Completed.DONE));
    promises.ended = true;
  }

  private static void check(Path state, Promises promises, String at) {
    try (Store store = Store.open(state, CLOCK, OPTIONS, new UnforcedDisk())) {
      checkList(store, promises, at);
      checkTakenUp(store, promises, at);
      Claim claim = store.claim(RUN);
      if (!promises.created) {
        assertThat(claim).as(at).isNotInstanceOf(Claim.Held.class);
      }
      if (claim instanceof Claim.Mine mine) {
        try (RunJournal journal = mine.journal()) {
          checkJournal(store, journal, promises, at);
        }
      } else {
        assertThat(promises.created).as(at).isFalse();
      }
      Optional<CacheEntry> cached = store.cached("key", NOW);
      cached.ifPresent(e -> assertThat(e.output()).as(at).isEqualTo(json("\"cached\"")));
      assertThat(cached.isPresent() || !promises.cached).as(at).isTrue();
    }
  }

  private static void checkList(Store store, Promises promises, String at) {
    Optional<RunSummary> summary =
        store.history().list().filter(run -> run.run().equals(RUN)).findFirst();
    assertThat(summary.isPresent() || !promises.created).as(at).isTrue();
    if (summary.isPresent()) {
      State state = summary.get().state();
      if (promises.ended) {
        assertThat(state).as(at).isEqualTo(State.Completed.DONE);
      } else {
        // The end may have lasted before it was acknowledged; nothing else may look like one.
        assertThat(state).as(at).isIn(State.Completed.DONE, gone(state));
      }
    }
  }

  private static void checkTakenUp(Store store, Promises promises, String at) {
    if (promises.takenUp) {
      assertThat(store.history().list())
          .as(at)
          .filteredOn(run -> run.run().equals(SECOND))
          .singleElement()
          .satisfies(run -> assertThat(run.state()).isInstanceOf(State.Crashed.class));
    }
  }

  private static State gone(State state) {
    return state instanceof State.Crashed crashed && crashed.message().contains("is gone")
        ? state
        : State.Completed.DONE;
  }

  private static void checkJournal(Store store, RunJournal journal, Promises promises, String at) {
    List<RunEvent> there = store.history().events(RUN, 1).stream().map(Recorded::event).toList();
    assertThat(there.size()).as(at).isGreaterThanOrEqualTo(promises.forced);
    assertThat(there).as(at).isEqualTo(promises.appended.subList(0, there.size()));
    RunFold replayed = new RunFold();
    store.history().events(RUN, 1).forEach(replayed::apply);
    assertThat(FoldDump.of(journal.fold())).as(at).isEqualTo(FoldDump.of(replayed));
    for (TaskKey task : promises.large) {
      replayed
          .task(task)
          .filter(t -> t.state().isFinal())
          .ifPresent(t -> assertThat(journal.output(t.position())).as(at).isEqualTo(LARGE));
    }
    List<Command> left = journal.commands();
    List<Command> applied =
        there.stream()
            .filter(e -> e instanceof RunEvent.Commanded)
            .map(e -> ((RunEvent.Commanded) e).command())
            .toList();
    List<Command> all = new ArrayList<>(applied);
    all.addAll(left);
    assertThat(all).as(at).containsAll(promises.sent).doesNotHaveDuplicates();
    assertThat(applied).as(at).containsAll(promises.applied);
    journal.append(List.of(running(task("goes-on"))), true);
  }
}
