package dev.mahavishnu.view.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The vertices of a graph in layers, each as early as what it waits for allows, ordered so that few
 * lines cross. Vertices from {@code nodes} on are bends: there a line that is longer than one layer
 * passes a layer. All lines of one vertex share its bends.
 */
final class Layers {
  /** A line, from an earlier vertex to a later one. */
  record Link(int from, int to) {}

  private final int nodes;
  private final List<List<Integer>> layers = new ArrayList<>();
  private final List<List<Integer>> up = new ArrayList<>();
  private final List<List<Integer>> down = new ArrayList<>();

  private Layers(int nodes) {
    this.nodes = nodes;
  }

  /**
   * @param nodes number of vertices, named 0, 1, …
   * @param most more vertices, bends included, are not put in layers
   * @return empty where they are more
   */
  static Optional<Layers> of(int nodes, List<Link> links, int most) {
    Layers layers = new Layers(nodes);
    int[] ranks = ranks(nodes, links);
    for (int node = 0; node < nodes; node++) {
      layers.add(ranks[node]);
    }
    boolean fits = nodes <= most;
    for (int node = 0; node < nodes && fits; node++) {
      int from = node;
      List<Integer> targets =
          links.stream().filter(l -> l.from() == from).map(Link::to).distinct().toList();
      fits = layers.connect(node, targets, ranks, most);
    }
    if (!fits) {
      return Optional.empty();
    }
    layers.layers.forEach(layer -> layer.sort(Comparator.comparing(layers::isAlone)));
    new Ordering(layers.layers, layers.up, layers.down).improve();
    return Optional.of(layers);
  }

  /** The length of the longest way to each node. */
  private static int[] ranks(int nodes, List<Link> links) {
    List<List<Integer>> next = new ArrayList<>();
    int[] waiting = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      next.add(new ArrayList<>());
    }
    for (Link link : links) {
      next.get(link.from()).add(link.to());
      waiting[link.to()]++;
    }
    int[] ranks = new int[nodes];
    Deque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < nodes; i++) {
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    while (!ready.isEmpty()) {
      int node = ready.remove();
      for (int to : next.get(node)) {
        ranks[to] = Math.max(ranks[to], ranks[node] + 1);
        if (--waiting[to] == 0) {
          ready.add(to);
        }
      }
    }
    return ranks;
  }

  private int add(int layer) {
    int vertex = up.size();
    up.add(new ArrayList<>());
    down.add(new ArrayList<>());
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    layers.get(layer).add(vertex);
    return vertex;
  }

  /** Draws the lines of a node, the nearest first; false when there are too many bends. */
  private boolean connect(int node, List<Integer> targets, int[] ranks, int most) {
    int at = node;
    int rank = ranks[node];
    for (int to : targets.stream().sorted(Comparator.comparingInt(t -> ranks[t])).toList()) {
      while (rank + 1 < ranks[to]) {
        rank++;
        int bend = add(rank);
        link(at, bend);
        at = bend;
        if (up.size() > most) {
          return false;
        }
      }
      // A flow that was validated has no cycle; of one that was not, a line is missing.
      if (ranks[to] > rank) {
        link(at, to);
      }
    }
    return true;
  }

  private void link(int from, int to) {
    down.get(from).add(to);
    up.get(to).add(from);
  }

  /** From the first to the last, each in its order. */
  List<List<Integer>> layers() {
    return layers;
  }

  /** Number of vertices, bends included. */
  int size() {
    return up.size();
  }

  boolean isBend(int vertex) {
    return vertex >= nodes;
  }

  /** Whether it has no lines. */
  boolean isAlone(int vertex) {
    return up.get(vertex).isEmpty() && down.get(vertex).isEmpty();
  }

  /** The vertices of the layer before that have a line to this one. */
  List<Integer> up(int vertex) {
    return up.get(vertex);
  }

  /** The vertices of the layer behind that this one has a line to. */
  List<Integer> down(int vertex) {
    return down.get(vertex);
  }

  /** The layer of each vertex. */
  int[] ranks() {
    int[] ranks = new int[size()];
    Arrays.setAll(ranks, _ -> 0);
    for (int i = 0; i < layers.size(); i++) {
      for (int vertex : layers.get(i)) {
        ranks[vertex] = i;
      }
    }
    return ranks;
  }
}
