package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Folds a run's journal into what a server is to be told of the run. The same events in the same
 * order always give the same reports, ids and times included. Keeps a few numbers a task run, and
 * nothing of what the tasks gave. Mutable, for one thread.
 */
public final class Translation {
  private final UnaryOperator<String> seal;
  private final Function<RunEvent.Created, Optional<String>> contentHash;
  private @Nullable RunTelling telling;

  /**
   * @param seal of the workspace, {@code Store::seal}: ids are made of what it gives
   * @param contentHash of what the run is made of, for a label; empty where it can't be had
   */
  public Translation(
      UnaryOperator<String> seal, Function<RunEvent.Created, Optional<String>> contentHash) {
    this.seal = seal;
    this.contentHash = contentHash;
  }

  /** What the server is to be told of the next event; nothing of many. */
  public List<Report> next(Recorded recorded) {
    RunTelling told = telling;
    if (told == null) {
      if (!(recorded.event() instanceof RunEvent.Created created)) {
        throw new IllegalStateException("a journal begins with Created, not " + recorded);
      }
      told =
          new RunTelling(new Identities(seal, created.run()), created, contentHash.apply(created));
      telling = told;
    }
    return told.next(recorded);
  }

  /**
   * What the server is to be told of a run that nobody holds though it has not ended: that it
   * crashed. Nothing where it had come to rest. When the run is opened again, {@link #next} tells
   * the same, with the same ids, if this was not asked before.
   */
  public List<Report> died() {
    RunTelling told = telling;
    return told == null ? List.of() : told.died();
  }

  /**
   * Which flow run and task run a line of the log belongs to.
   *
   * @param flowRun key of the flow run, as in {@link Report#flowRun}
   */
  public record Place(String flowRun, UUID taskRun) {}

  /**
   * Where a task was at that time; empty before the event that brought its flow was told. Also of
   * what has ended long ago.
   */
  public Optional<Place> place(TaskKey task, Instant at) {
    RunTelling told = telling;
    return told == null ? Optional.empty() : told.place(task, at);
  }
}
