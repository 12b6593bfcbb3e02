package dev.mahavishnu.store;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * Appends to a run for ever and prints the number of the last event that it was promised. What
 * event has which number is always the same, but for commands that come in between.
 */
final class TortureProgram {
  static final StoreOptions OPTIONS =
      new StoreOptions(Durability.GROUP, 1 << 20, 1 << 20, 1 << 20, 20_000, 40);
  private static final int ITEMS = 500;
  private static final TaskKey MAPPED = TaskKey.of("", "mapped");

  private TortureProgram() {}

  public static void main(String[] args) {
    SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
    Store store = Store.open(Path.of(args[0]), Clock.systemUTC(), OPTIONS);
    RunJournal journal =
        store.claim(Samples.RUN) instanceof Claim.Mine mine
            ? mine.journal()
            : store.create(Samples.created());
    while (true) {
      List<RunEvent> batch = new ArrayList<>();
      List<Command> commands = journal.commands();
      commands.forEach(command -> batch.add(new RunEvent.Commanded(command)));
      long seq = journal.fold().seq() + batch.size();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        batch.add(event(++seq, journal));
      }
      boolean force = random.nextInt(4) > 0;
      journal.append(batch, force);
      commands.forEach(journal::taken);
      if (force) {
        System.out.println(seq);
        System.out.flush();
      }
    }
  }

  private static RunEvent event(long seq, RunJournal journal) {
    if (seq <= 3) {
      return start(seq);
    }
    TaskKey item = MAPPED.item((int) (seq % ITEMS));
    return Samples.done(item, journal.keep(value(seq), seq % 50 == 1));
  }

  static RunEvent start(long seq) {
    return seq == 2
        ? new RunEvent.Moved(new State.Running(false))
        : new RunEvent.Mapped(MAPPED, ITEMS, Samples.inline("[]"));
  }

  /** The output of the event with this number. */
  static JsonNode value(long seq) {
    return Samples.json(
        seq % 20 == 0 ? "\"" + seq + "x".repeat(70_000) + "\"" : "{\"n\":" + seq + "}");
  }
}
