package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A question about the runs that are stored.
 *
 * @param from runs that started or ended at this time or later
 * @param to runs that started or ended before this time
 * @param flow runs of this flow alone
 * @param states runs that are in one of these; empty: in any
 * @param by what a row of the answer stands for
 * @param limit most rows, 1 to {@value #MOST}
 */
public record RunQuery(
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> flow,
    Set<StateType> states,
    By by,
    Order order,
    int limit) {
  /** The largest limit. */
  public static final int MOST = 100;

  /** What a row stands for. */
  public enum By {
    RUN,
    FLOW,
    TASK
  }

  /** Which rows come first. */
  public enum Order {
    NEWEST,
    OLDEST,
    /** By wall time; of several runs the median. */
    SLOWEST,
    /** By how many times its flow's median a run took; by task as {@link #SLOWEST}. */
    SLOWER_THAN_USUAL,
    MOST_FAILED
  }

  public RunQuery {
    states = Set.copyOf(states);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("the limit is from 1 to " + MOST + ", not " + limit);
    }
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new IllegalArgumentException("the period ends before it begins");
    }
  }

  /** Whether it asks for this run. */
  boolean matches(RunSummary run) {
    return flow.filter(name -> !name.equals(run.flow())).isEmpty()
        && (states.isEmpty() || states.contains(run.state().type()))
        && (in(run.started().orElse(run.created())) || run.ended().filter(this::in).isPresent());
  }

  private boolean in(Instant time) {
    return from.filter(time::isBefore).isEmpty() && to.filter(t -> !time.isBefore(t)).isEmpty();
  }
}
