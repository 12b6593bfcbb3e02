package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Stimulus.Ending;
import dev.mahavishnu.engine.Stimulus.Evaluation;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.run.Transitions;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A world for the decider that is all in memory: effects are carried out at once, one after another
 * in an order drawn from a seed, and time moves only to the next ring.
 */
final class World {
  static final RunId RUN = new RunId("261123-120000-aaaa");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  final List<RunEvent> events = new ArrayList<>();

  /** Attempts that went, in order, as {@code task#attempt}. */
  final List<String> went = new ArrayList<>();

  RunFold fold = new RunFold();
  Instant now = NOON;
  int mostAtOnce;

  /** What an attempt comes to. */
  BiFunction<TaskKey, Integer, Ending> attempts = (_, _) -> good();

  /** What evaluating a task comes to. */
  Function<TaskKey, Evaluation> evaluations = _ -> new Evaluation.Go();

  /** Pids that survive a stop. */
  Function<TaskKey, List<Long>> survivors = _ -> List.of();

  /** Attempts that never end by themselves. */
  Function<TaskKey, Boolean> hangs = _ -> false;

  private final Map<String, FlowPlan> plans = new HashMap<>();
  private final RandomGenerator random;
  private int places;
  private final List<Stimulus> loose = new ArrayList<>();
  private final PriorityQueue<Effect.Ring> rings =
      new PriorityQueue<>(Comparator.comparing(Effect.Ring::at));
  private final Map<TaskKey, Integer> open = new LinkedHashMap<>();
  private boolean begun;
  private Optional<Decider> decider = Optional.empty();

  World(Flow flow, int places, long seed) {
    this.random = new SplittableRandom(seed);
    this.places = places;
    plans.put("", plan(flow));
    record(
        new RunEvent.Created(
            RUN,
            flow.name(),
            "",
            "/",
            flow.tasks().size() + flow.onFailure().size(),
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            List.of(),
            "test"));
  }

  World(Flow flow) {
    this(flow, 4, 1);
  }

  static FlowPlan plan(Flow flow) {
    return new FlowPlan(flow, FlowGraph.of(flow, new Expressions()), "", Path.of("/"));
  }

  static Ending good() {
    return new Ending.Good(output(), new Hashes("d", "i"), false);
  }

  static Ending bad(String message) {
    return new Ending.Bad(message, true);
  }

  static Output output() {
    return new Output.Inline("h", IntNode.valueOf(1));
  }

  /** Opens the run, the first time or after a crash, and begins. */
  void begin() {
    loose.clear();
    rings.clear();
    open.clear();
    Resetting.events(fold, plans).forEach(this::record);
    decider =
        Optional.of(
            new Decider(
                Restoring.board(fold, plans, places, (at, _, _) -> Optional.of(at.text())),
                random));
    begun = false;
  }

  /** Takes over what another world recorded, but the creation, which is here already. */
  void replay(List<RunEvent> recorded) {
    recorded.stream().skip(1).forEach(this::record);
  }

  /** Has so many places from the next beginning on. */
  void places(int most) {
    places = most;
  }

  /** What a person does while the run stands. */
  void note(Command command) {
    record(new RunEvent.Commanded(command));
  }

  /** A person puts a task into a state while the run stands. */
  void note(TaskKey task, State state) {
    record(RunEvent.TaskMoved.to(task, 0, state));
  }

  /** Goes on so far. */
  void step(Stride stride) {
    begin();
    begun = true;
    give(new Stimulus.Begin(Optional.of(new Command.Step("me", stride))));
    goOn(Integer.MAX_VALUE);
  }

  void goOnUntil(Predicate<World> reached) {
    while (!reached.test(this)) {
      give(take());
    }
  }

  /** Begins and goes on until the run has left this process. */
  World run() {
    begin();
    goOn(Integer.MAX_VALUE);
    return this;
  }

  /**
   * Goes on for so many events at most.
   *
   * @return whether the run has left this process
   */
  boolean goOn(int mostEvents) {
    int until = (int) Math.min(Integer.MAX_VALUE, (long) events.size() + mostEvents);
    while (!decider().released()) {
      if (events.size() >= until) {
        return false;
      }
      give(take());
    }
    return true;
  }

