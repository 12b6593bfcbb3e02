package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes a journal is killed with kill -9 at a random instant, and again, and again:
 * {@code -Dtorture.rounds=N} times. No promised event is lost, none is wrong, no command comes
 * twice.
 */
final class TortureTest {
  private static final int ROUNDS = Integer.getInteger("torture.rounds", 30);
  private static final long SEED = Long.getLong("torture.seed", 1);

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Set<String> sent = new HashSet<>();
  private int imagesUsed;

  @Test
  void killed_at_any_instant_a_journal_keeps_what_it_promised() throws IOException {
    long promised = 0;
    for (int round = 0; round < ROUNDS; round++) {
      promised = Math.max(promised, round(round));
      check(round, promised);
    }
    assertThat(promised).as("events promised").isGreaterThan(ROUNDS);
    assertThat(imagesUsed).as("recoveries from an image").isPositive();
  }

  /** The highest number that the process printed before it was killed. */
  private long round(int round) throws IOException {
    try (OtherProcess writer =
            OtherProcess.start(
                TortureProgram.class, folder.toString(), Long.toString(SEED * 1_000 + round));
        Store store = Store.open(folder, Clock.systemUTC(), TortureProgram.OPTIONS)) {
      String line = writer.line();
      assertThat(line).as("the writer of round %d started", round).isNotEmpty();
      String note = "round " + round;
      store.send(RUN, new Command.Approve("me", Optional.empty(), note));
      sent.add(note);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(100_000)));
      writer.kill();
      long last = 0;
      while (!line.isEmpty()) {
        last = Long.parseLong(line);
        line = writer.line();
      }
      return last;
    }
  }

  private void check(int round, long promised) {
    try (Store store = Store.open(folder, Clock.systemUTC(), TortureProgram.OPTIONS)) {
      List<Recorded> events = store.history().events(RUN, 1);
      assertThat(events.size()).as("round %d", round).isGreaterThanOrEqualTo((int) promised);
      RunFold replayed = new RunFold();
      List<String> commands = new ArrayList<>();
      for (Recorded recorded : events) {
        replayed.apply(recorded);
        if (recorded.event() instanceof RunEvent.Commanded commanded) {
          commands.add(note(commanded.command()));
        } else {
          checkEvent(store, recorded);
        }
      }
      assertThat(commands).as("round %d", round).doesNotHaveDuplicates().isSubsetOf(sent);
      String expected = FoldDump.of(replayed);
      assertThat(FoldDump.of(store.history().fold(RUN).orElseThrow())).isEqualTo(expected);
      if (random.nextBoolean()) {
        try (RunJournal journal = ((Claim.Mine) store.claim(RUN)).journal()) {
          assertThat(FoldDump.of(journal.fold())).as("round %d", round).isEqualTo(expected);
          imagesUsed += journal.recovery().imageUsed() ? 1 : 0;
          journal.commands().forEach(left -> commands.add(note(left)));
          assertThat(commands).doesNotHaveDuplicates().containsAll(sent);
          journal.checkpoint();
        }
      }
    }
  }

  private static String note(Command command) {
    return command instanceof Command.Approve approve ? approve.note() : "?";
  }

  private void checkEvent(Store store, Recorded recorded) {
    long seq = recorded.seq();
    if (seq == 2 || seq == 3) {
      assertThat(recorded.event()).isEqualTo(TortureProgram.start(seq));
    } else if (seq > 3) {
      RunEvent.TaskMoved moved = (RunEvent.TaskMoved) recorded.event();
      assertThat(moved.output()).isPresent();
      // Files take time to read: a few of the old ones, all of the new ones.
      if ((seq % 50 != 1 && seq % 20 != 0) || random.nextInt(20) == 0) {
        assertThat(store.history().output(RUN, recorded.position()))
            .isEqualTo(TortureProgram.value(seq));
      }
    }
  }
}
