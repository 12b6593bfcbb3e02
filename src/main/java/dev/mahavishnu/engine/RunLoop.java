package dev.mahavishnu.engine;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.store.RunJournal;
import dev.mahavishnu.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one run: takes what has happened, lets the decider decide, appends the events in one write
 * with one force, and only then acts. What happens meanwhile waits and shares the next write. The
 * one thread of the loop owns the journal, the fold and the board; nothing ever interrupts it.
 */
final class RunLoop implements RunHandle {
  private static final Logger LOG = LoggerFactory.getLogger(RunLoop.class);
  private static final long INBOX_MILLIS = 150;
  private static final int MOST_AT_ONCE = 4096;

  /** What can reach the loop. */
  private sealed interface Message {
    record Happened(Stimulus stimulus) implements Message {}

    record Joined(Follower follower) implements Message {}
  }

  private final Engine.Parts parts;
  private final RunJournal journal;
  private final Told told;
  private final RunId run;
  private final Decider decider;
  private final Clock clock;
  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final PriorityQueue<Effect.Ring> timers =
      new PriorityQueue<>(Comparator.comparing(Effect.Ring::at));
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private boolean over;
  private final CompletableFuture<State> done = new CompletableFuture<>();
  private final Scopes scopes;
  private final Attempts attempts;
  private final Evaluations evaluations;
  private long inboxDue;

  RunLoop(Engine.Parts parts, RunJournal journal, Decider decider, Scopes scopes, Reuse reuse) {
    this.parts = parts;
    this.journal = journal;
    this.told = Told.by(journal);
    this.run = journal.fold().run();
    this.decider = decider;
    this.clock = parts.clock();
    this.scopes = scopes;
    this.evaluations = new Evaluations(parts, journal, scopes.redactor());
    this.attempts = new Attempts(parts, journal, reuse, scopes.redactor(), this::happened);
  }

  /** Starts the loop; {@code first} is decided before anything else. */
  void start(Stimulus first) {
    happened(first);
    Thread.ofPlatform().name("run " + run).daemon(true).start(this::drive);
  }

  private void happened(Stimulus stimulus) {
    messages.add(new Message.Happened(stimulus));
  }

  @Override
  public RunId run() {
    return run;
  }

  @Override
  public void follow(Consumer<Recorded> listener) {
    Follower follower = new Follower(listener);
    synchronized (followers) {
      if (!over) {
        followers.add(follower);
        messages.add(new Message.Joined(follower));
        return;
      }
    }
    // Nobody takes messages any more, and who awaits the end expects that it has heard all.
    join(new Message.Joined(follower));
    follower.end();
    follower.join();
  }

  @Override
  public void command(Command command) {
    happened(new Stimulus.Commanded(command));
  }

