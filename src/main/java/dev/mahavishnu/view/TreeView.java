package dev.mahavishnu.view;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Progress;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskCounts;
import dev.mahavishnu.run.TaskFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** A run as a tree of its tasks. Keeps what it read of the specs between calls; for one thread. */
public final class TreeView {
  private static final int TIME = 7;

  /** Narrower screens show no expected times of tasks. */
  private static final int LEAST_FOR_USUAL = 50;

  private final Palette palette;
  private final Map<String, Outline> outlines = new HashMap<>();

  public TreeView(Palette palette) {
    this.palette = palette;
  }

  /**
   * The run as it is at {@code now}: a line about the run, then its tasks; where they are too many,
   * those that matter most now and a last line that counts the others.
   *
   * @param width cells of a line, none is longer
   * @param maxLines most lines, at least 3
   */
  public List<String> lines(RunFold run, Instant now, int width, int maxLines) {
    return lines(run, run.state(), now, width, maxLines);
  }

  /** The same, with what is known beside the run's events. */
  public List<String> lines(RunFold run, Beside beside, Instant now, int width, int maxLines) {
    return lines(run, run.state(), beside, now, width, maxLines);
  }

  /**
   * The same for a run whose journal can't tell its state: when its process died, what the journal
   * calls running has crashed.
   */
  List<String> lines(RunFold run, State state, Instant now, int width, int maxLines) {
    return lines(run, state, Beside.nothing(), now, width, maxLines);
  }

  private List<String> lines(
      RunFold run, State state, Beside beside, Instant now, int width, int maxLines) {
    List<TreeRow> rows = TreeRows.of(run, outlines, state);
    BitSet shown = choose(rows, Math.max(3, maxLines) - 1);
    List<TreeRow> chosen = shown.stream().mapToObj(rows::get).toList();
    Columns columns = columns(chosen, beside, width);
    List<String> lines = new ArrayList<>();
    lines.add(head(run, state, beside, now).render(palette, width));
    chosen.forEach(row -> lines.add(line(row, columns, beside, now).render(palette, width)));
    if (shown.cardinality() < rows.size()) {
      lines.add(rest(rows, shown).render(palette, width));
    }
    return lines;
  }

  /**
   * How wide what stands in columns is.
   *
   * @param usual 0 where no row has an expected time
   */
  private record Columns(int names, int usual) {}

  private static Columns columns(List<TreeRow> rows, Beside beside, int width) {
    int usual = rows.stream().mapToInt(row -> usual(row, beside).length()).max().orElse(0);
    return new Columns(names(rows, width), width < LEAST_FOR_USUAL ? 0 : usual);
  }

  private Line head(RunFold run, State state, Beside beside, Instant now) {
    TaskCounts counts = run.counts();
    Line line =
        new Line()
            .add(StateSign.tone(state), StateSign.of(state, palette, now) + " ")
            .add(Tone.TITLE, run.created().flow())
            .add(Tone.QUIET, " " + run.run().text() + "  ")
            .add(StateSign.tone(state), state.name())
            .add("  " + counts.done() + "/" + counts.total());
    run.started()
        .ifPresent(
            start -> line.add(Tone.QUIET, "  " + Elapsed.between(start, run.ended().orElse(now))));
    if (state.type() == StateType.RUNNING) {
      beside.usual().run().ifPresent(usual -> line.add(Tone.QUIET, "/~" + Spans.text(usual)));
    }
    return state.message().isEmpty() ? line : line.add("  " + state.message());
  }

  private static BitSet choose(List<TreeRow> rows, int room) {
    BitSet chosen = new BitSet(rows.size());
    if (rows.size() <= room) {
      chosen.set(0, rows.size());
      return chosen;
    }
    int[] ranks = rows.stream().mapToInt(TreeRow::rank).toArray();
    Comparator<Integer> byRank = Comparator.comparingInt(i -> ranks[i]);
    Comparator<Integer> order =
        byRank
            .thenComparing(i -> rows.get(i).since(), Comparator.reverseOrder())
            .thenComparing(Comparator.naturalOrder());
    for (int row : best(rows.size(), order, 2 * room)) {
      BitSet with = (BitSet) chosen.clone();
      for (int i = row; i >= 0; i = rows.get(i).parent()) {
        with.set(i);
      }
      if (with.cardinality() > room - 1) {
        break;
      }
      chosen = with;
    }
    return chosen;
  }

  /**
   * The first of so many rows, in order. Of twice the room no more are ever needed: each of them
   * takes a place, or has one already since another stands under it.
   */
  private static List<Integer> best(int rows, Comparator<Integer> order, int most) {
    PriorityQueue<Integer> best = new PriorityQueue<>(most + 1, order.reversed());
    for (int i = 0; i < rows; i++) {
      // Most rows are none of them, which one look tells.
      if (best.size() < most) {
        best.add(i);
      } else if (order.compare(i, best.element()) < 0) {
        best.remove();
        best.add(i);
      }
    }
    return best.stream().sorted(order).toList();
  }

