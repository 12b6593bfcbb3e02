package dev.mahavishnu.cli;

import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.graph.Graph;
import dev.mahavishnu.view.graph.GraphDot;
import dev.mahavishnu.view.graph.GraphJson;
import dev.mahavishnu.view.graph.GraphMermaid;
import dev.mahavishnu.view.graph.GraphSvg;
import dev.mahavishnu.view.graph.GraphText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form a graph is given, and where to. */
final class GraphOutput {
  /** Columns of a drawing that goes to no terminal; lines of a file are read in one, too. */
  private static final int COLUMNS = 120;

  /** For whom a graph is drawn. */
  enum Form {
    /** Layers and lines; a tree where they do not fit. */
    TEXT,
    TREE,
    MERMAID,
    DOT,
    SVG,
    JSON
  }

  @Option(
      names = {"--format", "--output"},
      paramLabel = "FORMAT",
      description =
          "text (drawn), tree, mermaid, dot, svg or json; by default as the name of -o says, else"
              + " text.")
  @Nullable Form said;

  @Option(names = "-o", paramLabel = "FILE", description = "Write it to this file.")
  @Nullable String file;

  /** Gives the graph as it was asked for. */
  int give(Workbench bench, Graph graph) {
    List<String> lines = lines(bench, graph);
    if (file == null) {
      lines.forEach(bench.out()::println);
    } else {
      bench.out().println(new NewFile(bench, file).write(String.join("\n", lines) + "\n"));
    }
    return ExitCode.COMPLETED;
  }

  private Form form() {
    if (said != null) {
      return said;
    }
    String name = file == null ? "" : file.toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "svg" -> Form.SVG;
      case "dot", "gv" -> Form.DOT;
      case "mmd", "mermaid" -> Form.MERMAID;
      case "json" -> Form.JSON;
      default -> Form.TEXT;
    };
  }

  private List<String> lines(Workbench bench, Graph graph) {
    return switch (form()) {
      case TEXT -> drawn(bench, graph);
      case TREE -> text(bench, bench.width()).tree(graph);
      case MERMAID -> new GraphMermaid(graph).lines();
      case DOT -> new GraphDot(graph).lines();
      case JSON -> List.of(GraphJson.line(graph));
      case SVG ->
          new GraphSvg(graph)
              .document()
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          "the graph is too large for a picture; --output dot is for Graphviz"))
              .lines()
              .toList();
    };
  }

  private GraphText text(Workbench bench, int width) {
    Palette palette = bench.palette();
    return new GraphText(
        new Palette(palette.color() && file == null, palette.unicode()),
        width,
        bench.env().clock().instant());
  }

  private List<String> drawn(Workbench bench, Graph graph) {
    boolean terminal = file == null && bench.env().screen().stdout();
    GraphText.Result result = text(bench, terminal ? bench.width() : COLUMNS).drawn(graph);
    if (!result.note().isEmpty()) {
      bench.err().println(result.note() + " (--output svg has the picture)");
    }
    return result.lines();
  }
}
