package dev.mahavishnu.view;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run as lines that come one after the other, for where a screen can't be painted over. A map
 * tells of its failures and of every tenth part that ended, never of each item. Takes the events in
 * order; for one thread.
 */
public final class ProgressLines {
  /** Maps up to this size tell of each item. */
  private static final int SMALL_MAP = 10;

  private final DateTimeFormatter clock;
  private final Map<TaskKey, Progress> maps = new HashMap<>();
  private final Map<TaskKey, Instant> started = new HashMap<>();

  private static final class Progress {
    private final int size;
    private int ended;

    Progress(int size) {
      this.size = size;
    }

    /** Whether one more end crosses a tenth of the whole. */
    boolean end() {
      long before = 10L * ended / size;
      ended++;
      return 10L * ended / size > before;
    }
  }

  /**
   * @param zone of the times shown
   */
  public ProgressLines(ZoneId zone) {
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
  }

  /** The lines that this event brings: none or few. */
  public List<String> after(Recorded recorded) {
    return text(recorded)
        .map(text -> clock.format(recorded.at()) + "  " + Cells.clean(text))
        .stream()
        .toList();
  }

  private Optional<String> text(Recorded recorded) {
    return switch (recorded.event()) {
      case RunEvent.Created e ->
          Optional.of(
              "run " + e.run() + " of " + e.flow() + ", " + e.tasks() + plural(e.tasks(), " task"));
      case RunEvent.Opened _, RunEvent.Returned _, RunEvent.Commanded _ -> Optional.empty();
      case RunEvent.Moved e -> flow(e.state());
      case RunEvent.TaskMoved e ->
          e.task().isItem() ? item(e, recorded.at()) : task(e, recorded.at());
      case RunEvent.Mapped e -> {
        maps.put(e.task(), new Progress(Math.max(1, e.size())));
        yield Optional.of(e.task() + " has " + e.size() + plural(e.size(), " item"));
      }
      case RunEvent.Nested e ->
          Optional.of(
              e.task() + " runs " + e.flow() + ", " + e.tasks() + plural(e.tasks(), " task"));
      case RunEvent.Halted e ->
          Optional.of(
              "stops "
                  + e.stop().text()
                  + (e.why().equals("step") ? "" : ", breakpoint " + e.why()));
      case RunEvent.Amended e ->
          Optional.of(e.what() + " by " + e.who() + (e.why().isEmpty() ? "" : ": " + e.why()));
      case RunEvent.Reset e ->
          Optional.of(
              e.tasks().size() + plural(e.tasks().size(), " task") + " put back to run again");
    };
  }

  private static Optional<String> flow(State state) {
    return switch (state) {
      case State.Pending _ -> Optional.empty();
      case State.Running r -> Optional.of(r.retrying() ? "run goes on" : "run running");
      case State.Paused p ->
          Optional.of("run " + p.name().toLowerCase(Locale.ROOT) + because(state));
      case State.Scheduled _,
          State.Completed _,
          State.Failed _,
          State.Cancelled _,
          State.Crashed _,
          State.Cancelling _ ->
          Optional.of("run " + lower(state) + because(state));
    };
  }

  private Optional<String> task(RunEvent.TaskMoved moved, Instant at) {
    State state = moved.state();
    if (state.type() == StateType.PENDING) {
      return Optional.empty();
    }
    if (state.type() == StateType.RUNNING) {
      started.putIfAbsent(moved.task(), at);
      return Optional.of(moved.task() + " " + lower(state) + attempt(moved));
    }
    Optional<Instant> start =
        Optional.ofNullable(state.isFinal() ? started.remove(moved.task()) : null);
    return Optional.of(
        moved.task()
            + " "
            + lower(state)
            + start.map(s -> " in " + Elapsed.between(s, at)).orElse("")
            + because(state));
  }

  private Optional<String> item(RunEvent.TaskMoved moved, Instant at) {
    Progress map = maps.computeIfAbsent(moved.task().whole(), _ -> new Progress(Integer.MAX_VALUE));
    boolean tenth = moved.state().isFinal() && map.end();
    if (map.size <= SMALL_MAP || speaks(moved.state())) {
      return task(moved, at);
    }
    return tenth
        ? Optional.of(moved.task().whole() + " " + map.ended + "/" + map.size)
        : Optional.empty();
  }

  private static boolean speaks(State state) {
    return switch (state) {
      case State.Failed f -> f.how() != State.Failed.How.UPSTREAM;
      case State.Crashed _, State.Paused _ -> true;
      case State.Completed _,
          State.Cancelled _,
          State.Cancelling _,
          State.Pending _,
          State.Running _,
          State.Scheduled _ ->
          false;
    };
  }

  private static String attempt(RunEvent.TaskMoved moved) {
    return moved.attempt() > 1 ? ", attempt " + moved.attempt() : "";
  }

  private static String lower(State state) {
    return switch (state) {
      case State.Scheduled s ->
          s.why() == State.Scheduled.Why.AWAITING_RETRY ? "waits to retry" : "waits";
      case State.Failed f ->
          switch (f.how()) {
            case ERROR -> "failed";
            case TIMED_OUT -> "timed out";
            case UPSTREAM -> f.message().startsWith("did not run") ? "" : "did not run";
          };
      case State.Paused p -> p.why() == State.Paused.Why.PAUSED ? "waits" : "suspended";
      case State.Completed _,
          State.Cancelled _,
          State.Cancelling _,
          State.Crashed _,
          State.Pending _,
          State.Running _ ->
          state.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String because(State state) {
    String sign = lower(state).isEmpty() ? "" : ": ";
    return state.message().isEmpty() ? "" : sign + state.message();
  }

  static String plural(long count, String word) {
    return count == 1 ? word : word + "s";
  }
}