  @Override
  public State await() throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the run loop broke", e.getCause());
    }
  }

  private void drive() {
    State end;
    try {
      while (!decider.released()) {
        turn();
      }
      end = journal.fold().state();
      journal.close();
    } catch (StoreException e) {
      LOG.error("run {}: its journal can't be written", run, e);
      end = new State.Crashed(String.valueOf(e.getMessage()));
      abandon();
    } catch (RuntimeException e) {
      LOG.error("run {} broke", run, e);
      end = new State.Crashed("internal error: " + e);
      abandon();
    }
    finish(end);
  }

  private void abandon() {
    attempts.stopAll();
    try {
      journal.close();
    } catch (RuntimeException e) {
      LOG.warn("run {}: closing its journal", run, e);
    }
  }

  private void finish(State end) {
    synchronized (followers) {
      over = true;
    }
    List<Message> late = new ArrayList<>();
    messages.drainTo(late);
    late.forEach(this::join);
    followers.forEach(Follower::end);
    Thread.ofVirtual()
        .start(
            () -> {
              followers.forEach(Follower::join);
              done.complete(end);
            });
  }

  /** One turn: all that has happened, one append, then the effects. */
  private void turn() {
    List<RunEvent> events = new ArrayList<>();
    List<Effect> effects = new ArrayList<>();
    List<Command> commands = inbox();
    for (Stimulus stimulus : happenings(commands)) {
      if (!decider.released()) {
        learn(stimulus);
        Decision decision = decider.on(stimulus, clock.instant());
        events.addAll(decision.events());
        effects.addAll(decision.effects());
      }
    }
    if (!events.isEmpty()) {
      List<Recorded> recorded = journal.append(events, events.stream().anyMatch(this::mustLast));
      followers.forEach(f -> f.add(recorded));
      recorded.forEach(this::forget);
    }
    commands.forEach(journal::taken);
    effects.forEach(this::perform);
  }

  /** A subflow's plan has to be known before its tasks can be decided. */
  private void learn(Stimulus stimulus) {
    if (stimulus instanceof Stimulus.Evaluated e
        && e.result() instanceof Stimulus.Evaluation.Nest nest) {
      scopes.nested(e.task().text(), nest.plan());
    }
  }

  /** What a task saw is not needed once it has ended. */
  private void forget(Recorded recorded) {
    if (recorded.event() instanceof TaskMoved moved
        && moved.state().isFinal()
        && !moved.task().isItem()) {
      scopes.forget(moved.task());
    }
  }

  private List<Command> inbox() {
    long now = System.nanoTime();
    if (now < inboxDue) {
      return List.of();
    }
    inboxDue = now + TimeUnit.MILLISECONDS.toNanos(INBOX_MILLIS);
    return journal.commands();
  }

  private List<Stimulus> happenings(List<Command> commands) {
    List<Stimulus> happened = new ArrayList<>();
    commands.forEach(c -> happened.add(new Stimulus.Commanded(c)));
    rings().forEach(happened::add);
    List<Message> taken = new ArrayList<>();
    if (happened.isEmpty()) {
      try {
        Message first = messages.poll(patience(), TimeUnit.MILLISECONDS);
        Optional.ofNullable(first).ifPresent(taken::add);
      } catch (InterruptedException e) {
        LOG.warn("run {}: nobody may interrupt this thread", run);
      }
    }
    messages.drainTo(taken, MOST_AT_ONCE);
    for (Message message : taken) {
      switch (message) {
        case Message.Happened m -> happened.add(m.stimulus());
        case Message.Joined _ -> join(message);
      }
    }
    rings().forEach(happened::add);
    return happened;
  }

  /** Gives a new follower what was recorded before it came. */
  private void join(Message message) {
    if (message instanceof Message.Joined joined) {
      joined.follower().begin(parts.store().history().events(run, 1));
    }
  }

  private List<Stimulus> rings() {
    List<Stimulus> rings = new ArrayList<>();
    Instant now = timers.isEmpty() ? Instant.MIN : clock.instant();
    while (!timers.isEmpty() && !timers.peek().at().isAfter(now)) {
      rings.add(new Stimulus.Rang(timers.remove().timer()));
    }
    return rings;
  }

  private long patience() {
    Effect.Ring next = timers.peek();
    if (next == null) {
      return INBOX_MILLIS;
    }
    long until = java.time.Duration.between(clock.instant(), next.at()).toMillis();
    return Math.clamp(until, 1, INBOX_MILLIS);
  }

  /**
   * Whether an event must be on disk before what follows from it. A beginning that can be made
   * again need not.
   */
  private boolean mustLast(RunEvent event) {
    return switch (event) {
      case TaskMoved m ->
          switch (m.state()) {
            case State.Pending _ -> false;
            case State.Running _ -> !scopes.task(m.task()).work().pure();
            case State.Scheduled _,
                State.Completed _,
                State.Failed _,
                State.Cancelled _,
                State.Crashed _,
                State.Paused _,
                State.Cancelling _ ->
                true;
          };
      case RunEvent.Mapped _, RunEvent.Nested _, RunEvent.Returned _ -> false;
      case RunEvent.Created _,
          RunEvent.Opened _,
          RunEvent.Moved _,
          RunEvent.Commanded _,
          RunEvent.Reset _,
          RunEvent.Halted _,
          RunEvent.Amended _ ->
          true;
    };
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Evaluate e -> evaluate(e);
      case Effect.Prepare e -> attempts.start(e.task(), e.attempt(), inputs(e.task()), false);
      case Effect.Start e -> attempts.start(e.task(), e.attempt(), inputs(e.task()), true);
      case Effect.Go e -> attempts.go(e.task());
      case Effect.Stop e -> attempts.stop(e.task(), e.attempt());
      case Effect.Return e -> returned(e.scope());
      case Effect.Ring e -> timers.add(e);
      case Effect.Release _ -> {}
    }
  }

  private Inputs inputs(TaskKey task) {
    return scopes.inputs(task, told);
  }

  private void evaluate(Effect.Evaluate effect) {
    Inputs inputs = inputs(effect.task());
    offLoop(
        effect.task().text(),
        () ->
            new Stimulus.Evaluated(
                effect.task(),
                effect.stage(),
                effect.stage() == Effect.Stage.TASK
                    ? evaluations.task(inputs, effect.task())
                    : evaluations.cell(inputs, effect.task())),
        problem ->
            new Stimulus.Evaluated(
                effect.task(), effect.stage(), new Stimulus.Evaluation.Bad(problem)));
  }

  private void returned(String scope) {
    Outputs outputs = scopes.outputs(scope, told);
    offLoop(
        "outputs " + scope,
        () -> outputs.evaluate(scope, journal),
        problem -> new Stimulus.Returned(scope, Optional.empty(), problem));
  }

  private void offLoop(
      String name,
      java.util.function.Supplier<Stimulus> work,
      java.util.function.Function<String, Stimulus> failed) {
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                happened(work.get());
              } catch (StoreException e) {
                happened(failed.apply(redacted(String.valueOf(e.getMessage()))));
              } catch (RuntimeException e) {
                LOG.error("run {}: {}", run, name, e);
                happened(failed.apply(redacted("internal error: " + e)));
              }
            });
  }

  private String redacted(String message) {
    return scopes.redactor().redact(message);
  }
}
