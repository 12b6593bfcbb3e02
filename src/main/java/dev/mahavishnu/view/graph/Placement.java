package dev.mahavishnu.view.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * Gives each vertex its place across the layers: in the order of its layer and at its distance from
 * its neighbours, as near as that allows to the mean of those it has lines to. Lines of several
 * layers are kept straight before others.
 */
final class Placement {
  private static final int SWEEPS = 10;
  private static final int SETTLING = 5;
  private static final int SMALL_STEP = 2;
  private static final int WEIGHT_OF_BEND = 6;

  /** What has no lines is the last of its layer, and stands as near to the others as it may. */
  private static final double FAR_BEFORE = -1e6;

  private static final double NEARLY_NONE = 1e-9;

  private final Layers layers;
  private final int[] extent;
  private final IntBinaryOperator gap;
  private final int[] centre;

  /** Vertices that are pushed against each other and move as one. */
  private record Block(double sum, double weight, int count) {
    double place() {
      return sum / weight;
    }

    Block and(Block next) {
      return new Block(sum + next.sum, weight + next.weight, count + next.count);
    }
  }

  private Placement(Layers layers, int[] extent, IntBinaryOperator gap) {
    this.layers = layers;
    this.extent = extent;
    this.gap = gap;
    this.centre = new int[layers.size()];
  }

  /**
   * @param extent of each vertex across the layers, at least 1
   * @param gap between two neighbours of a layer
   * @param room most cells next to each other that no vertex of any layer has
   * @return the centre of each vertex, of an even extent the first of the two; the lowest vertex
   *     begins at 0
   */
  static int[] of(Layers layers, int[] extent, IntBinaryOperator gap, int room) {
    Placement placement = new Placement(layers, extent, gap);
    placement.pack();
    for (int i = 0; i < SWEEPS; i++) {
      placement.sweep(true, false);
      placement.sweep(false, true);
    }
    for (int i = 0; i < SETTLING; i++) {
      placement.sweep(true, true);
    }
    layers.layers().forEach(placement::straighten);
    placement.compress(room);
    return placement.centre;
  }

  /** Cells of a vertex before its centre. */
  private int before(int vertex) {
    return (extent[vertex] - 1) / 2;
  }

  private int distance(int vertex, int next) {
    return extent[vertex] - before(vertex) + gap.applyAsInt(vertex, next) + before(next);
  }

  private void pack() {
    for (List<Integer> layer : layers.layers()) {
      for (int i = 1; i < layer.size(); i++) {
        int last = layer.get(i - 1);
        centre[layer.get(i)] = centre[last] + distance(last, layer.get(i));
      }
    }
  }

  private void sweep(boolean up, boolean down) {
    List<List<Integer>> all = up ? layers.layers() : layers.layers().reversed();
    for (List<Integer> layer : all) {
      place(layer, up, down);
    }
  }

  /** The least squares under the distances: vertices that want to pass each other share a place. */
  private void place(List<Integer> layer, boolean up, boolean down) {
    List<Block> blocks = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < layer.size(); i++) {
      int vertex = layer.get(i);
      offset += i == 0 ? 0 : distance(layer.get(i - 1), vertex);
      double weight = weight(vertex);
      Block block = new Block((wish(vertex, up, down) - offset) * weight, weight, 1);
      while (!blocks.isEmpty() && blocks.getLast().place() >= block.place()) {
        block = blocks.removeLast().and(block);
      }
      blocks.add(block);
    }
    int at = 0;
    offset = 0;
    for (Block block : blocks) {
      // Of two places equally near the first, so that a task stands beside the first of two; for
      // several together the last, or all of them would move at each sweep.
      double half = block.place() + (block.count() > 1 ? 0.5 : -0.5);
      int place = (int) (block.count() > 1 ? Math.floor(half) : Math.ceil(half));
      for (int i = 0; i < block.count(); i++, at++) {
        offset += at == 0 ? 0 : distance(layer.get(at - 1), layer.get(at));
        centre[layer.get(at)] = place + offset;
      }
    }
  }

  private double weight(int vertex) {
    if (layers.isAlone(vertex)) {
      return NEARLY_NONE;
    }
    return layers.isBend(vertex) ? WEIGHT_OF_BEND : 1;
  }

  /** Where rounding left a small step in a line that could be straight. */
  private void straighten(List<Integer> layer) {
    for (int i = 0; i < layer.size(); i++) {
      int vertex = layer.get(i);
      List<Integer> up = layers.up(vertex);
      if (up.size() != 1 || layers.down(up.getFirst()).size() != 1) {
        continue;
      }
      int place = centre[up.getFirst()];
      boolean free =
          (i == 0 || centre[layer.get(i - 1)] + distance(layer.get(i - 1), vertex) <= place)
              && (i + 1 == layer.size()
                  || place + distance(vertex, layer.get(i + 1)) <= centre[layer.get(i + 1)]);
      if (free && Math.abs(place - centre[vertex]) <= SMALL_STEP) {
        centre[vertex] = place;
      }
    }
  }

  private double wish(int vertex, boolean up, boolean down) {
    if (layers.isAlone(vertex)) {
      return FAR_BEFORE;
    }
    List<Integer> beside = new ArrayList<>();
    if (up) {
      beside.addAll(layers.up(vertex));
    }
    if (down) {
      beside.addAll(layers.down(vertex));
    }
    double sum = 0;
    double weights = 0;
    for (int other : beside) {
      double weight = layers.isBend(vertex) && layers.isBend(other) ? WEIGHT_OF_BEND : 1;
      sum += centre[other] * weight;
      weights += weight;
    }
    return weights == 0 ? centre[vertex] : sum / weights;
  }

  /** Takes out what room nothing needs: parts without lines between them may be far apart. */
  private void compress(int room) {
    List<Integer> vertices =
        IntStream.range(0, centre.length)
            .boxed()
            .sorted(Comparator.comparingInt(this::first))
            .toList();
    int end = vertices.isEmpty() ? 0 : first(vertices.getFirst());
    int out = end;
    int[] to = new int[centre.length];
    for (int vertex : vertices) {
      out += Math.max(0, first(vertex) - end - room);
      end = Math.max(end, first(vertex) + extent[vertex]);
      to[vertex] = centre[vertex] - out;
    }
    System.arraycopy(to, 0, centre, 0, to.length);
  }

  private int first(int vertex) {
    return centre[vertex] - before(vertex);
  }
}
