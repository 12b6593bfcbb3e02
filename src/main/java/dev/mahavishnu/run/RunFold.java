package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run as its journal tells it: the fold of its events. Mutable, for one thread; the same events
 * in the same order always give the same fold.
 */
public final class RunFold {
  private RunEvent.@Nullable Created created;
  private Instant createdAt = Instant.EPOCH;
  private State state = new State.Pending();
  private Instant since = Instant.EPOCH;
  private Optional<Instant> started = Optional.empty();
  private Optional<RunEvent.Opened> opened = Optional.empty();
  private long seq;
  private long outputs = -1;
  private Debugging debugging = Debugging.NONE;
  private final Map<String, ScopeFold> scopes = new LinkedHashMap<>();

  /** Applies the next event. */
  public void apply(Recorded recorded) {
    if (recorded.seq() != seq + 1) {
      throw new IllegalStateException("event " + recorded.seq() + " after " + seq);
    }
    seq = recorded.seq();
    switch (recorded.event()) {
      case RunEvent.Created e -> {
        created = e;
        createdAt = recorded.at();
        since = recorded.at();
        scopes.put(
            "", new ScopeFold("", e.flow(), e.spec(), e.folder(), e.tasks(), e.parameters()));
      }
      case RunEvent.Opened e -> opened = Optional.of(e);
      case RunEvent.Moved e -> {
        state = e.state();
        since = recorded.at();
        if (state.type() == StateType.RUNNING) {
          debugging = debugging.gone();
        }
        if (started.isEmpty() && state.type() == StateType.RUNNING) {
          started = Optional.of(since);
        }
      }
      case RunEvent.TaskMoved e -> scopeOf(e.task()).apply(e, recorded);
      case RunEvent.Mapped e -> scopeOf(e.task()).apply(e, recorded);
      case RunEvent.Nested e -> {
        String scope = e.task().text();
        forget(scope);
        scopes.put(
            scope, new ScopeFold(scope, e.flow(), e.spec(), e.folder(), e.tasks(), e.parameters()));
      }
      case RunEvent.Returned _ -> outputs = recorded.position();
      case RunEvent.Commanded e -> {
        if (e.command() instanceof Command.Break b) {
          debugging = debugging.with(b.breakpoints());
        }
      }
      case RunEvent.Reset e -> e.tasks().forEach(this::reset);
      case RunEvent.Halted e -> debugging = debugging.at(e.stop(), e.why());
      case RunEvent.Amended e -> {
        debugging = debugging.changed();
        e.spec().ifPresent(spec -> scopes.put("", root().edited(spec, e.tasks())));
      }
    }
  }

  private void reset(TaskKey key) {
    scopeOf(key).reset(key);
    debugging = debugging.without(key);
    forget(key.text());
  }

  /** Forgets the subflow that a task ran, and what that ran in turn. */
  private void forget(String task) {
    scopes
        .keySet()
        .removeIf(s -> s.equals(task) || s.startsWith(task + "/") || s.startsWith(task + "["));
  }

  /** Puts back a run from a checkpoint image; scopes follow by {@link #restore(ScopeFold)}. */
  public static RunFold restored(Head head) {
    RunFold fold = new RunFold();
    fold.created = head.created();
    fold.createdAt = head.createdAt();
    fold.state = head.state();
    fold.since = head.since();
    fold.started = head.started();
    fold.opened = head.opened();
    fold.seq = head.seq();
    fold.outputs = head.outputs();
    fold.debugging = head.debugging();
    return fold;
  }

  /** Puts back a scope from a checkpoint image. */
  public void restore(ScopeFold scope) {
    scopes.put(scope.scope(), scope);
  }

  /** Everything but the scopes, for a checkpoint image. */
  public Head head() {
    return new Head(created(), createdAt, state, since, started, opened, seq, outputs, debugging);
  }

  /** What {@link #head} gives and {@link #restored} takes. */
  public record Head(
      RunEvent.Created created,
      Instant createdAt,
      State state,
      Instant since,
      Optional<Instant> started,
      Optional<RunEvent.Opened> opened,
      long seq,
      long outputs,
      Debugging debugging) {}

  public RunEvent.Created created() {
    return Objects.requireNonNull(created, "no event yet");
  }

  public RunId run() {
    return created().run();
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** The journal's last word; whether a process still holds the run is the store's to say. */
  public State state() {
    return state;
  }

  public Instant since() {
    return since;
  }

  public Optional<Instant> started() {
    return started;
  }

  public Optional<Instant> ended() {
    return state.isFinal() ? Optional.of(since) : Optional.empty();
  }

  public Optional<RunEvent.Opened> opened() {
    return opened;
  }

  /** Position of the record that holds the flow's outputs, or -1. */
  public long outputs() {
    return outputs;
  }

  /** Where it stops, and where it stands. */
  public Debugging debugging() {
    return debugging;
  }

  /** Sequence number of the last event applied. */
  public long seq() {
    return seq;
  }

  public ScopeFold root() {
    return Objects.requireNonNull(scopes.get(""), "no event yet");
  }

  /** The flow itself under "", and each subflow under its task's key. */
  public Optional<ScopeFold> scope(String scope) {
    return Optional.ofNullable(scopes.get(scope));
  }

  public Collection<ScopeFold> scopes() {
    return Collections.unmodifiableCollection(scopes.values());
  }

  private ScopeFold scopeOf(TaskKey key) {
    return scope(key.scope())
        .orElseThrow(() -> new IllegalStateException(key + " moved before its flow"));
  }

  /** A task run or an item of one; empty before its first event and for an item that ended. */
  public Optional<TaskFold> task(TaskKey key) {
    Optional<ScopeFold> scope = scope(key.scope());
    return key.isItem()
        ? scope.flatMap(s -> s.map(key.task())).map(m -> m.open().get(key.index()))
        : scope.flatMap(s -> s.task(key.task()));
  }

  public TaskCounts counts() {
    return Counting.of(this);
  }

  /** The task runs that wait for a person. */
  public List<String> asking() {
    return scopes.values().stream()
        .flatMap(
            s ->
                Stream.concat(
                    s.tasks().stream(),
                    s.maps().values().stream().flatMap(m -> m.open().values().stream())))
        .filter(t -> t.state().type() == StateType.PAUSED)
        .map(t -> t.task().text())
        .toList();
  }
}
