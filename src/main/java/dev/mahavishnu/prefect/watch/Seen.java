package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Events.Event;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns.TaskRun;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.MissingNode;

/**
 * What is known of a run, from streams and from asking: the same is told twice, and what is older
 * comes after what is newer. Gives what is news; an older state of something is none. For one
 * thread.
 */
final class Seen {
  /** Lines that are known again when they are told twice. */
  static final int MOST_LINES = 20_000;

  private static final String FLOW_RUN = "prefect.flow-run.";
  private static final String TASK_RUN = "prefect.task-run.";

  private final UUID root;
  private final Map<UUID, ServerState> states = new HashMap<>();

  /** The runs, the whole and its subflows, with what stands before the names of their tasks. */
  private final Map<UUID, String> runs = new LinkedHashMap<>();

  private final Map<UUID, String> tasks = new LinkedHashMap<>();
  private final LinkedHashSet<UUID> lines = new LinkedHashSet<>();

  private final int mostLines;

  Seen(UUID root) {
    this(root, MOST_LINES);
  }

  Seen(UUID root, int mostLines) {
    this.root = root;
    this.mostLines = mostLines;
    runs.put(root, "");
  }

  /** The run and those of its subflows. */
  Set<UUID> runs() {
    return runs.keySet();
  }

  /** What the run is in; empty: nothing was heard of it yet. */
  Optional<ServerState> state() {
    return Optional.ofNullable(states.get(root));
  }

  /** Whether its name is known. */
  boolean knows(UUID task) {
    return tasks.containsKey(task);
  }

  /** The last state of each task run. */
  Map<UUID, ServerState> tasks() {
    Map<UUID, ServerState> known = new LinkedHashMap<>();
    tasks
        .keySet()
        .forEach(id -> Optional.ofNullable(states.get(id)).ifPresent(s -> known.put(id, s)));
    return known;
  }

  /**
   * A run as it is now.
   *
   * @param parent the run whose task it is; empty for the whole
   */
  Optional<News> run(FlowRun run, Optional<UUID> parent) {
    parent.ifPresent(p -> runs.putIfAbsent(run.id(), runs.getOrDefault(p, "") + run.name() + "/"));
    return run.state().flatMap(state -> moved(run.id(), state));
  }

  Optional<News> task(TaskRun task) {
    String prefix = task.flowRunId().map(id -> runs.getOrDefault(id, "")).orElse("");
    tasks.put(task.id(), prefix + task.name());
    return task.state().flatMap(state -> moved(task.id(), state));
  }

  /** Of a state; others are nothing to us. */
  Optional<News> event(Event event) {
    String resource = event.resource().getOrDefault("prefect.resource.id", "");
    Optional<UUID> run = id(resource, FLOW_RUN).filter(runs::containsKey);
    Optional<UUID> task = id(resource, TASK_RUN);
    if (!event.resource().containsKey("prefect.state-type") || (run.isEmpty() && task.isEmpty())) {
      return Optional.empty();
    }
    task.ifPresent(id -> tasks.computeIfAbsent(id, _ -> name(event)));
    return moved(run.or(() -> task).orElseThrow(), state(event));
  }

  private String name(Event event) {
    String prefix =
        event.related().stream()
            .filter(r -> r.getOrDefault("prefect.resource.role", "").equals("flow-run"))
            .flatMap(r -> id(r.getOrDefault("prefect.resource.id", ""), FLOW_RUN).stream())
            .map(id -> runs.getOrDefault(id, ""))
            .findFirst()
            .orElse("");
    return prefix + event.resource().getOrDefault("prefect.resource.name", "task");
  }

  private static Optional<UUID> id(String resource, String prefix) {
    try {
      return resource.startsWith(prefix)
          ? Optional.of(UUID.fromString(resource.substring(prefix.length())))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The id of such an event is that of the state. */
  private static ServerState state(Event event) {
    Map<String, String> labels = event.resource();
    return new ServerState(
        Optional.of(event.id()),
        labels.getOrDefault("prefect.state-type", ""),
        labels.getOrDefault("prefect.state-name", ""),
        Optional.of(time(labels.getOrDefault("prefect.state-timestamp", ""), event.occurred())),
        labels.getOrDefault("prefect.state-message", ""),
        MissingNode.getInstance(),
        Optional.empty());
  }

  private static Instant time(String text, Instant otherwise) {
    try {
      return java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      return otherwise;
    }
  }

  private Optional<News> moved(UUID id, ServerState state) {
    ServerState before = states.get(id);
    if (before != null && !isAfter(state, before)) {
      return Optional.empty();
    }
    states.put(id, state);
    Instant at = state.timestamp().orElse(Instant.EPOCH);
    if (id.equals(root)) {
      return Optional.of(new News.Moved(at, state));
    }
    return Optional.of(
        runs.containsKey(id)
            ? new News.Nested(at, id, runs.get(id).replaceFirst("/$", ""), state)
            : new News.TaskMoved(at, id, tasks.getOrDefault(id, "task"), state));
  }

  private static boolean isAfter(ServerState state, ServerState before) {
    Instant then = before.timestamp().orElse(Instant.EPOCH);
    Instant now = state.timestamp().orElse(Instant.EPOCH);
    boolean haveIds = state.id().isPresent() && before.id().isPresent();
    boolean same =
        haveIds
            ? state.id().equals(before.id())
            : (state.type().equals(before.type()) && state.name().equals(before.name()));
    // In the same moment: an end comes last.
    return !same && (now.isAfter(then) || (now.equals(then) && !before.isFinal()));
  }

  Optional<News> log(ServerLogs.Stored line) {
    if (!lines.add(line.id())) {
      return Optional.empty();
    }
    if (lines.size() > mostLines) {
      lines.removeFirst();
    }
    String run = line.flowRunId().map(id -> runs.getOrDefault(id, "")).orElse("");
    String task =
        line.taskRunId()
            .map(id -> tasks.getOrDefault(id, run + "task " + id.toString().substring(0, 8)))
            .orElse(run.replaceFirst("/$", ""));
    return Optional.of(
        new News.Logged(line.timestamp(), task, line.level(), line.name(), line.message()));
  }
}
