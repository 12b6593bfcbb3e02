package dev.mahavishnu.view.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the vertices within their layers so that few lines cross: each vertex goes to the mean of
 * those it has lines to, up and down in turns, then neighbours change places where that helps. The
 * best order that was seen is kept.
 */
final class Ordering {
  private static final int SWEEPS = 12;

  /** In larger graphs the sweeps must do. */
  private static final int MOST_SWAPPED = 600;

  private final List<List<Integer>> layers;
  private final List<List<Integer>> up;
  private final List<List<Integer>> down;
  private final int[] place;

  /**
   * @param layers are changed
   */
  Ordering(List<List<Integer>> layers, List<List<Integer>> up, List<List<Integer>> down) {
    this.layers = layers;
    this.up = up;
    this.down = down;
    this.place = new int[up.size()];
    layers.forEach(this::number);
  }

  private void number(List<Integer> layer) {
    for (int i = 0; i < layer.size(); i++) {
      place[layer.get(i)] = i;
    }
  }

  void improve() {
    List<List<Integer>> best = copy();
    long fewest = crossings();
    for (int i = 0; i < SWEEPS && fewest > 0; i++) {
      sweep(i % 2 == 0);
      swap();
      long now = crossings();
      if (now < fewest) {
        fewest = now;
        best = copy();
      }
    }
    for (int i = 0; i < layers.size(); i++) {
      layers.set(i, best.get(i));
    }
  }

  private List<List<Integer>> copy() {
    List<List<Integer>> copy = new ArrayList<>();
    layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
    return copy;
  }

  private void sweep(boolean downwards) {
    for (int i = 1; i < layers.size(); i++) {
      List<Integer> layer = layers.get(downwards ? i : layers.size() - 1 - i);
      List<List<Integer>> beside = downwards ? up : down;
      layer.sort(Comparator.comparingDouble(v -> mean(v, beside.get(v))));
      number(layer);
    }
  }

  private double mean(int vertex, List<Integer> beside) {
    if (up.get(vertex).isEmpty() && down.get(vertex).isEmpty()) {
      return Double.MAX_VALUE;
    }
    return beside.stream().mapToInt(v -> place[v]).average().orElse(place[vertex]);
  }

  private void swap() {
    boolean better = place.length <= MOST_SWAPPED;
    for (int round = 0; round < SWEEPS && better; round++) {
      better = false;
      for (List<Integer> layer : layers) {
        for (int i = 0; i + 1 < layer.size(); i++) {
          int a = layer.get(i);
          int b = layer.get(i + 1);
          if (crossings(a, b) > crossings(b, a)) {
            layer.set(i, b);
            layer.set(i + 1, a);
            number(layer);
            better = true;
          }
        }
      }
    }
  }

  /** The crossings of the lines of two neighbours, the first of them standing first. */
  private int crossings(int first, int second) {
    return crossings(up.get(first), up.get(second)) + crossings(down.get(first), down.get(second));
  }

  private int crossings(List<Integer> first, List<Integer> second) {
    int count = 0;
    for (int a : first) {
      for (int b : second) {
        count += place[a] > place[b] ? 1 : 0;
      }
    }
    return count;
  }

  private long crossings() {
    long count = 0;
    for (int i = 0; i + 1 < layers.size(); i++) {
      count += crossings(layers.get(i), layers.get(i + 1).size());
    }
    return count;
  }

  /** The crossings between a layer and the one behind it, which has so many vertices. */
  private long crossings(List<Integer> layer, int behind) {
    int[] ends = new int[behind + 1];
    long count = 0;
    int seen = 0;
    for (int vertex : layer) {
      List<Integer> targets = down.get(vertex).stream().map(v -> place[v]).toList();
      for (int target : targets) {
        count += seen - upTo(ends, target);
      }
      for (int target : targets) {
        seen++;
        for (int i = target + 1; i <= behind; i += i & -i) {
          ends[i]++;
        }
      }
    }
    return count;
  }

  /** How many of the ends are at this place or before it; {@code ends} is a Fenwick tree. */
  private static int upTo(int[] ends, int target) {
    int sum = 0;
    for (int i = target + 1; i > 0; i -= i & -i) {
      sum += ends[i];
    }
    return sum;
  }
}
