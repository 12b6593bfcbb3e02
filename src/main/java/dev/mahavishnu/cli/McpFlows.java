package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Call;
import dev.mahavishnu.mcp.ToolResult;
import dev.mahavishnu.shell.FlowFiles;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.DiffView;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.ProblemView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The flows of the workspace for a client: by name, or as the text of a spec, whose files are
 * relative to {@code flows/} as those of a saved flow are. Never by path: a client is not to read
 * files.
 */
final class McpFlows {
  static final int WIDTH = 200;

  /** Without colours. */
  static final Palette PLAIN = new Palette(false, true);

  /** How problems name a text that stands in no file. */
  private static final String SPEC = "spec";

  private final Workbench bench;
  private final JsonMapper mapper = new JsonMapper();

  McpFlows(Workbench bench) {
    this.bench = bench;
  }

  /** A flow as it stands in its file, also one with problems. */
  ToolResult show(Call call) {
    Flows.Entry entry = bench.flows().entryNamed(new McpWords(call.arguments()).text("flow"));
    ObjectNode content = mapper.createObjectNode();
    content.put("flow", entry.name()).put("file", entry.shown()).put("yaml", entry.text());
    entry.source().ifPresent(s -> content.set("spec", mapper.readTree(FlowWriter.json(s.flow()))));
    problems(content, entry.result());
    return new ToolResult.Done(entry.text(), content);
  }

  /** Says whether a flow can run. */
  ToolResult validate(Call call) {
    McpWords words = new McpWords(call.arguments());
    Optional<String> spec = words.maybe("spec");
    if (spec.isPresent() == words.maybe("flow").isPresent()) {
      return new ToolResult.Failed("say one of the two: flow, its name, or spec, its text");
    }
    String text;
    ReadResult result;
    if (spec.isPresent()) {
      text = spec.get();
      result = read(text);
    } else {
      Flows.Entry entry = bench.flows().entryNamed(words.text("flow"));
      text = entry.text();
      result = entry.result();
    }
    ObjectNode content = mapper.createObjectNode();
    problems(content, result);
    return new ToolResult.Done(
        switch (result) {
          case ReadResult.Valid valid -> "valid: " + valid.source().flow().name();
          case ReadResult.Invalid invalid -> lines(invalid.problems(), text);
        },
        content);
  }

  private ReadResult read(String text) {
    return new FlowReader(bench.expressions()).read(SPEC, text, bench.workspace().flows());
  }

  private static void problems(ObjectNode content, ReadResult result) {
    List<Problem> problems =
        switch (result) {
          case ReadResult.Valid _ -> List.of();
          case ReadResult.Invalid invalid -> invalid.problems();
        };
    content.put("valid", problems.isEmpty());
    problems.stream().map(WorkflowValidate::node).forEach(content.putArray("problems")::add);
  }

  private static String lines(List<Problem> problems, String text) {
    return String.join("\n", new ProblemView(PLAIN).lines(problems, text, WIDTH));
  }

  /** What saving would do. */
  String savingQuestion(ObjectNode arguments) {
    Saving saving = saving(arguments);
    return "Save flow `"
        + saving.flow().name()
        + "` to "
        + Workspace.shown(saving.file(), bench.workspace().root())
        + (saving.before().isPresent() ? ", which is there already?\n" : "?\n")
        + saving.difference();
  }

  ToolResult save(Call call) {
    Saving saving = saving(call.arguments());
    try {
      Files.createDirectories(bench.workspace().flows());
      new FlowFiles(bench.workspace().flows()).write(saving.flow(), saving.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String file = Workspace.shown(saving.file(), bench.workspace().root());
    ObjectNode content = mapper.createObjectNode();
    content.put("flow", saving.flow().name()).put("file", file);
    content.put("difference", saving.difference());
    String difference = saving.difference();
    return new ToolResult.Done(
        "saved as " + file + "\n" + (difference.isEmpty() ? "nothing changed" : difference),
        content);
  }

  /**
   * A flow to be written.
   *
   * @param before what the file holds, where that is a flow
   */
  private record Saving(Flow flow, Path file, Optional<Flow> before) {
    String difference() {
      return McpFlows.difference(before, flow);
    }
  }

  private Saving saving(ObjectNode arguments) {
    String text = new McpWords(arguments).text("spec");
    Flow flow =
        switch (read(text)) {
          case ReadResult.Valid valid -> valid.source().flow();
          case ReadResult.Invalid invalid ->
              throw CommandFailure.usage(
                  "the spec has problems:\n" + lines(invalid.problems(), text));
        };
    Optional<Flows.Entry> there =
        bench.flows().ofWorkspace().stream()
            .filter(entry -> entry.name().equals(flow.name()))
            .findFirst();
    Path file =
        there
            .map(Flows.Entry::file)
            .orElseGet(() -> new FlowFiles(bench.workspace().flows()).file(flow));
    return new Saving(flow, file, there.flatMap(Flows.Entry::source).map(s -> s.flow()));
  }

  /** What is different; of a flow that is new, all of it. */
  static String difference(Optional<Flow> before, Flow after) {
    return before
        .map(flow -> DiffView.lines(Diff.between(flow, after), PLAIN, WIDTH))
        .orElseGet(() -> DiffView.added(after, PLAIN, WIDTH))
        .stream()
        .collect(Collectors.joining("\n"));
  }
}
