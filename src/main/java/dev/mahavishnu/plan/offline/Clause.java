package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Doing;
import dev.mahavishnu.plan.offline.StepText.Retrying;
import dev.mahavishnu.spec.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that a request says, as the person wrote it. */
sealed interface Clause {
  Span span();

  /** {@code a flow called nightly that …}: what follows is a flow of its own, not a change. */
  record NewFlow(Optional<Name> name, Span span) implements Clause {}

  /**
   * Steps that are said together.
   *
   * @param link how they follow what was said before
   * @param prefix said before the steps, of each of them
   * @param each said after the steps, of each of them
   */
  record Steps(
      Role role,
      Link link,
      List<Addition> prefix,
      List<StepText> steps,
      Layout layout,
      List<Addition> each,
      Span span)
      implements Clause {
    public Steps {
      prefix = List.copyOf(prefix);
      steps = List.copyOf(steps);
      each = List.copyOf(each);
    }

    /** One of the steps, with a link of its own. */
    Steps only(StepText step, Link own) {
      Layout alone = new Layout(Together.UNSAID, step.span());
      return new Steps(role, own, prefix, List.of(step), alone, each, span);
    }
  }

  /** What steps are for. */
  enum Role {
    STEP,
    /** Said with "add": a change of the draft, for sure. */
    ADDED,
    ON_FAILURE
  }

  /**
   * How steps follow those before.
   *
   * @param span of the words that say so; of nothing, the empty span before the steps
   */
  record Link(Order order, Span span) {}

  /** What a link says. */
  enum Order {
    NONE,
    FIRST,
    THEN,
    MEANWHILE
  }

  /**
   * Whether steps that are said together run together.
   *
   * @param span of the words that say so; of nothing, the empty span after the steps
   */
  record Layout(Together together, Span span) {
    boolean parallel() {
      return together == Together.PARALLEL;
    }
  }

  /** How steps that are said together run. */
  enum Together {
    UNSAID,
    PARALLEL,
    SEQUENCE
  }

  /** A schedule, said by itself, or to replace or join the one that the flow has. */
  record Scheduled(Manner manner, ScheduleText schedule, Span span) implements Clause {}

  /** What becomes of the schedules that there are. */
  enum Manner {
    SAID,
    CHANGED,
    ADDED
  }

  /** Which steps something is said of. */
  sealed interface Target {
    Span span();

    record Each(Span span) implements Target {}

    record These(List<Name> steps, Span span) implements Target {}

    record Whole(Span span) implements Target {}
  }

  /** {@code retry load 3 times}; 0 for {@code don't retry load}. */
  record Retry(Target target, Retrying retrying, Span span) implements Clause {}

  /**
   * {@code retry 3 times}: of which step?
   *
   * @param gap where the answer belongs
   */
  record RetryUnsaid(Retrying retrying, int gap, Span span) implements Clause {}

  /** Absent: none. */
  record Timeout(Target target, Optional<Duration> limit, Span span) implements Clause {}

  /** {@code cache load for 1 hour}; off for {@code don't cache load}. */
  record Caching(Target target, boolean on, Optional<Duration> expires, Span span)
      implements Clause {}

  record Remove(List<Name> steps, Span span) implements Clause {}

  record RemoveCondition(Target target, Span span) implements Clause {}

  record RemoveSchedule(Span span) implements Clause {}

  record RemoveParameter(Name name, Span span) implements Clause {}

  record Rename(Name step, Name name, Span span) implements Clause {}

  record NameFlow(Name name, Span span) implements Clause {}

  record Describe(String text, Span span) implements Clause {}

  record Limit(int steps, Span span) implements Clause {}

  /**
   * A parameter of the flow.
   *
   * @param type absent: what the default is, or a string
   */
  record Declare(Name name, Optional<ValueType> type, Optional<Value> byDefault, Span span)
      implements Clause {}

  record SetDefault(Name name, Value value, Span span) implements Clause {}

  record UseSecret(List<Name> names, Span span) implements Clause {}

  /** {@code make load run ./load2.sh}. */
  record Change(Name step, Doing doing, Span span) implements Clause {}

  record MakeParallel(List<Name> steps, Span span) implements Clause {}

  /** {@code run load after check}, {@code run load only if …}. */
  record Place(List<Name> steps, Addition addition, Span span) implements Clause {}
}
