package dev.mahavishnu.view.graph;

import dev.mahavishnu.view.Palette;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws vertices and their lines on a terminal: a vertex is its label, a line ends in a tip before
 * it. Where several lines of different meaning come to a vertex, each has a tip of its own, and a
 * bracket takes them together.
 */
final class Drawing {
  /** Numbers of the nets that are brackets begin here. */
  private static final int BRACKETS = 1 << 20;

  private final Layers layers;
  private final List<Label> labels;
  private final Direction direction;
  private final Plan plan;
  private final Canvas canvas;

  private Drawing(
      Layers layers, List<Label> labels, Direction direction, Plan plan, Palette palette) {
    this.layers = layers;
    this.labels = labels;
    this.direction = direction;
    this.plan = plan;
    this.canvas =
        isAcross()
            ? new Canvas(plan.length(), plan.breadth(), palette)
            : new Canvas(plan.breadth(), plan.length(), palette);
  }

  /**
   * @param labels of the vertices that are no bends; of signs of one cell
   * @param width most cells of a line
   * @return empty where it would be wider
   */
  static Optional<List<String>> of(
      Layers layers, List<Label> labels, Direction direction, int width, Palette palette) {
    Plan plan = new Plan(layers, labels, direction);
    int needs = direction == Direction.ACROSS ? plan.length() : plan.breadth();
    if (needs > width) {
      return Optional.empty();
    }
    Drawing drawing = new Drawing(layers, labels, direction, plan, palette);
    for (int layer = 0; layer < layers.layers().size(); layer++) {
      drawing.lines(layer);
      drawing.vertices(layer);
    }
    return Optional.of(drawing.canvas.lines());
  }

  private boolean isAcross() {
    return direction == Direction.ACROSS;
  }

  private void lines(int layer) {
    List<Bundles.Bundle> leaving = plan.bundles().leaving(layer);
    for (int net = 0; net < leaving.size(); net++) {
      for (int source : leaving.get(net).sources()) {
        entry(net, plan.begin(layer, source), plan.centre(source));
      }
      for (Map.Entry<Integer, Integer> end : plan.entries(layer, net).entrySet()) {
        joint(net, end(layer + 1, end.getKey()), end.getValue());
      }
      straight(layer, net, leaving.get(net));
    }
    for (Channel.Trunk trunk : plan.channel(layer).trunks()) {
      trunk(layer, trunk, leaving.get(trunk.net()));
    }
  }

  private void straight(int layer, int net, Bundles.Bundle bundle) {
    boolean hasTrunk = plan.channel(layer).trunks().stream().anyMatch(t -> t.net() == net);
    if (!hasTrunk) {
      int source = bundle.sources().getFirst();
      int target = bundle.targets().getFirst();
      along(net, plan.begin(layer, source), end(layer + 1, target), plan.centre(source));
    }
  }

  private void trunk(int layer, Channel.Trunk trunk, Bundles.Bundle bundle) {
    int net = trunk.net();
    int track = plan.track(layer, trunk.track());
    across(net, track, trunk.first(), trunk.last());
    if (trunk.origin() >= 0) {
      trunk.from().forEach(row -> along(net, plan.track(layer, trunk.origin()), track, row));
    } else {
      bundle.sources().forEach(v -> along(net, plan.begin(layer, v), track, plan.centre(v)));
    }
    if (!trunk.to().isEmpty()) {
      plan.entries(layer, net)
          .forEach((target, row) -> along(net, track, end(layer + 1, target), row));
    }
  }

  /** Where the lines to a vertex end: at its tip. */
  private int end(int layer, int vertex) {
    return plan.bundles().entries(vertex) > 1 ? plan.arrow(layer) : plan.end(layer);
  }

  private void vertices(int layer) {
    for (int vertex : layers.layers().get(layer)) {
      if (layers.isBend(vertex)) {
        continue;
      }
      List<Integer> entries = plan.entries(vertex);
      entries.forEach(row -> tip(end(layer, vertex), row));
      if (entries.size() > 1) {
        bracket(BRACKETS + vertex, plan.end(layer), entries, plan.centre(vertex));
      }
      int row = plan.centre(vertex) + plan.rowShift();
      Label label = labels.get(vertex);
      if (isAcross()) {
        canvas.text(plan.labelAt(layer), row, label);
      } else {
        canvas.text(row - (plan.width(vertex) - 1) / 2, plan.labelAt(layer), label);
      }
    }
  }

  private void bracket(int net, int at, List<Integer> entries, int centre) {
    across(net, at, entries.getFirst(), entries.getLast());
    entries.forEach(row -> entry(net, at, row));
    joint(net, at, centre);
  }

  private void along(int net, int from, int to, int row) {
    int shifted = row + plan.rowShift();
    if (isAcross()) {
      canvas.line(net, from, shifted, to, shifted);
    } else {
      canvas.line(net, shifted, from, shifted, to);
    }
  }

  private void across(int net, int at, int first, int last) {
    int from = first + plan.rowShift();
    int to = last + plan.rowShift();
    if (isAcross()) {
      canvas.line(net, at, from, at, to);
    } else {
      canvas.line(net, from, at, to, at);
    }
  }

  private void entry(int net, int at, int row) {
    canvas.entry(net, x(at, row), y(at, row), isAcross());
  }

  private void joint(int net, int at, int row) {
    canvas.joint(net, x(at, row), y(at, row), isAcross());
  }

  private void tip(int at, int row) {
    canvas.tip(x(at, row), y(at, row), isAcross());
  }

  private int x(int at, int row) {
    return isAcross() ? at : row + plan.rowShift();
  }

  private int y(int at, int row) {
    return isAcross() ? row + plan.rowShift() : at;
  }
}
