package dev.mahavishnu.plan.offline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A step as the person wrote it.
 *
 * @param span from its first word to the last addition
 * @param doing what it does
 * @param additions the rest, in the order written
 */
record StepText(Span span, Doing doing, List<Addition> additions) {
  StepText {
    additions = List.copyOf(additions);
  }

  /** Whether it was said with a verb of its own. */
  boolean hasVerb() {
    return switch (doing) {
      case Doing.Call _, Doing.Approval _, Doing.Compute _ -> true;
      case Doing.Run _, Doing.Python _, Doing.Subflow _ -> span.start() < doing.span().start();
    };
  }

  /** The same with more said of it. */
  StepText and(List<Addition> more) {
    return new StepText(
        span, doing, java.util.stream.Stream.concat(additions.stream(), more.stream()).toList());
  }

  /** What a step does. */
  sealed interface Doing {
    /** The words for it. */
    Span span();

    /**
     * @param quoted whether the command stood in quotes
     */
    record Run(String command, boolean quoted, Span span) implements Doing {}

    record Python(String file, Span span) implements Doing {}

    record Call(String method, String url, Span span) implements Doing {}

    record Approval(Optional<String> message, Optional<Duration> expires, Span span)
        implements Doing {}

    record Subflow(Name flow, Span span) implements Doing {}

    record Compute(String expression, Span span) implements Doing {}
  }

  /** What else is said of a step. */
  sealed interface Addition {
    Span span();

    record Named(Name name, Span span) implements Addition {}

    record Give(Value value, Span span) implements Addition {}

    record Set(Name name, Value value, Span span) implements Addition {}

    record Header(String name, Value value, Span span) implements Addition {}

    record Body(Value value, Span span) implements Addition {}

    record Expecting(List<Integer> statuses, Span span) implements Addition {}

    record Folder(String path, Span span) implements Addition {}

    record Retries(Retrying retrying, Span span) implements Addition {}

    record Timeout(Duration limit, Span span) implements Addition {}

    record Cached(Optional<Duration> expires, Span span) implements Addition {}

    record ForEach(Name item, Value list, Span span) implements Addition {}

    record Concurrency(int most, Span span) implements Addition {}

    record Batches(int size, Span span) implements Addition {}

    record OnlyIf(Condition condition, boolean negated, Span span) implements Addition {}

    /** Also when what it follows failed. */
    record Always(Span span) implements Addition {}

    record After(List<Name> steps, Span span) implements Addition {}

    record Before(List<Name> steps, Span span) implements Addition {}

    record Between(Name first, Name second, Span span) implements Addition {}

    record AtEnd(Span span) implements Addition {}

    record AtStart(Span span) implements Addition {}
  }

  /**
   * How often a step is tried again.
   *
   * @param delay before each retry, or before the first where it grows
   * @param grows doubles each time
   * @param max longest delay
   */
  record Retrying(int times, Optional<Duration> delay, boolean grows, Optional<Duration> max) {}
}
