package dev.mahavishnu.view.graph;

import dev.mahavishnu.view.Markup;
import dev.mahavishnu.view.StateSign;
import dev.mahavishnu.view.Tone;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A graph as a picture: SVG without scripts, and without anything that is somewhere else. */
public final class GraphSvg {
  /** More makes a picture that no browser likes to move. */
  private static final int MOST_VERTICES = 3_000;

  /** Pixels of a page; what is wider goes down, if that is narrower. */
  private static final int WIDE = 1_240;

  private static final int MARGIN = 12;
  private static final int TITLE = 30;
  private static final String ROOT = "mahavishnu-graph";

  private final Graph graph;

  public GraphSvg(Graph graph) {
    this.graph = graph;
  }

  /** A section that is measured. */
  private record Placed(Section section, Layers layers, SvgBoxes boxes) {
    int height() {
      return boxes.height() + (section.title().isEmpty() ? 0 : TITLE);
    }
  }

  /** The style of a picture, for a page that has some. */
  public static String style() {
    try (InputStream in = GraphSvg.class.getResourceAsStream("graph.css")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document by itself; empty where the graph is too large. */
  public Optional<String> document() {
    return picture(true).map(svg -> "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg + "\n");
  }

  /** A part of a page that has the {@link #style}; empty where the graph is too large. */
  public Optional<String> inline() {
    return picture(false);
  }

  private Optional<String> picture(boolean alone) {
    List<Placed> placed = new ArrayList<>();
    for (Section section : graph.sections()) {
      Optional<Layers> layers =
          Layers.of(section.nodes().size(), GraphText.links(section), MOST_VERTICES);
      if (layers.isEmpty()) {
        return Optional.empty();
      }
      placed.add(place(section, layers.get()));
    }
    return Optional.of(draw(placed, alone));
  }

  private static Placed place(Section section, Layers layers) {
    SvgBoxes across = new SvgBoxes(section.nodes(), layers, Direction.ACROSS);
    if (across.width() <= WIDE) {
      return new Placed(section, layers, across);
    }
    SvgBoxes down = new SvgBoxes(section.nodes(), layers, Direction.DOWN);
    return new Placed(section, layers, down.width() < across.width() ? down : across);
  }

  private String draw(List<Placed> placed, boolean alone) {
    int width = placed.stream().mapToInt(p -> p.boxes().width()).max().orElse(0) + 2 * MARGIN;
    int height = placed.stream().mapToInt(p -> p.height() + MARGIN).sum() + MARGIN;
    Markup svg = new Markup();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "class",
        ROOT,
        "role",
        "img",
        "aria-label",
        "graph of " + graph.flow(),
        "width",
        String.valueOf(width),
        "height",
        String.valueOf(height),
        "viewBox",
        "0 0 " + width + " " + height);
    if (alone) {
      svg.line().open("style").trusted(style()).close();
      svg.line().empty("rect", "class", "ground", "width", "100%", "height", "100%");
    }
    svg.line()
        .trusted(
            "<defs><marker id=\"tip\" class=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\""
                + " markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
                + "<path d=\"M0 0 L8 4 L0 8 z\"/></marker></defs>");
    int top = MARGIN;
    for (Placed section : placed) {
      section(svg, section, top);
      top += section.height() + MARGIN;
    }
    return svg.line().close().toString();
  }

  private static void section(Markup svg, Placed placed, int top) {
    String title = placed.section().title();
    int shift = title.isEmpty() ? 0 : TITLE;
    svg.line().open("g", "transform", "translate(" + MARGIN + " " + (top + shift) + ")");
    if (!title.isEmpty()) {
      svg.line().element("text", title, "class", "title", "x", "0", "y", "-10");
    }
    List<List<Integer>> layers = placed.layers().layers();
    for (int layer = 0; layer < layers.size(); layer++) {
      for (int vertex : layers.get(layer)) {
        lines(svg, placed, layer, vertex);
      }
    }
    for (int layer = 0; layer < layers.size(); layer++) {
      for (int vertex : layers.get(layer)) {
        if (!placed.layers().isBend(vertex)) {
          box(svg, placed.section().nodes().get(vertex), placed.boxes().corner(vertex, layer));
        }
      }
    }
    svg.line().close();
  }

  private static void lines(Markup svg, Placed placed, int layer, int vertex) {
    if (placed.layers().isBend(vertex)) {
      svg.line().empty("path", "class", "edge", "d", placed.boxes().past(layer, vertex));
    }
    for (int to : placed.layers().down(vertex)) {
      String way = placed.boxes().way(layer, vertex, to);
      if (placed.layers().isBend(to)) {
        svg.line().empty("path", "class", "edge", "d", way);
      } else {
        svg.line().empty("path", "class", "edge", "marker-end", "url(#tip)", "d", way);
      }
    }
  }

  private static void box(Markup svg, GraphNode node, List<Integer> corner) {
    int x = corner.getFirst();
    int y = corner.getLast();
    String width = String.valueOf(SvgBoxes.width(node));
    Tone tone = node.standing().map(s -> StateSign.tone(s.state())).orElse(Tone.PLAIN);
    svg.line()
        .open(
            "g",
            "class",
            "node " + tone.name().toLowerCase(Locale.ROOT),
            "transform",
            "translate(" + x + " " + y + ")");
    svg.element("title", node.key() + ": " + SvgBoxes.below(node));
    if (node.items().isPresent()) {
      svg.empty(
          "rect", "class", "box", "x", "4", "y", "-4", "rx", "6", "width", width, "height", "40");
    }
    svg.empty("rect", "class", "box", "rx", "6", "width", width, "height", "40");
    svg.empty("rect", "class", "mark", "x", "6", "y", "8", "rx", "2", "width", "4", "height", "24");
    svg.element("text", SvgBoxes.name(node), "class", "name", "x", "18", "y", "17");
    svg.element("text", SvgBoxes.below(node), "class", "below", "x", "18", "y", "32");
    svg.close();
  }
}
