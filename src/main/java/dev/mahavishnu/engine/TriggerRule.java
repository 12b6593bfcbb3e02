package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold.End;
import dev.mahavishnu.spec.RunIf;
import java.util.Collection;

/**
 * Whether a task runs, given how the tasks it depends on ended: the rules of Airflow's {@code
 * TriggerRuleDep}.
 */
final class TriggerRule {
  /** What becomes of a task. */
  enum Verdict {
    WAIT,
    RUN,
    SKIP,
    UPSTREAM_FAILED
  }

  private TriggerRule() {}

  /**
   * @param ends of the upstream tasks that have ended
   * @param all number of upstream tasks
   */
  static Verdict verdict(RunIf rule, Collection<End> ends, int all) {
    Tally tally = Tally.of(ends, all);
    boolean done = ends.size() == all;
    return switch (rule) {
      case ALWAYS -> Verdict.RUN;
      case ALL_DONE -> done ? Verdict.RUN : Verdict.WAIT;
      case ONE_FAILED -> early(tally.failed > 0, done);
      case ONE_SUCCESS -> oneSuccess(tally, done);
      case ONE_DONE -> early(tally.good + tally.failed > 0, done);
      default -> done ? whenDone(rule, tally) : Verdict.WAIT;
    };
  }

  private static Verdict early(boolean met, boolean done) {
    if (met) {
      return Verdict.RUN;
    }
    return done ? Verdict.SKIP : Verdict.WAIT;
  }

  private static Verdict oneSuccess(Tally tally, boolean done) {
    if (tally.good == 0 && done && tally.failed > 0) {
      return Verdict.UPSTREAM_FAILED;
    }
    return early(tally.good > 0 || tally.all == 0, done);
  }

  private static Verdict whenDone(RunIf rule, Tally tally) {
    return switch (rule) {
      case ALL_SUCCESS -> clean(tally, tally.skipped == 0);
      case ALL_FAILED -> tally.failed == tally.all ? Verdict.RUN : Verdict.SKIP;
      case ALL_SKIPPED -> tally.skipped == tally.all ? Verdict.RUN : Verdict.SKIP;
      case NONE_FAILED -> clean(tally, true);
      case NONE_FAILED_MIN_ONE_SUCCESS -> clean(tally, tally.good > 0 || tally.all == 0);
      case ALL_DONE_MIN_ONE_SUCCESS -> {
        if (tally.good > 0 || tally.all == 0) {
          yield Verdict.RUN;
        }
        yield tally.failed > 0 ? Verdict.UPSTREAM_FAILED : Verdict.SKIP;
      }
      case NONE_SKIPPED -> tally.skipped == 0 ? Verdict.RUN : Verdict.SKIP;
      case ALWAYS, ALL_DONE, ONE_FAILED, ONE_SUCCESS, ONE_DONE ->
          throw new IllegalStateException(rule + " does not wait for all");
    };
  }

  private static Verdict clean(Tally tally, boolean met) {
    if (tally.failed > 0) {
      return Verdict.UPSTREAM_FAILED;
    }
    return met ? Verdict.RUN : Verdict.SKIP;
  }

  private record Tally(int good, int skipped, int failed, int all) {
    static Tally of(Collection<End> ends, int all) {
      int good = 0;
      int skipped = 0;
      for (End end : ends) {
        switch (end) {
          case COMPLETED, CACHED -> good++;
          case SKIPPED -> skipped++;
          case FAILED, UPSTREAM_FAILED, CANCELLED, CRASHED -> {}
        }
      }
      return new Tally(good, skipped, ends.size() - good - skipped, all);
    }
  }
}
