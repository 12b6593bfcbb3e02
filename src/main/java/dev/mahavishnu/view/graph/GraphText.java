package dev.mahavishnu.view.graph;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.StateSign;
import dev.mahavishnu.view.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph for a terminal: drawn where it fits, else as a tree. */
public final class GraphText {
  /** Nobody finds a way in more. */
  private static final int MOST_VERTICES = 400;

  private static final int LONG = 40;
  private static final int SHORT = 14;

  /** The ways to draw a section, the best first. */
  private static final List<Way> WAYS =
      List.of(
          new Way(Direction.ACROSS, true, LONG),
          new Way(Direction.ACROSS, false, LONG),
          new Way(Direction.DOWN, true, LONG),
          new Way(Direction.DOWN, false, LONG),
          new Way(Direction.ACROSS, false, SHORT),
          new Way(Direction.DOWN, false, SHORT));

  private record Way(Direction direction, boolean details, int longest) {}

  /**
   * What came of it.
   *
   * @param note why something is a tree that should be a drawing; else empty
   */
  public record Result(List<String> lines, String note) {
    public Result {
      lines = List.copyOf(lines);
    }
  }

  private final Palette palette;
  private final int width;
  private final Instant now;

  /**
   * @param width cells of a line
   */
  public GraphText(Palette palette, int width, Instant now) {
    this.palette = palette;
    this.width = width;
    this.now = now;
  }

  /** Layers and lines. A section that can't be drawn so is a tree. */
  public Result drawn(Graph graph) {
    List<String> lines = head(graph);
    String note = "";
    for (Section section : graph.sections()) {
      title(section, lines);
      Optional<Layers> layers = layers(section);
      Optional<List<String>> drawing = layers.flatMap(l -> draw(section, l));
      lines.addAll(drawing.orElseGet(() -> new GraphTree(section, palette, now).lines(width)));
      if (drawing.isEmpty() && note.isEmpty()) {
        note =
            layers.isEmpty()
                ? "the graph has too many tasks and lines to draw them here; this is its tree"
                : "the graph does not fit into " + width + " columns; this is its tree";
      }
    }
    more(graph, lines);
    return new Result(lines, note);
  }

  /** Each task once, below the last one it waits for. */
  public List<String> tree(Graph graph) {
    List<String> lines = head(graph);
    for (Section section : graph.sections()) {
      title(section, lines);
      lines.addAll(new GraphTree(section, palette, now).lines(width));
    }
    more(graph, lines);
    return lines;
  }

  private List<String> head(Graph graph) {
    List<String> lines = new ArrayList<>();
    graph
        .run()
        .ifPresent(
            run ->
                lines.add(
                    new Label()
                        .add(
                            StateSign.tone(run.state()),
                            StateSign.of(run.state(), palette, now) + " ")
                        .add(Tone.TITLE, graph.flow())
                        .add(Tone.QUIET, " " + run.id().text() + "  ")
                        .add(StateSign.tone(run.state()), run.state().name())
                        .render(palette, width)));
    return lines;
  }

  private void title(Section section, List<String> lines) {
    if (!section.title().isEmpty()) {
      lines.add("");
      lines.add(new Label().add(Tone.TITLE, section.title()).render(palette, width));
    }
  }

  private static void more(Graph graph, List<String> lines) {
    if (graph.moreSubflows() > 0) {
      lines.add("");
      lines.add("and " + graph.moreSubflows() + " more subflows");
    }
  }

  private static Optional<Layers> layers(Section section) {
    return Layers.of(section.nodes().size(), links(section), MOST_VERTICES);
  }

  static List<Layers.Link> links(Section section) {
    Map<String, Integer> numbers = new HashMap<>();
    section.nodes().forEach(node -> numbers.put(node.key(), numbers.size()));
    List<Layers.Link> links = new ArrayList<>();
    for (Edge edge : section.edges()) {
      Integer from = numbers.get(edge.from());
      Integer to = numbers.get(edge.to());
      if (from != null && to != null) {
        links.add(new Layers.Link(from, to));
      }
    }
    return links;
  }

  private Optional<List<String>> draw(Section section, Layers layers) {
    for (Way way : WAYS) {
      Labels labels = new Labels(palette, now, way.details(), way.longest());
      Optional<List<String>> drawing =
          Drawing.of(
              layers,
              section.nodes().stream().map(labels::of).toList(),
              way.direction(),
              width,
              palette);
      if (drawing.isPresent()) {
        return drawing;
      }
    }
    return Optional.empty();
  }
}
