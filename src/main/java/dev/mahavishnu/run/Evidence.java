package dev.mahavishnu.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What the state of a run rests on: facts alone, as they are stored, bounded in number and length.
 *
 * @param summary with the state as it is now
 * @param folder what the flow's files are relative to
 * @param spec the flow as canonical JSON, as it was when the run was made
 * @param parameters of the run, an object
 * @param failures the first task runs that went wrong, by time: of a mapped task one stands for
 *     all, of a subflow the tasks inside of it
 * @param moreFailures how many more went wrong that are not in {@code failures}
 * @param neverRan tasks that did not run because of them, in the order of the flow
 * @param skipped tasks that were not to run, with the reason
 * @param open what has not ended in a run that goes on or was put aside
 * @param slowest task runs that took longest, the longest first
 */
public record Evidence(
    RunSummary summary,
    String folder,
    String spec,
    JsonNode parameters,
    List<Failure> failures,
    int moreFailures,
    List<Left> neverRan,
    List<Left> skipped,
    List<Open> open,
    List<Took> slowest) {

  public Evidence {
    failures = List.copyOf(failures);
    neverRan = List.copyOf(neverRan);
    skipped = List.copyOf(skipped);
    open = List.copyOf(open);
    slowest = List.copyOf(slowest);
  }

  public RunId run() {
    return summary.run();
  }

  /**
   * A task run that went wrong.
   *
   * @param task an item of a mapped task where items failed
   * @param state FAILED or CRASHED; CRASHED also for what was running when its process went away
   * @param attempt the last one; 0 where nothing was attempted
   * @param attempts how many there may be
   * @param at when it came to this state
   * @param items of the mapped task that it is one of
   * @param exit status of its program, 128 and the number of a signal that ended it
   * @param earlier what ended the attempts before, a line each
   * @param definition what the task is to do, as the spec has it: expressions are not evaluated
   * @param log the last lines of the last attempt, and the last it wrote to standard error
   */
  public record Failure(
      TaskKey task,
      State state,
      int attempt,
      int attempts,
      Instant at,
      Optional<Items> items,
      OptionalInt exit,
      List<String> earlier,
      List<Field> definition,
      List<Numbered> log) {
    public Failure {
      earlier = List.copyOf(earlier);
      definition = List.copyOf(definition);
      log = List.copyOf(log);
    }
  }

  /**
   * How many of a mapped task's items went wrong.
   *
   * @param item the one that is shown, as JSON; empty where it is secret or not known
   */
  public record Items(int failed, int total, String item) {}

  /**
   * A field of a task.
   *
   * @param text as the spec has it; JSON where it is no text
   */
  public record Field(String name, String text) {}

  /**
   * A line of a log.
   *
   * @param line counted from 1 over the lines of this attempt of this task run
   */
  public record Numbered(long line, String stream, String text) {}

  /**
   * A task that did not run.
   *
   * @param why one line; empty where nothing is recorded of it
   */
  public record Left(TaskKey task, String why) {}

  /** A task run that has not ended: it runs, or waits for a time, a person or a place. */
  public record Open(TaskKey task, State state, int attempt, Instant since, List<Numbered> log) {
    public Open {
      log = List.copyOf(log);
    }
  }

  /** How long a task run took, its retries and waits included. */
  public record Took(TaskKey task, Duration time) {}
}