  private static int names(List<TreeRow> rows, int width) {
    int longest =
        rows.stream()
            .mapToInt(row -> row.depth() * 2 + Cells.width(Cells.clean(row.name())))
            .max()
            .orElse(0);
    return Math.min(longest, Math.max(8, width / 2));
  }

  private Line line(TreeRow row, Columns columns, Beside beside, Instant now) {
    State state = row.state();
    int indent = 2 * row.depth();
    Line line =
        new Line()
            .add(" ".repeat(indent))
            .add(StateSign.tone(state), StateSign.of(state, palette, now) + " ")
            .add(
                state.type() == StateType.PENDING ? Tone.QUIET : Tone.PLAIN,
                row.name(),
                Math.max(4, columns.names() - indent))
            .add(Tone.QUIET, Cells.right(time(row, now), TIME));
    if (columns.usual() > 0) {
      line.add(Tone.QUIET, usual(row, beside), columns.usual());
    }
    row.map().ifPresent(map -> count(line, map, state.type() == StateType.RUNNING));
    progress(row, beside).ifPresent(p -> line.add("  ").add(Tone.ACTIVE, p.text()));
    String detail = detail(row, now);
    if (!detail.isEmpty()) {
      line.add("  ").add(StateSign.tone(state), detail);
    }
    said(row, beside).ifPresent(text -> line.add("  ").add(Tone.QUIET, text));
    return line;
  }

  /** What runs, and nothing else: where others would stand there is a blank. */
  private static Optional<TaskFold> running(TreeRow row) {
    return row.fold().filter(_ -> row.state().type() == StateType.RUNNING);
  }

  private static String usual(TreeRow row, Beside beside) {
    return running(row)
        .flatMap(task -> beside.usual().task(task.task()))
        .map(usual -> "/~" + Spans.text(usual))
        .orElse("");
  }

  private static Optional<Progress> progress(TreeRow row, Beside beside) {
    return running(row).flatMap(task -> beside.log().progress(task.task(), task.attempt()));
  }

  private static Optional<String> said(TreeRow row, Beside beside) {
    return running(row).flatMap(task -> beside.log().line(task.task(), task.attempt()));
  }

  private static String time(TreeRow row, Instant now) {
    return row.fold()
        .flatMap(
            task ->
                task.started()
                    .map(
                        start ->
                            Elapsed.between(start, row.state().isFinal() ? task.since() : now)))
        .orElse("");
  }

  private static void count(Line line, MapFold map, boolean runs) {
    int failed = map.count(MapFold.End.FAILED);
    long running =
        map.open().values().stream().filter(t -> t.state().type() == StateType.RUNNING).count();
    line.add("  " + map.endedCount() + "/" + map.size());
    if (runs && running > 0) {
      line.add(Tone.ACTIVE, " " + running + " running");
    }
    if (failed > 0) {
      line.add(Tone.BAD, " " + failed + " failed");
    }
  }

  private static String detail(TreeRow row, Instant now) {
    State state = row.state();
    return switch (state) {
      case State.Completed c -> c.how() == State.Completed.How.DONE ? c.message() : named(c);
      case State.Failed f -> f.how() == State.Failed.How.ERROR ? f.message() : named(f);
      case State.Cancelled _, State.Crashed _, State.Paused _, State.Cancelling _ -> named(state);
      case State.Scheduled s -> waits(s, now);
      case State.Running _ -> attempt(row);
      case State.Pending _ -> "";
    };
  }

  private static String waits(State.Scheduled state, Instant now) {
    String why = state.message().isEmpty() ? "" : ": " + state.message();
    String what = state.why() == State.Scheduled.Why.AWAITING_RETRY ? "retry" : state.name();
    return state.until().map(at -> what + " in " + Elapsed.between(now, at)).orElse(what) + why;
  }

  private static String attempt(TreeRow row) {
    int attempt = row.fold().map(TaskFold::attempt).orElse(0);
    return attempt > 1 ? "attempt " + attempt : "";
  }

  private static String named(State state) {
    return state.message().isEmpty() ? state.name() : state.name() + ": " + state.message();
  }

  private static Line rest(List<TreeRow> rows, BitSet shown) {
    Map<String, Integer> words = new LinkedHashMap<>();
    for (int i = shown.nextClearBit(0); i < rows.size(); i = shown.nextClearBit(i + 1)) {
      words.merge(rows.get(i).word(), 1, Integer::sum);
    }
    String counts =
        words.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey())
            .collect(Collectors.joining(", "));
    return new Line().add(Tone.QUIET, "… and " + counts);
  }
}