  /** Goes on until these tasks are running. */
  void goOnUntilRunning(String... tasks) {
    while (!java.util.Arrays.stream(tasks)
        .allMatch(
            t -> fold.root().task(t).filter(f -> f.state().name().equals("Running")).isPresent())) {
      give(take());
    }
  }

  void give(Stimulus stimulus) {
    begun |= stimulus instanceof Stimulus.Begin;
    if (stimulus instanceof Stimulus.Evaluated e && e.result() instanceof Evaluation.Nest nest) {
      plans.put(e.task().text(), nest.plan());
    }
    Decision decision = decider().on(stimulus, now);
    decision.events().forEach(this::record);
    decision.effects().forEach(this::perform);
    mostAtOnce = Math.max(mostAtOnce, open.size());
  }

  Decider decider() {
    return decider.orElseThrow();
  }

  private Stimulus take() {
    if (!begun) {
      begun = true;
      return new Stimulus.Begin(Optional.empty());
    }
    if (!loose.isEmpty()) {
      return loose.remove(random.nextInt(loose.size()));
    }
    Effect.Ring ring = rings.poll();
    if (ring == null) {
      throw new AssertionError("nothing can happen any more, but the run goes on: " + events);
    }
    now = ring.at().isAfter(now) ? ring.at() : now;
    return new Stimulus.Rang(ring.timer());
  }

  private void record(RunEvent event) {
    allowed(event);
    events.add(event);
    fold.apply(new Recorded(events.size(), events.size() * 100L, now, event));
  }

  private void allowed(RunEvent event) {
    if (event instanceof RunEvent.Moved m) {
      assertThat(Transitions.ofFlow(fold.state().type())).contains(m.state().type());
    } else if (event instanceof RunEvent.TaskMoved m && !m.task().isItem()) {
      fold.task(m.task())
          .ifPresent(
              t ->
                  assertThat(Transitions.ofTask(t.state().type()))
                      .as("%s after %s", m, t)
                      .contains(m.state().type()));
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Evaluate e ->
          loose.add(new Stimulus.Evaluated(e.task(), e.stage(), evaluations.apply(e.task())));
      case Effect.Prepare e -> {
        open.put(e.task(), e.attempt());
        loose.add(
            new Stimulus.Prepared(
                e.task(), e.attempt(), Optional.of(new Child(1, 1, e.task().text()))));
      }
      case Effect.Start e -> {
        open.put(e.task(), e.attempt());
        went(e.task(), e.attempt());
      }
      case Effect.Go e -> went(e.task(), e.attempt());
      case Effect.Stop e -> {
        open.remove(e.task());
        loose.removeIf(s -> s instanceof Stimulus.Finished f && f.task().equals(e.task()));
        loose.add(new Stimulus.Stopped(e.task(), e.attempt(), survivors.apply(e.task())));
      }
      case Effect.Return e ->
          loose.add(new Stimulus.Returned(e.scope(), Optional.of(output()), ""));
      case Effect.Ring e -> rings.add(e);
      case Effect.Release _ -> {}
    }
  }

  private void went(TaskKey task, int attempt) {
    went.add(task + "#" + attempt);
    mostAtOnce = Math.max(mostAtOnce, open.size());
    if (!hangs.apply(task)) {
      open.remove(task);
      loose.add(new Stimulus.Finished(task, attempt, attempts.apply(task, attempt)));
    }
  }

  /** How each task of the flow ended or stands, in the order of the flow: {@code a=Completed}. */
  String states() {
    List<String> states = new ArrayList<>();
    FlowPlan root = java.util.Objects.requireNonNull(plans.get(""));
    List<dev.mahavishnu.spec.Task> all = new ArrayList<>(root.flow().tasks());
    all.addAll(root.flow().onFailure());
    for (var task : all) {
      states.add(
          task.id() + "=" + fold.root().task(task.id()).map(t -> t.state().name()).orElse("-"));
    }
    return String.join(" ", states);
  }

  String state() {
    return fold.state().name();
  }

  /** Attempts that completed, each as often as it did. */
  List<String> completed() {
    return events.stream()
        .filter(RunEvent.TaskMoved.class::isInstance)
        .map(RunEvent.TaskMoved.class::cast)
        .filter(m -> MapFold.End.of(m.state()).filter(e -> e == MapFold.End.COMPLETED).isPresent())
        .filter(m -> m.output().isPresent())
        .map(m -> m.task().text())
        .toList();
  }
}
