package dev.mahavishnu.view.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where everything of a drawing stands. Its cells have a place along the direction of the drawing
 * and a row across it.
 */
final class Plan {

  private final Layers layers;
  private final List<Label> labels;
  private final Direction direction;
  private final Bundles bundles;
  private final int[] centre;
  private final List<List<Map<Integer, Integer>>> ports = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final int[] labelAt;
  private final int[] channelAt;
  private final int[] arrowAt;
  private final boolean[] bracketed;
  private int rowShift;

  Plan(Layers layers, List<Label> labels, Direction direction) {
    this.layers = layers;
    this.labels = labels;
    this.direction = direction;
    this.bundles = new Bundles(layers);
    int[] extent = new int[layers.size()];
    Arrays.setAll(extent, this::extent);
    this.centre = Placement.of(layers, extent, this::gap, isAcross() ? 0 : 2);
    int count = layers.layers().size();
    this.labelAt = new int[count];
    this.channelAt = new int[count];
    this.arrowAt = new int[count];
    this.bracketed = new boolean[count];
    for (int layer = 0; layer < count; layer++) {
      route(layer);
      measure(layer);
    }
    shift();
  }

  private boolean isAcross() {
    return direction == Direction.ACROSS;
  }

  private int extent(int vertex) {
    int entries = Math.max(1, bundles.entries(vertex));
    return isAcross() ? entries : Math.max(width(vertex), 2 * entries - 1);
  }

  private int gap(int vertex, int next) {
    return isAcross() ? 0 : layers.isBend(vertex) && layers.isBend(next) ? 1 : 2;
  }

  /** Cells of a label; a bend has one. */
  int width(int vertex) {
    return layers.isBend(vertex) ? 1 : Math.max(1, labels.get(vertex).width());
  }

  /** Gives each bundle its entries at its targets, in the order of where the bundles come from. */
  private void route(int layer) {
    List<Bundles.Bundle> leaving = bundles.leaving(layer);
    List<Bundles.Bundle> inOrder =
        leaving.stream().sorted(Comparator.comparingDouble(b -> b.middle(centre))).toList();
    Map<Integer, Integer> taken = new HashMap<>();
    Map<Bundles.Bundle, Map<Integer, Integer>> rows = new HashMap<>();
    for (Bundles.Bundle bundle : inOrder) {
      Map<Integer, Integer> ofBundle = new TreeMap<>();
      for (int target : bundle.targets()) {
        int port = taken.merge(target, 1, Integer::sum) - 1;
        ofBundle.put(target, entry(target, port));
      }
      rows.put(bundle, ofBundle);
    }
    List<Map<Integer, Integer>> entries = new ArrayList<>();
    List<Channel.Net> nets = new ArrayList<>();
    for (Bundles.Bundle bundle : leaving) {
      Map<Integer, Integer> ofBundle = rows.getOrDefault(bundle, Map.of());
      entries.add(ofBundle);
      nets.add(
          new Channel.Net(
              bundle.sources().stream().map(v -> centre[v]).sorted().toList(),
              ofBundle.values().stream().sorted().toList()));
    }
    ports.add(entries);
    channels.add(new Channel(nets));
  }

  /** The row of an entry of a vertex. */
  private int entry(int vertex, int port) {
    int entries = bundles.entries(vertex);
    return isAcross()
        ? centre[vertex] - (entries - 1) / 2 + port
        : centre[vertex] - (entries - 1) + 2 * port;
  }

  private void measure(int layer) {
    List<Integer> vertices = layers.layers().get(layer);
    if (layer > 0) {
      int tracks = channels.get(layer - 1).tracks();
      int steps = isAcross() ? (tracks == 0 ? 2 : 1 + 2 * tracks) : tracks;
      arrowAt[layer] = channelAt[layer - 1] + steps;
      bracketed[layer] = vertices.stream().anyMatch(v -> bundles.entries(v) > 1);
      labelAt[layer] = end(layer) + (isAcross() ? 2 : 1);
    }
    int size =
        isAcross()
            ? vertices.stream().filter(v -> !layers.isBend(v)).mapToInt(this::width).max().orElse(1)
            : 1;
    channelAt[layer] = labelAt[layer] + size + (isAcross() ? 1 : 0);
  }

  /** A line may have gone round on a row before the first one. */
  private void shift() {
    int lowest = channels.stream().flatMap(c -> c.rows().stream()).reduce(0, Math::min);
    rowShift = -lowest;
  }

  /** Rows before the first one of {@link #centre}. */
  int rowShift() {
    return rowShift;
  }

  int centre(int vertex) {
    return centre[vertex];
  }

  /** Where the labels of a layer begin. */
  int labelAt(int layer) {
    return labelAt[layer];
  }

  /** Where the tips of the lines stand that come to a vertex with several entries. */
  int arrow(int layer) {
    return arrowAt[layer];
  }

  /** The last place of the lines that come to a layer. */
  int end(int layer) {
    return arrowAt[layer] + (bracketed[layer] ? 1 : 0);
  }

  /** Where the lines of a vertex begin. */
  int begin(int layer, int vertex) {
    if (layers.isBend(vertex)) {
      return end(layer) + 1;
    }
    return labelAt[layer] + (isAcross() ? width(vertex) + 1 : 1);
  }

  /** Where a track behind a layer is. */
  int track(int layer, int track) {
    return channelAt[layer] + (isAcross() ? 1 + 2 * track : track);
  }

  Channel channel(int layer) {
    return channels.get(layer);
  }

  Bundles bundles() {
    return bundles;
  }

  /** The rows at which a bundle that leaves a layer comes to its targets, by target. */
  Map<Integer, Integer> entries(int layer, int bundle) {
    return ports.get(layer).get(bundle);
  }

  /** The rows at which lines come to a vertex, the lowest first. */
  List<Integer> entries(int vertex) {
    List<Integer> rows = new ArrayList<>();
    for (int port = 0; port < bundles.entries(vertex); port++) {
      rows.add(entry(vertex, port));
    }
    return rows;
  }

  /** Places along the direction. */
  int length() {
    int last = layers.layers().size() - 1;
    return channelAt[last] - (isAcross() ? 1 : 0);
  }

  /** Rows across it. */
  int breadth() {
    int last = channels.stream().flatMap(c -> c.rows().stream()).reduce(0, Math::max);
    for (int vertex = 0; vertex < layers.size(); vertex++) {
      last = Math.max(last, centre[vertex] - (extent(vertex) - 1) / 2 + extent(vertex) - 1);
    }
    return last + rowShift + 1;
  }
}
