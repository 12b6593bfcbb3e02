package dev.mahavishnu.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What happened in a run, told task run by task run: redacted, and bounded in number and length,
 * whatever the run.
 *
 * @param summary with the state as it is now
 * @param from the run that it was made from
 * @param last when the last thing happened
 * @param parameters of the run, an object
 * @param outputs of the flow
 * @param tasks in the order of the flow; the items and the tasks of a subflow below the task they
 *     belong to
 * @param moreTasks how many task runs more there are that are not in {@code tasks}, items apart
 * @param deeds what was done to the run as a whole, the oldest first
 * @param moreDeeds how many more there are
 */
public record Chronicle(
    RunSummary summary,
    String requester,
    Optional<RunId> from,
    Instant last,
    JsonNode parameters,
    List<Value> outputs,
    List<Told> tasks,
    int moreTasks,
    List<Deed> deeds,
    int moreDeeds) {

  public Chronicle {
    outputs = List.copyOf(outputs);
    tasks = List.copyOf(tasks);
    deeds = List.copyOf(deeds);
  }

  /**
   * A named value.
   *
   * @param text as JSON, a text as it is; cut where it is long
   */
  public record Value(String name, String text) {}

  /**
   * A task run.
   *
   * @param depth how many it stands below
   * @param state as it is now
   * @param stretches its attempts and its waits, the oldest first; at most {@link #MOST_STRETCHES}
   * @param moreStretches how many older ones there are
   * @param items of a mapped task
   * @param output empty where there is none; words where it is secret or large
   * @param log of all its attempts
   */
  public record Told(
      TaskKey task,
      int depth,
      State state,
      List<Stretch> stretches,
      int moreStretches,
      Optional<Items> items,
      String output,
      Log log) {
    public static final int MOST_STRETCHES = 30;

    public Told {
      stretches = List.copyOf(stretches);
    }
  }

  /**
   * A time in which a task run was attempted, or waited.
   *
   * @param attempt from 1; 0 where nothing was attempted yet
   * @param ran whether it was an attempt
   * @param to empty while it goes on
   * @param state how an attempt ended, or that it runs; what a wait waited as
   */
  public record Stretch(
      int attempt, boolean ran, Instant from, Optional<Instant> to, State state) {}

  /**
   * The items of a mapped task, taken together.
   *
   * @param counts how they ended
   * @param open items that have not ended
   * @param from when the first of them began, or when they got known
   * @param to when the last of them ended
   * @param busy how many ran at a time, in equal parts of the time between; empty where none ran
   * @param more items that are not among the tasks told
   */
  public record Items(
      int size,
      List<Count> counts,
      int open,
      Instant from,
      Instant to,
      List<Double> busy,
      int more) {
    public Items {
      counts = List.copyOf(counts);
      busy = List.copyOf(busy);
    }
  }

  /** How many items ended so; never 0. */
  public record Count(MapFold.End end, int items) {}

  /**
   * What a task run printed.
   *
   * @param left lines between {@code first} and {@code last} that are left out
   */
  public record Log(List<LogLine> first, long left, List<LogLine> last) {
    public static final Log NONE = new Log(List.of(), 0, List.of());

    public Log {
      first = List.copyOf(first);
      last = List.copyOf(last);
    }

    public boolean isEmpty() {
      return first.isEmpty() && last.isEmpty() && left == 0;
    }
  }

  /** Something that was done to the run, in words. */
  public record Deed(Instant at, String what) {}
}
