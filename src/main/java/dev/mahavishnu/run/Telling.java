package dev.mahavishnu.run;

import dev.mahavishnu.run.Chronicle.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One reading of one run for its chronicle. */
final class Telling {
  private static final int PAGE = 5_000;

  /** A larger output is not read: of what is read little is shown. */
  private static final long LARGEST_OUTPUT = 1 << 20;

  private final RunHistory history;
  private final EvidenceText text;
  private final RunSummary summary;
  private final RunFold fold;
  private final ChronicleTimes times;
  private final ChronicleTasks chosen;
  private final ChronicleMoves moves;
  private final Map<TaskKey, Chronicle.Log> logs;
  private final Instant end;

  Telling(RunHistory history, EvidenceText text, RunSummary summary, RunFold fold, Instant now) {
    this.history = history;
    this.text = text;
    this.summary = summary;
    this.fold = fold;
    this.times = new ChronicleTimes(text);
    each(history, summary.run(), times::add);
    this.chosen = new ChronicleTasks(fold, times::times);
    this.moves = new ChronicleMoves(text, chosen.tasks());
    each(history, summary.run(), moves::add);
    boolean goesOn = !summary.state().isFinal() && summary.state().type() != StateType.PAUSED;
    this.end = goesOn ? now : times.last();
    if (summary.state().isFinal()) {
      moves.stop(end, Stretches.GONE);
    }
    this.logs = logs();
  }

  private static void each(RunHistory history, RunId run, Consumer<Recorded> what) {
    Optional<Recorded> last = Optional.empty();
    while (true) {
      List<Recorded> page = history.events(run, last, PAGE);
      page.forEach(what);
      if (page.isEmpty()) {
        return;
      }
      last = Optional.of(page.getLast());
    }
  }

  /** Those of what failed get the room first. */
  private Map<TaskKey, Chronicle.Log> logs() {
    ChronicleLogs all = new ChronicleLogs(text);
    all.read(history, summary.run(), chosen.tasks());
    Comparator<TaskKey> order =
        Comparator.comparingInt(task -> FailureSearch.isBad(state(task)) ? 0 : 1);
    return all.of(chosen.tasks().stream().sorted(order).toList());
  }

  Chronicle chronicle() {
    RunEvent.Created created = fold.created();
    return new Chronicle(
        new RunSummary(
            summary.run(),
            summary.flow(),
            text.state(summary.state()),
            summary.resumable(),
            summary.created(),
            summary.started(),
            summary.ended(),
            summary.tasks()),
        created.requester(),
        created.from(),
        end,
        text.json(created.parameters()),
        outputs(),
        chosen.picked().stream().map(this::told).toList(),
        chosen.more(),
        times.deeds().all(),
        times.deeds().more());
  }

  private Told told(ChronicleTasks.Picked picked) {
    TaskKey task = picked.task();
    Stretches stretches = moves.stretches(task);
    return new Told(
        task,
        picked.depth(),
        state(task),
        stretches.all(),
        stretches.dropped(),
        items(task),
        moves.output(task).map(this::output).orElse(""),
        logs.getOrDefault(task, Chronicle.Log.NONE));
  }

  private Optional<MapFold> map(TaskKey whole) {
    return fold.scope(whole.scope()).flatMap(scope -> scope.map(whole.task()));
  }

  /** Of an item that ended, the fold has no more than a bit: its record tells the rest. */
  private State state(TaskKey task) {
    Optional<State> known = moves.state(task);
    return text.state(
        known
            .or(() -> fold.task(task).map(TaskFold::state))
            .map(state -> StateNow.of(state, summary.state()))
            .orElseGet(State.Pending::new));
  }

  private Optional<Chronicle.Items> items(TaskKey task) {
    return task.isItem()
        ? Optional.empty()
        : map(task).flatMap(map -> times.times(task).map(of -> items(task, map, of)));
  }

  private Chronicle.Items items(TaskKey task, MapFold map, ItemTimes of) {
    List<Chronicle.Count> counts = new ArrayList<>();
    for (MapFold.End how : MapFold.End.values()) {
      if (map.count(how) > 0) {
        counts.add(new Chronicle.Count(how, map.count(how)));
      }
    }
    return new Chronicle.Items(
        map.size(),
        counts,
        map.size() - map.endedCount(),
        of.first(),
        of.last(end),
        of.busy(end),
        map.size() - chosen.items(task));
  }

  /** A secret one is not even decrypted. */
  private String output(ChronicleMoves.Given given) {
    return switch (given.output()) {
      case Output.Inline inline -> text.field(text.json(inline.value()));
      case Output.Stored stored when stored.secret() -> "(secret)";
      case Output.Stored stored when stored.bytes() > LARGEST_OUTPUT ->
          "(" + stored.bytes() + " bytes of JSON)";
      case Output.Stored _ ->
          text.field(text.json(history.output(summary.run(), given.position())));
    };
  }

  private List<Chronicle.Value> outputs() {
    if (times.returned().isEmpty()) {
      return List.of();
    }
    ChronicleMoves.Given given = times.returned().get();
    if (given.output() instanceof Output.Stored stored
        && (stored.secret() || stored.bytes() > LARGEST_OUTPUT)) {
      return List.of(new Chronicle.Value("all", output(given)));
    }
    return history.output(summary.run(), given.position()).properties().stream()
        .map(e -> new Chronicle.Value(e.getKey(), text.field(text.json(e.getValue()))))
        .toList();
  }
}
