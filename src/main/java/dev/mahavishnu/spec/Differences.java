package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compares two flows by the trees that they are written as. */
final class Differences {
  private static final Set<String> TASK_LISTS = Set.of("tasks", "on_failure");

  private record Place(Task task, boolean handler, int index) {}

  private final Flow before;
  private final Flow after;
  private final List<Diff> found = new ArrayList<>();

  Differences(Flow before, Flow after) {
    this.before = before;
    this.after = after;
  }

  List<Diff> find() {
    if (before.equals(after)) {
      return List.of();
    }
    fields();
    Map<String, Place> old = places(before);
    Map<String, Place> now = places(after);
    Set<String> moved = moved(old, now);
    Optional<String> previous = Optional.empty();
    for (Map.Entry<String, Place> entry : now.entrySet()) {
      Place place = entry.getValue();
      Optional<Place> known = Optional.ofNullable(old.get(entry.getKey()));
      if (place.index == 0) {
        previous = Optional.empty();
      }
      if (known.isEmpty()) {
        found.add(new Diff.TaskAdded(place.task, place.handler));
      } else {
        if (moved.contains(entry.getKey())) {
          found.add(new Diff.TaskMoved(entry.getKey(), place.handler, previous));
        }
        fields(known.get().task, place.task);
      }
      previous = Optional.of(entry.getKey());
    }
    old.forEach(
        (id, place) -> {
          if (!now.containsKey(id)) {
            found.add(new Diff.TaskRemoved(place.task, place.handler));
          }
        });
    return List.copyOf(found);
  }

  private void fields() {
    ObjectNode old = FlowTree.of(before);
    ObjectNode now = FlowTree.of(after);
    old.remove(TASK_LISTS);
    now.remove(TASK_LISTS);
    for (String name : names(old, now)) {
      if (!equal(old, now, name)) {
        found.add(new Diff.FlowField(name, text(old, name), text(now, name)));
      }
    }
  }

  private void fields(Task was, Task is) {
    if (was.equals(is)) {
      return;
    }
    ObjectNode old = FlowTree.of(was);
    ObjectNode now = FlowTree.of(is);
    for (String name : names(old, now)) {
      if (!equal(old, now, name)) {
        found.add(new Diff.TaskField(is.id(), name, text(old, name), text(now, name)));
      }
    }
  }

  private static Set<String> names(ObjectNode old, ObjectNode now) {
    Set<String> names = new LinkedHashSet<>(now.propertyNames());
    names.addAll(old.propertyNames());
    return names;
  }

  private static boolean equal(ObjectNode old, ObjectNode now, String name) {
    return Optional.ofNullable(old.get(name)).equals(Optional.ofNullable(now.get(name)));
  }

  private static Optional<String> text(ObjectNode tree, String name) {
    Optional<JsonNode> value = Optional.ofNullable(tree.get(name));
    return value.map(YamlText::value);
  }

  private static Map<String, Place> places(Flow flow) {
    Map<String, Place> places = new LinkedHashMap<>();
    for (int i = 0; i < flow.tasks().size(); i++) {
      places.put(flow.tasks().get(i).id(), new Place(flow.tasks().get(i), false, i));
    }
    for (int i = 0; i < flow.onFailure().size(); i++) {
      places.put(flow.onFailure().get(i).id(), new Place(flow.onFailure().get(i), true, i));
    }
    return places;
  }

  /** The fewest tasks that must be moved to bring those of both flows into the new order. */
  private static Set<String> moved(Map<String, Place> old, Map<String, Place> now) {
    List<String> both = new ArrayList<>();
    Set<String> moved = new HashSet<>();
    now.forEach(
        (id, place) -> {
          Place was = old.get(id);
          if (was != null && was.handler == place.handler) {
            both.add(id);
          } else if (was != null) {
            moved.add(id);
          }
        });
    List<String> order = new ArrayList<>(old.keySet());
    Map<String, Integer> rank = new LinkedHashMap<>();
    order.forEach(id -> rank.put(id, rank.size()));
    Set<String> stay = longestRise(both, rank);
    both.stream().filter(id -> !stay.contains(id)).forEach(moved::add);
    return moved;
  }

  /** A longest part of the list in which the ranks only rise. */
  private static Set<String> longestRise(List<String> ids, Map<String, Integer> rank) {
    int[] lowest = new int[ids.size()];
    int[] ends = new int[ids.size()];
    int[] from = new int[ids.size()];
    int length = 0;
    for (int i = 0; i < ids.size(); i++) {
      int value = rank.getOrDefault(ids.get(i), 0);
      int found = Arrays.binarySearch(lowest, 0, length, value);
      int at = found >= 0 ? found : -found - 1;
      from[i] = at == 0 ? -1 : ends[at - 1];
      lowest[at] = value;
      ends[at] = i;
      length = Math.max(length, at + 1);
    }
    Set<String> rise = new HashSet<>();
    for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = from[i]) {
      rise.add(ids.get(i));
    }
    return rise;
  }
}
