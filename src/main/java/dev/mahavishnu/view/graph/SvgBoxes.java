package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the boxes of a section stand in a picture. All measures are pixels. */
final class SvgBoxes {
  static final int HEIGHT = 40;
  private static final int LEAST_WIDTH = 84;
  private static final int NAME = 8;
  private static final int SMALL = 7;
  private static final int PADDING = 32;
  private static final int BETWEEN_LAYERS = 56;
  private static final int BETWEEN_LINES = 24;

  /** Cells of the longest name that is shown whole. */
  static final int LONGEST = 40;

  private final List<GraphNode> nodes;
  private final Layers layers;
  private final Direction direction;
  private final int[] centre;
  private final int[] start;
  private final int[] size;

  SvgBoxes(List<GraphNode> nodes, Layers layers, Direction direction) {
    this.nodes = nodes;
    this.layers = layers;
    this.direction = direction;
    int[] extent = new int[layers.size()];
    Arrays.setAll(extent, v -> layers.isBend(v) ? 1 : isAcross() ? HEIGHT : width(nodes.get(v)));
    this.centre =
        Placement.of(
            layers,
            extent,
            (a, b) -> layers.isBend(a) && layers.isBend(b) ? BETWEEN_LINES / 2 : BETWEEN_LINES,
            BETWEEN_LINES);
    this.start = new int[layers.layers().size()];
    this.size = new int[layers.layers().size()];
    int at = 0;
    for (int layer = 0; layer < size.length; layer++) {
      start[layer] = at;
      size[layer] = isAcross() ? widest(layers.layers().get(layer)) : HEIGHT;
      at += size[layer] + BETWEEN_LAYERS;
    }
  }

  private boolean isAcross() {
    return direction == Direction.ACROSS;
  }

  private int widest(List<Integer> layer) {
    return layer.stream()
        .filter(v -> !layers.isBend(v))
        .mapToInt(v -> width(nodes.get(v)))
        .max()
        .orElse(0);
  }

  static String name(GraphNode node) {
    return Cells.fit(node.name(), LONGEST);
  }

  /** What stands under the name. */
  static String below(GraphNode node) {
    String rule = node.rule() == RunIf.ALL_SUCCESS ? "" : " if " + node.rule().text();
    String failed =
        node.items().filter(i -> i.failed() > 0).map(i -> " " + i.failed() + " failed").orElse("");
    return Cells.fit(GraphMermaid.below(node) + failed + rule, LONGEST + 5);
  }

  static int width(GraphNode node) {
    int text = Math.max(Cells.width(name(node)) * NAME, Cells.width(below(node)) * SMALL);
    return Math.max(LEAST_WIDTH, text + PADDING);
  }

  /** A point by its place along the direction and across it. */
  private String point(int along, int across) {
    return isAcross() ? along + " " + across : across + " " + along;
  }

  /** The corner of a box. */
  List<Integer> corner(int vertex, int layer) {
    int width = width(nodes.get(vertex));
    return isAcross()
        ? List.of(start[layer], centre[vertex] - (HEIGHT - 1) / 2)
        : List.of(centre[vertex] - (width - 1) / 2, start[layer]);
  }

  private int end(int layer, int vertex) {
    return layers.isBend(vertex) || !isAcross()
        ? start[layer] + size[layer]
        : start[layer] + width(nodes.get(vertex));
  }

  /** The way of a line from a vertex of a layer to one of the next. */
  String way(int layer, int from, int to) {
    int begin = end(layer, from);
    int end = start[layer + 1];
    int middle = (start[layer] + size[layer] + end) / 2;
    return "M"
        + point(begin, centre[from])
        + " L"
        + point(start[layer] + size[layer], centre[from])
        + " C"
        + point(middle, centre[from])
        + " "
        + point(middle, centre[to])
        + " "
        + point(end, centre[to]);
  }

  /** The way of a line past a layer. */
  String past(int layer, int bend) {
    return "M"
        + point(start[layer], centre[bend])
        + " L"
        + point(start[layer] + size[layer], centre[bend]);
  }

  int width() {
    return isAcross() ? length() : breadth();
  }

  int height() {
    return isAcross() ? breadth() : length();
  }

  private int length() {
    return size.length == 0 ? 0 : start[size.length - 1] + size[size.length - 1];
  }

  private int breadth() {
    List<Integer> ends = new ArrayList<>(List.of(0));
    for (int vertex = 0; vertex < centre.length; vertex++) {
      int extent = layers.isBend(vertex) ? 1 : isAcross() ? HEIGHT : width(nodes.get(vertex));
      ends.add(centre[vertex] - (extent - 1) / 2 + extent);
    }
    return java.util.Collections.max(ends);
  }
}
