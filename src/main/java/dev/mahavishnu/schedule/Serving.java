package dev.mahavishnu.schedule;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.store.StoreException;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts runs when schedules and triggers say so. A run is decided on in the {@link Ledger} first
 * and then started under the id that stands there, so that a process that takes over knows which
 * were started and which were not. {@link #step} does what is to be done now; it is for one thread,
 * the other methods for any.
 */
public final class Serving implements AutoCloseable {
  /** Who suspends runs when the program ends; they are gone on with at its next start. */
  public static final String NAME = "serve";

  private static final Duration BACK = Duration.ofHours(1);

  /** A flow whose file is not there may come back with all that was due: files are moved about. */
  private static final Duration GONE = Duration.ofHours(1);

  /**
   * How to serve.
   *
   * @param limit most runs at a time
   */
  public record Options(Missed missed, Overlap overlap, int limit) {}

  /** What runs are made with. */
  public record Parts(
      Store store, Engine engine, Expressions expressions, Clock clock, RandomGenerator random) {}

  private record Going(RunHandle handle, String flow, Instant since) {}

  private final Parts parts;
  private final Options options;
  private final RunHistory history;
  private final Supplier<Timetable> source;
  private final Predicate<String> chosen;
  private final Consumer<News> news;
  private final Ledger ledger;
  private final Instant begun;
  private final Followed followed;
  private final Deque<RunSummary> toResume = new ArrayDeque<>();
  private final Set<String> again = new HashSet<>();
  private final Map<RunId, Going> going = new HashMap<>();

  /** Flows that are not in the folder, with the time since when. */
  private final Map<String, Instant> absent = new HashMap<>();

  /** When flows had their last turn, counted in starts. */
  private final Map<String, Long> turns = new HashMap<>();

  private long starts;
  private Optional<Timetable> table = Optional.empty();
  private final Semaphore bell = new Semaphore(0);
  private boolean stopping;
  private boolean changed;

  /**
   * Begins to serve, and finds what an earlier process left.
   *
   * @param source the flows as they are now; the same object as long as they do not change
   * @param chosen whether a flow is served
   * @param news told in order, on the threads of {@link #step} and of runs, one at a time
   * @throws StoreException when what was decided can't be kept
   */
  public Serving(
      Parts parts,
      Options options,
      Supplier<Timetable> source,
      Predicate<String> chosen,
      Consumer<News> news) {
    this(parts, options, source, chosen, news, FileChannel::write);
  }

  Serving(
      Parts parts,
      Options options,
      Supplier<Timetable> source,
      Predicate<String> chosen,
      Consumer<News> news,
      Ledger.Disk disk) {
    this.parts = parts;
    this.options = options;
    this.source = source;
    this.chosen = chosen;
    this.news = news;
    this.history = parts.store().history();
    this.begun = parts.clock().instant();
    this.ledger =
        new Ledger(
            parts.store().folder().resolve(NAME),
            () -> history.list().map(RunSummary::run).collect(Collectors.toSet()),
            disk);
    this.followed = new Followed(parts.store(), ledger);
    history.list().filter(this::isLeft).forEach(toResume::addFirst);
  }

  /** Whether a run is one of ours that a dead process left, or that ended with serve. */
  private boolean isLeft(RunSummary run) {
    boolean left =
        run.resumable()
            && (run.state() instanceof State.Crashed
                || (run.state() instanceof State.Paused paused
                    && paused.why() == State.Paused.Why.SUSPENDED
                    && paused.message().equals("by " + NAME)));
    return left
        && chosen.test(run.flow())
        && requester(run.run()).filter(Intent::isCause).isPresent();
  }

  private Optional<String> requester(RunId run) {
    return history.events(run, Optional.empty(), 1).stream()
        .map(recorded -> recorded.event())
        .filter(RunEvent.Created.class::isInstance)
        .map(event -> ((RunEvent.Created) event).requester())
        .findFirst();
  }

  /**
   * Does what is to be done now.
   *
   * @return when there is something to do next, as far as schedules tell
   */
  public synchronized Optional<Instant> step() {
    Instant now = parts.clock().instant();
    boolean ended = changed;
    changed = false;
    refresh(now);
    forget(now);
    if (!stopping) {
      resume();
      decide(now, ended);
      start();
      thin(now);
    }
    return timetable().timed().stream()
        .filter(t -> chosen.test(t.flow()))
        .flatMap(t -> t.times().after(ledger.mark(t.key()).orElse(now)).stream())
        .min(Instant::compareTo);
  }

  private Timetable timetable() {
    return table.orElseThrow();
  }

  private void refresh(Instant now) {
    Timetable latest = source.get();
    if (table.filter(t -> t == latest).isPresent()) {
      return;
    }
    table = Optional.of(latest);
    latest.problems().forEach(text -> news.accept(new News.Note(text)));
    Map<String, Instant> marks = new LinkedHashMap<>();
    latest.timed().stream()
        .filter(t -> chosen.test(t.flow()))
        .map(Timetable.Timed::key)
        .filter(key -> ledger.mark(key).isEmpty())
        .forEach(key -> marks.put(key, now));
    latest.followers().stream()
        .filter(f -> chosen.test(f.flow()))
        .map(Timetable.Follower::key)
        .filter(key -> ledger.mark(key).isEmpty())
        .forEach(key -> marks.put(key, now));
    ledger.decide(marks, List.of());
    followed.reset();
  }

  /** What a flow no longer has is forgotten at once; a flow that is not there, after a while. */
  private void forget(Instant now) {
    Stream<String> flows =
        Stream.concat(
            ledger.marked().stream().map(Serving::flowOf),
            ledger.open().stream().map(Intent::flow));
    Set<String> missing =
        flows.filter(name -> timetable().flow(name).isEmpty()).collect(Collectors.toSet());
    absent.keySet().retainAll(timetable().isComplete() ? missing : Set.of());
    if (timetable().isComplete()) {
      missing.forEach(name -> absent.putIfAbsent(name, now));
    }
    Set<String> known = new HashSet<>();
    timetable().timed().forEach(t -> known.add(t.key()));
    timetable().followers().forEach(f -> known.add(f.key()));
    ledger.forget(
        key ->
            !known.contains(key)
                && (timetable().flow(flowOf(key)).isPresent() || isGone(flowOf(key), now)));
  }

  /** No flow's name has a blank. */
  private static String flowOf(String key) {
    return key.substring(0, key.indexOf(' '));
  }

  private boolean isGone(String flow, Instant now) {
    return Optional.ofNullable(absent.get(flow))
        .filter(since -> !now.isBefore(since.plus(GONE)))
        .isPresent();
  }

  private void resume() {
    while (!toResume.isEmpty() && going.size() < options.limit()) {
      RunSummary run = toResume.removeFirst();
      try {
        RunHandle handle = parts.engine().resume(run.run(), Optional.empty(), NAME);
        news.accept(new News.Resumed(run.run(), run.flow()));
        drive(handle, run.flow());
      } catch (EngineException | StoreException e) {
        news.accept(new News.Note("run " + run.run() + " is not gone on with: " + e.getMessage()));
      }
    }
  }

  private void decide(Instant now, boolean ended) {
    Map<String, Instant> marks = new LinkedHashMap<>();
    List<Intent> intents = new ArrayList<>();
    for (Timetable.Timed timed : timetable().timed()) {
      if (!chosen.test(timed.flow())) {
        continue;
      }
      Instant through = ledger.mark(timed.key()).orElse(now);
      if (now.isBefore(through.minus(BACK))) {
        news.accept(
            new News.Note(
                "the clock went back from " + through + ": " + timed.flow() + " goes on from now"));
        marks.put(timed.key(), now);
        continue;
      }
      Due due = Due.of(timed.times(), through, now, begun, options.missed());
      if (due.last().isPresent()) {
        marks.put(timed.key(), now);
        due.run()
            .forEach(
                at -> intents.add(intent(Intent.scheduled(timed.when(), at), timed.flow(), at)));
      }
      if (due.skipped() > 0) {
        Instant last = due.last().orElseThrow();
        news.accept(new News.Skipped(timed.flow(), due.skipped(), last, options.missed()));
      }
    }
    for (Followed.End end : followed.look(timetable(), chosen, ended, now)) {
      intents.add(intent(end.cause(), end.follower().flow(), now));
    }
    ledger.decide(marks, intents);
  }

  private Intent intent(String cause, String flow, Instant due) {
    RunId run;
    do {
      run = RunId.at(parts.clock().instant(), parts.random().nextInt());
    } while (isTaken(run));
    return new Intent(cause, flow, run, due);
  }

  private boolean isTaken(RunId run) {
    return going.containsKey(run) || history.summary(run).isPresent();
  }

  private void start() {
    Set<String> tried = new HashSet<>();
    while (going.size() < options.limit()) {
      Optional<Intent> next = turn(tried);
      if (next.isEmpty()) {
        return;
      }
      tried.add(next.get().key());
      start(next.get());
    }
  }

  /** Flows take turns, lest one that is due more often than it ends keeps all others waiting. */
  private Optional<Intent> turn(Set<String> tried) {
    return ledger.open().stream()
        .filter(intent -> !tried.contains(intent.key()))
        .min(Comparator.comparingLong(intent -> turns.getOrDefault(intent.flow(), 0L)));
  }

  /** Times that became late while they waited for room were missed like others. */
  private void thin(Instant now) {
    if (going.size() < options.limit()) {
      return;
    }
    Instant lateBefore = now.minus(Due.LATE);
    Map<String, List<Intent>> late =
        ledger.open().stream()
            .filter(intent -> !intent.isTriggered() && intent.due().isBefore(lateBefore))
            .sorted(Comparator.comparing(Intent::due))
            .collect(Collectors.groupingBy(Intent::schedule));
    for (List<Intent> waiting : late.values()) {
      List<Intent> out = waiting.subList(0, Math.max(0, waiting.size() - options.missed().most()));
      if (!out.isEmpty()) {
        Intent last = out.getLast();
        ledger.settle(out);
        news.accept(new News.Skipped(last.flow(), out.size(), last.due(), options.missed()));
      }
    }
  }

  private void start(Intent intent) {
    Optional<FlowSource> flow = timetable().flow(intent.flow());
    if (history.summary(intent.run()).isPresent()) {
      // A process before this one started it, and had no time to say so.
      ledger.settle(intent);
    } else if (flow.isEmpty()) {
      if (isGone(intent.flow(), parts.clock().instant())) {
        refuse(intent, "there is no such flow any more");
      }
    } else if (options.overlap() == Overlap.SKIP
        && going.values().stream().anyMatch(g -> g.flow().equals(intent.flow()))) {
      refuse(intent, "its run before has not ended");
    } else {
      start(intent, flow.get());
    }
  }

  private void refuse(Intent intent, String why) {
    ledger.settle(intent);
    news.accept(new News.NotStarted(intent.flow(), intent.cause(), why));
  }

  private void start(Intent intent, FlowSource flow) {
    RunHandle handle;
    try {
      ObjectNode parameters = parameters(intent, flow);
      handle =
          parts
              .engine()
              .submit(
                  new Submission(flow, parameters, Optional.empty(), intent.cause()), intent.run());
    } catch (EngineException e) {
      refuse(intent, String.valueOf(e.getMessage()));
      return;
    } catch (StoreException e) {
      // A process that was killed right here has left a folder without a run in it.
      if (again.add(intent.key())) {
        ledger.decide(Map.of(), List.of(intent(intent.cause(), intent.flow(), intent.due())));
        changed = true;
        bell.release();
      } else {
        refuse(intent, String.valueOf(e.getMessage()));
      }
      return;
    }
    turns.put(intent.flow(), ++starts);
    news.accept(new News.Started(intent.run(), intent.flow(), intent.cause(), intent.due()));
    drive(handle, intent.flow());
    try {
      ledger.settle(intent);
    } catch (StoreException e) {
      // It runs; whoever serves next finds it by its id.
      news.accept(new News.Note(String.valueOf(e.getMessage())));
    }
  }

  private ObjectNode parameters(Intent intent, FlowSource flow) {
    if (!intent.isTriggered()) {
      return JsonNodeFactory.instance.objectNode();
    }
    RunId ended = intent.ended();
    RunFold fold =
        history
            .fold(ended)
            .orElseThrow(() -> new EngineException("run " + ended + " was deleted meanwhile"));
    State state = history.summary(ended).map(RunSummary::state).orElse(fold.state());
    Trigger trigger =
        flow.flow().triggers().stream()
            .filter(t -> t.after().equals(fold.created().flow()))
            .filter(t -> Followed.counts(t, state))
            .findFirst()
            .orElseThrow(() -> new EngineException("it follows " + ended + " no more"));
    return EndedRun.of(fold, state, history).parameters(flow.flow(), trigger, parts.expressions());
  }

  private void drive(RunHandle handle, String flow) {
    going.put(handle.run(), new Going(handle, flow, parts.clock().instant()));
    Thread.ofVirtual().name("serve " + handle.run()).start(() -> await(handle));
  }

  private void await(RunHandle handle) {
    try {
      State state = handle.await();
      ended(handle.run(), state);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void ended(RunId run, State state) {
    Going gone = java.util.Objects.requireNonNull(going.remove(run));
    Duration took = Duration.between(gone.since(), parts.clock().instant());
    news.accept(new News.Ended(run, gone.flow(), state, took));
    changed = true;
    bell.release();
  }

  /** Runs that this process drives. */
  public synchronized int going() {
    return going.size();
  }

  /** No run starts from now on; those that go are not touched. */
  public synchronized void stop() {
    stopping = true;
    bell.release();
  }

  /** As {@link #stop}; and the runs that go are suspended, to be gone on with at the next start. */
  public synchronized void suspend() {
    stop();
    going.values().forEach(g -> g.handle().command(new Command.Suspend(NAME)));
  }

  /** Whether nothing will happen any more. */
  public synchronized boolean isDone() {
    return stopping && going.isEmpty();
  }

  /** Waits until a run has ended or {@link #stop} was called, but no longer than this. */
  public void pause(Duration most) throws InterruptedException {
    if (bell.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS)) {
      bell.drainPermits();
    }
  }

  @Override
  public synchronized void close() {
    ledger.close();
  }
}
