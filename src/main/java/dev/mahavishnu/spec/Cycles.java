package dev.mahavishnu.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds cycles among tasks, each a shortest one through its first task, no task in two of them. */
final class Cycles {
  private static final int MOST = 20;
  private final Map<String, Set<String>> upstream;
  private final Set<String> left = new HashSet<>();

  /**
   * @param upstream ids that a task waits for, by id, in the order of the flow
   */
  Cycles(Map<String, Set<String>> upstream) {
    this.upstream = upstream;
  }

  /** Each from upstream to downstream, its first id again at the end. */
  List<List<String>> find() {
    left.addAll(upstream.keySet());
    leaveOutThoseThatCanRun();
    List<List<String>> cycles = new ArrayList<>();
    for (String id : upstream.keySet()) {
      if (left.contains(id) && cycles.size() < MOST) {
        List<String> cycle = through(id);
        cycles.addAll(cycle.isEmpty() ? List.of() : List.of(cycle));
        left.removeAll(cycle);
      }
    }
    return cycles;
  }

  private Set<String> waitsFor(String id) {
    return upstream.getOrDefault(id, Set.of());
  }

  private void leaveOutThoseThatCanRun() {
    Map<String, Integer> waiting = new HashMap<>();
    Map<String, List<String>> downstream = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (String id : upstream.keySet()) {
      int count = 0;
      for (String up : waitsFor(id)) {
        if (left.contains(up)) {
          count++;
          downstream.computeIfAbsent(up, _ -> new ArrayList<>()).add(id);
        }
      }
      waiting.put(id, count);
      if (count == 0) {
        ready.add(id);
      }
    }
    while (!ready.isEmpty()) {
      String id = ready.remove();
      left.remove(id);
      for (String down : downstream.getOrDefault(id, List.of())) {
        if (waiting.merge(down, -1, Integer::sum) == 0) {
          ready.add(down);
        }
      }
    }
  }

  /** A shortest cycle through a task, found by going upstream; empty when there is none. */
  private List<String> through(String start) {
    Map<String, String> from = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String id = open.remove();
      for (String up : waitsFor(id)) {
        if (up.equals(start)) {
          return path(start, id, from);
        }
        if (left.contains(up) && from.putIfAbsent(up, id) == null) {
          open.add(up);
        }
      }
    }
    return List.of();
  }

  private static List<String> path(String start, String last, Map<String, String> from) {
    List<String> cycle = new ArrayList<>(List.of(start));
    for (String at = last; !at.equals(start); at = from.getOrDefault(at, start)) {
      cycle.add(at);
    }
    cycle.add(start);
    return cycle;
  }
}
