package dev.mahavishnu.run;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The tasks of one flow in a run: of the flow itself, or of a subflow. */
public final class ScopeFold {
  private final String scope;
  private final String flow;
  private final String folder;
  private final JsonNode parameters;
  private final String spec;
  private final int declared;
  private final Map<String, TaskFold> tasks = new LinkedHashMap<>();
  private final Map<String, MapFold> maps = new LinkedHashMap<>();

  public ScopeFold(
      String scope, String flow, String spec, String folder, int declared, JsonNode parameters) {
    this.scope = scope;
    this.flow = flow;
    this.spec = spec;
    this.folder = folder;
    this.declared = declared;
    this.parameters = parameters;
  }

  /** Text of the key of the subflow's task, empty for the flow itself. */
  public String scope() {
    return scope;
  }

  public String flow() {
    return flow;
  }

  /** The flow as canonical JSON. */
  public String spec() {
    return spec;
  }

  public String folder() {
    return folder;
  }

  /** Number of tasks in the flow. */
  public int declared() {
    return declared;
  }

  public JsonNode parameters() {
    return parameters;
  }

  /** The task run of a whole task; empty before its first event. */
  public Optional<TaskFold> task(String id) {
    return Optional.ofNullable(tasks.get(id));
  }

  /** The tasks that had an event, in the order of their first one. */
  public Collection<TaskFold> tasks() {
    return Collections.unmodifiableCollection(tasks.values());
  }

  /** The items of a mapped task; empty before it got them. */
  public Optional<MapFold> map(String id) {
    return Optional.ofNullable(maps.get(id));
  }

  /** The mapped tasks that got their items. */
  public Map<String, MapFold> maps() {
    return Collections.unmodifiableMap(maps);
  }

  /** The same tasks as far as they got, of a flow that was edited. */
  ScopeFold edited(String to, int count) {
    ScopeFold edited = new ScopeFold(scope, flow, to, folder, count, parameters);
    edited.tasks.putAll(tasks);
    edited.maps.putAll(maps);
    return edited;
  }

  /** Puts back a task from a checkpoint image. */
  public void restore(TaskFold task, Optional<MapFold> map) {
    tasks.put(task.task().task(), task);
    map.ifPresent(m -> maps.put(task.task().task(), m));
  }

  /** Puts back the items of a task from a checkpoint image. */
  public void restore(String task, MapFold map) {
    maps.put(task, map);
  }

  void apply(RunEvent.TaskMoved moved, Recorded recorded) {
    TaskKey key = moved.task();
    if (key.isItem()) {
      map(key.task())
          .orElseThrow(() -> new IllegalStateException(key + " moved before its map"))
          .apply(moved, recorded);
    } else {
      tasks.put(key.task(), TaskFold.after(task(key.task()), moved, recorded));
    }
  }

  void apply(RunEvent.Mapped mapped, Recorded recorded) {
    maps.put(mapped.task().task(), new MapFold(mapped.size(), recorded.position()));
  }

  void reset(TaskKey key) {
    if (key.isItem()) {
      map(key.task()).ifPresent(map -> map.reset(key.index()));
    } else {
      tasks.remove(key.task());
      maps.remove(key.task());
    }
  }
}
