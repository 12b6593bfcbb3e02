package dev.mahavishnu.view;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run as a tree of its tasks. Keeps what it read of the specs between calls; for one thread. */
public final class TreeView {
  private static final int TIME = 7;

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

  /**
   * The same for a run whose journal can't tell its state: when its process died, what the journal
   * calls running has crashed.
   */
  List<String> lines(RunFold run, State state, Instant now, int width, int maxLines) {
    List<TreeRow> rows = TreeRows.of(run, outlines, state);
    BitSet shown = choose(rows, Math.max(3, maxLines) - 1);
    int names = names(rows, shown, width);
    List<String> lines = new ArrayList<>();
    lines.add(head(run, state, now).render(palette, width));
    shown.stream()
        .mapToObj(i -> line(rows.get(i), names, now).render(palette, width))
        .forEach(lines::add);
    if (shown.cardinality() < rows.size()) {
      lines.add(rest(rows, shown).render(palette, width));
    }
    return lines;
  }

  private Line head(RunFold run, State state, Instant now) {
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
    return state.message().isEmpty() ? line : line.add("  " + state.message());
  }

  private static BitSet choose(List<TreeRow> rows, int room) {
    BitSet chosen = new BitSet(rows.size());
    if (rows.size() <= room) {
      chosen.set(0, rows.size());
      return chosen;
    }
    Comparator<Integer> byRank = Comparator.comparingInt(i -> rows.get(i).rank());
    Comparator<Integer> order =
        byRank.thenComparing(i -> rows.get(i).since(), Comparator.reverseOrder());
    List<Integer> best = IntStream.range(0, rows.size()).boxed().sorted(order).toList();
    for (int row : best) {
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

  private static int names(List<TreeRow> rows, BitSet shown, int width) {
    int longest =
        shown.stream()
            .map(i -> rows.get(i).depth() * 2 + Cells.width(Cells.clean(rows.get(i).name())))
            .max()
            .orElse(0);
    return Math.min(longest, Math.max(8, width / 2));
  }

  private Line line(TreeRow row, int names, Instant now) {
    State state = row.state();
    int indent = 2 * row.depth();
    Line line =
        new Line()
            .add(" ".repeat(indent))
            .add(StateSign.tone(state), StateSign.of(state, palette, now) + " ")
            .add(
                state.type() == StateType.PENDING ? Tone.QUIET : Tone.PLAIN,
                row.name(),
                Math.max(4, names - indent))
            .add(Tone.QUIET, Cells.right(time(row, now), TIME));
    row.map().ifPresent(map -> count(line, map, state.type() == StateType.RUNNING));
    String detail = detail(row, now);
    return detail.isEmpty() ? line : line.add("  ").add(StateSign.tone(state), detail);
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
