package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.mirror.TaskRunFields.Input;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A flow run of a run: of the run itself or of a subflow, with what was told of its task runs. */
final class Telling {
  /** Most task runs that one task run is said to have waited for, of one task and of all. */
  private static final int MOST_EDGES = 500;

  private static final int MOST_EDGES_OF_ALL = 1_000;

  /** Most such that lead from the items of one task to the task runs of all that depend on it. */
  private static final int MOST_EDGES_BETWEEN = 20_000;

  final String scope;
  final String flowRun;
  final String flow;
  private FlowShape shape;
  final JsonNode parameters;

  /** The task run in the flow above that it is the work of; absent for the run itself. */
  final Optional<UUID> parent;

  /** The last that was told of it. */
  Phase phase = Phase.PENDING;

  /** How often it was RUNNING. */
  int runs;

  private final Identities ids;
  private final Lives lives;
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  /** A task. */
  final class Track {
    final String task;
    FlowShape.Step step;
    final Slots slots = new Slots(1);

    /** Number of its items; 0 as long as it has none. */
    int items;

    private Track(String task) {
      this.task = task;
      this.step = shape.step(task);
    }

    /** Of an item, or of the task as a whole as long as it has none: the first takes its place. */
    UUID id(int slot) {
      return ids.taskRun(flowRun, task, slot);
    }

    /** What waits for it waited for this. */
    private Input input(int slot) {
      Optional<String> below =
          step.subflow()
              ? lives.last(new TaskKey(scope, task, items > 0 ? slot : -1).text())
              : Optional.empty();
      return new Input(id(slot), below);
    }

    void mapped(int size) {
      items = size;
      slots.grow(Math.max(1, size));
    }

    TaskRunFields fields(int slot) {
      return new TaskRunFields(
          items > 0 ? task + "[" + slot + "]" : task,
          task,
          Integer.toString(slot),
          step.tags(),
          inputs(this, slot),
          step.retries(),
          step.retryDelay());
    }

    private int width() {
      return Math.max(1, items);
    }

    private List<Input> all() {
      return IntStream.range(0, width()).mapToObj(this::input).toList();
    }

    /** Some, from all over it. */
    private List<Input> some(int most, int from) {
      return IntStream.range(0, most)
          .mapToObj(k -> input((int) ((from + (long) k * items / most) % items)))
          .toList();
    }
  }

  Telling(
      String scope,
      String flowRun,
      String flow,
      FlowShape shape,
      JsonNode parameters,
      Optional<UUID> parent,
      Identities ids,
      Lives lives) {
    this.scope = scope;
    this.flowRun = flowRun;
    this.flow = flow;
    this.shape = shape;
    this.parameters = parameters;
    this.parent = parent;
    this.ids = ids;
    this.lives = lives;
  }

  /** The flow was edited: what is told from here on is of this one. */
  void becomes(FlowShape edited) {
    shape = edited;
    tracks.values().forEach(t -> t.step = edited.step(t.task));
  }

  FlowShape shape() {
    return shape;
  }

  Track track(String task) {
    return tracks.computeIfAbsent(task, Track::new);
  }

  /** The tasks that anything was told of, in that order. */
  Iterable<Track> tracks() {
    return tracks.values();
  }

  /** The task runs that it waited for: under the task's id where an expression names it. */
  private Map<String, List<Input>> inputs(Track track, int slot) {
    Map<String, List<Input>> inputs = new LinkedHashMap<>();
    int left = MOST_EDGES_OF_ALL;
    for (String task : track.step.named()) {
      List<Input> from = edges(track, slot, task, left);
      if (!from.isEmpty()) {
        inputs.put(task, from);
        left -= from.size();
      }
    }
    List<Input> waits = new ArrayList<>();
    for (String task : track.step.waits()) {
      List<Input> from = edges(track, slot, task, left);
      waits.addAll(from);
      left -= from.size();
    }
    if (!waits.isEmpty()) {
      inputs.put("wait_for", waits);
    }
    return inputs;
  }

  private List<Input> edges(Track track, int slot, String upstream, int left) {
    Track from = tracks.get(upstream);
    if (left <= 0) {
      return List.of();
    }
    if (from == null) {
      return List.of(new Input(ids.taskRun(flowRun, upstream, 0), Optional.empty()));
    }
    if (from.items == 0) {
      return List.of(from.input(0));
    }
    if (track.items == from.items && track.step.over().filter(upstream::equals).isPresent()) {
      return List.of(from.input(slot));
    }
    long share = MOST_EDGES_BETWEEN / ((long) track.width() * shape.consumers(upstream));
    int most = Math.clamp(share, 1, MOST_EDGES);
    List<Input> found = from.items <= most ? from.all() : from.some(most, slot);
    return found.size() <= left ? found : found.subList(0, left);
  }
}
