package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.mirror.Telling.Track;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The fold behind {@link Translation}, once the run is known. */
final class RunTelling {
  private static final String DIED = "the process that ran it died";

  private final Identities ids;
  private final FlowRuns flowRuns;
  private final Summary summary;
  private final Shapes shapes = new Shapes();
  private final Lives lives = new Lives();

  private final Tellings tellings = new Tellings();

  /** Those of subflows that crashed with the run, outer ones first. */
  private final List<Telling> crashed = new ArrayList<>();

  private List<Report> out = new ArrayList<>();
  private Phase phase = Phase.PENDING;
  private boolean opened;
  private long seq;
  private int n;
  private long at;

  /** Time of the last report: no two have the same, or the server would take one for older. */
  private long last;

  RunTelling(Identities ids, RunEvent.Created created, Optional<String> contentHash) {
    this.ids = ids;
    this.flowRuns = new FlowRuns(ids, created, contentHash);
    this.summary = new Summary(created);
  }

  List<Report> next(Recorded recorded) {
    out = new ArrayList<>(2);
    if (recorded.event() instanceof RunEvent.Opened) {
      if (opened) {
        crash();
      }
      opened = true;
    }
    seq = recorded.seq();
    n = 0;
    at = Micros.of(recorded.at());
    switch (recorded.event()) {
      case RunEvent.Created e -> begin("", e.flow(), e.spec(), e.parameters(), Optional.empty());
      case RunEvent.Opened _, RunEvent.Commanded _, RunEvent.Halted _ -> {}
      case RunEvent.Amended e ->
          e.spec().ifPresent(spec -> tellings.of(TaskKey.of("", "")).becomes(shapes.of(spec)));
      case RunEvent.Moved e -> moved(e.state());
      case RunEvent.TaskMoved e -> moved(e);
      case RunEvent.Mapped e -> tellings.of(e.task()).track(e.task().task()).mapped(e.size());
      case RunEvent.Nested e -> nested(e);
      case RunEvent.Returned e -> summary.returned(e.outputs());
      case RunEvent.Reset e -> e.tasks().forEach(this::reset);
    }
    return List.copyOf(out);
  }

  List<Report> died() {
    out = new ArrayList<>();
    crash();
    return List.copyOf(out);
  }

  Optional<Translation.Place> place(TaskKey task, Instant when) {
    return lives
        .at(task.scope(), Micros.of(when))
        .map(
            flowRun ->
                new Translation.Place(
                    flowRun, ids.taskRun(flowRun, task.task(), Math.max(0, task.index()))));
  }

  // Flow runs

  private void begin(
      String scope, String flow, String spec, JsonNode parameters, Optional<UUID> parent) {
    String flowRun = scope.isEmpty() ? Report.ROOT : scope + "@" + seq;
    Telling telling =
        new Telling(scope, flowRun, flow, shapes.of(spec), parameters, parent, ids, lives);
    tellings.add(telling);
    lives.begin(scope, flowRun, at);
    out.add(flowRuns.made(telling));
  }

  private void nested(RunEvent.Nested nested) {
    TaskKey key = nested.task();
    forget(key.text());
    Telling above = tellings.of(key);
    Track track = above.track(key.task());
    int slot = slot(key);
    if (!track.slots.known(slot)) {
      track.slots.move(slot, Phase.PENDING, stamp());
    }
    out.add(new Report.TaskRunMade(above.flowRun, track.id(slot), track.fields(slot)));
    begin(
        key.text(), nested.flow(), nested.spec(), nested.parameters(), Optional.of(track.id(slot)));
  }

  /** The run itself. */
  private void moved(State state) {
    phase = Phase.of(state);
    move(tellings.root(), state);
    if (phase.isRunning()) {
      summary.running(last);
      crashed.forEach(this::goesOn);
      crashed.clear();
    }
    if (phase.isFinal()) {
      summary.artifacts(state, last, tellings.all()).forEach(out::add);
    }
  }

  private void move(Telling telling, State told) {
    State state = named(telling, told);
    if (Phase.of(state).isRunning()) {
      telling.runs++;
    }
    telling.phase = Phase.of(state);
    UUID transition = ids.state(seq, n++);
    out.add(
        new Report.FlowRunMoved(
            telling.flowRun,
            state,
            Micros.instant(stamp()),
            flowRuns.change(state, seq, tellings).transition(transition),
            transition));
  }

  /** Only what goes on after it ended is retried: not what was paused, nor what just began. */
  private static State named(Telling telling, State state) {
    return state instanceof State.Running ? new State.Running(telling.phase.isFinal()) : state;
  }

  // Task runs

  private void moved(RunEvent.TaskMoved moved) {
    TaskKey key = moved.task();
    Telling telling = tellings.of(key);
    Track track = telling.track(key.task());
    if (!key.isItem() && track.items > 0) {
      if (moved.state().isFinal()) {
        endItems(telling, track, moved.state());
      }
      return;
    }
    Optional<String> cacheKey =
        moved
            .hashes()
            .filter(_ -> track.step.cached())
            .map(hashes -> hashes.definition() + "-" + hashes.inputs());
    move(telling, track, slot(key), moved.state(), cacheKey);
    summary.moved(key, moved.state(), moved.output());
  }

  /** What a mapped task leaves behind when it is stopped as a whole. */
  private void endItems(Telling telling, Track track, State state) {
    for (int slot = 0; slot < track.items; slot++) {
      if (track.slots.known(slot) && !track.slots.phase(slot).isFinal()) {
        move(telling, track, slot, state, Optional.empty());
      }
    }
  }

  private void move(
      Telling telling, Track track, int slot, State state, Optional<String> cacheKey) {
    Optional<Telling> below = tellings.below(key(telling, track, slot));
    if (below.isPresent() && moveAlong(below.get(), state)) {
      track.slots.move(slot, Phase.of(state), last);
      return;
    }
    Slots slots = track.slots;
    Optional<Phase> from = slots.known(slot) ? Optional.of(slots.phase(slot)) : Optional.empty();
    Phase to = Phase.of(state);
    if (to == Phase.PENDING && from.filter(Phase.PENDING::equals).isPresent()) {
      return;
    }
    long time = stamp();
    slots.move(slot, to, time);
    Instant now = Micros.instant(time);
    long started = slots.started(slot);
    out.add(
        new Report.TaskRunMoved(
            telling.flowRun,
            track.id(slot),
            ids.state(seq, n++),
            now,
            new TaskRunChange(
                track.fields(slot),
                from,
                state,
                slots.runs(slot),
                telling.runs,
                Micros.instant(slots.expected(slot)),
                started == 0 ? Optional.empty() : Optional.of(Micros.instant(started)),
                to.isFinal() ? Optional.of(now) : Optional.empty(),
                slots.runTime(slot),
                cacheKey)));
  }

  /**
   * Moves the flow run of a subflow's task, and the server that task run with it.
   *
   * @return whether that says all
   */
  private boolean moveAlong(Telling below, State state) {
    return switch (state) {
      case State.Scheduled s when s.why() == State.Scheduled.Why.AWAITING_RETRY -> {
        // The next attempt is another flow run; an event would be older than what the server says.
        String again = s.until().map(time -> "; tried again at " + time).orElse("");
        move(below, new State.Failed(State.Failed.How.ERROR, s.message() + again));
        yield true;
      }
      case State.Scheduled _, State.Pending _, State.Paused _ -> false;
      case State.Completed _ -> {
        move(below, state);
        forget(below.scope);
        yield true;
      }
      // One that ended badly may be taken up again.
      case State.Running _,
          State.Cancelling _,
          State.Failed _,
          State.Cancelled _,
          State.Crashed _ -> {
        move(below, state);
        yield true;
      }
    };
  }

  private void reset(TaskKey key) {
    forget(key.text());
    Telling telling = tellings.of(key);
    Track track = telling.track(key.task());
    summary.reset(key);
    // The items of a task that is put back as a whole are told of when it has items again.
    if ((key.isItem() || track.items == 0) && track.slots.known(slot(key))) {
      move(telling, track, slot(key), new State.Pending(), Optional.empty());
    }
  }

  /** Its process died without a word; what the journal holds is from before. */
  private void crash() {
    if (phase.isFinal() || phase.type() == StateType.PAUSED) {
      return;
    }
    phase = Phase.CRASHED;
    // What is known is that it lived until the last event.
    at = 0;
    State died = new State.Crashed(DIED);
    for (Telling telling : tellings.all()) {
      for (Track track : telling.tracks()) {
        for (int slot = 0; slot < track.slots.size(); slot++) {
          boolean running = track.slots.known(slot) && track.slots.phase(slot).isRunning();
          if (running && tellings.below(key(telling, track, slot)).isEmpty()) {
            move(telling, track, slot, died, Optional.empty());
          }
        }
      }
    }
    for (Telling telling : new ArrayList<>(tellings.all()).reversed()) {
      if (telling.parent.isPresent() && telling.phase.isRunning()) {
        along(telling, died);
        crashed.addFirst(telling);
      }
    }
    move(tellings.root(), died);
  }

  /** The flow of a subflow's task, when the run that had crashed is taken up. */
  private void goesOn(Telling below) {
    boolean there = tellings.below(TaskKey.parse(below.scope)).filter(below::equals).isPresent();
    if (there && below.phase == Phase.CRASHED) {
      along(below, new State.Running(true));
    }
  }

  /** The server moves the task run that it is the work of. */
  private void along(Telling below, State state) {
    move(below, state);
    TaskKey task = TaskKey.parse(below.scope);
    tellings.of(task).track(task.task()).slots.move(slot(task), Phase.of(state), last);
  }

  /** Of a task that runs no flow any more, or another one. */
  private void forget(String task) {
    for (Telling gone : tellings.remove(task)) {
      if (!gone.phase.isFinal()) {
        // Its process died before it came to anything.
        move(gone, new State.Crashed(DIED));
      }
      summary.ended(gone);
    }
  }

  private static TaskKey key(Telling telling, Track track, int slot) {
    return new TaskKey(telling.scope, track.task, track.items > 0 ? slot : -1);
  }

  private static int slot(TaskKey key) {
    return Math.max(0, key.index());
  }

  private long stamp() {
    last = Math.max(last + 1, at);
    return last;
  }
}
