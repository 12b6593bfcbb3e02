package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Call;
import dev.mahavishnu.mcp.ToolResult;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.shell.FlowFiles;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Problem;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sentence as a proposal: by the model in force, else by the offline planner. Nothing is saved or
 * run.
 */
final class McpPlans {
  private final Workbench bench;
  private final McpCommands commands;
  private final JsonMapper mapper = new JsonMapper();

  McpPlans(Workbench bench, McpCommands commands) {
    this.bench = bench;
    this.commands = commands;
  }

  ToolResult plan(Call call) {
    McpWords words = new McpWords(call.arguments());
    Optional<Flow> draft = words.maybe("flow").map(name -> bench.flows().named(name).flow());
    // A client that takes the call back stops the model, as Ctrl-C does.
    McpStops stops = new McpStops();
    call.onCancel(stops::stop);
    Workbench child = commands.bench(new ByteArrayOutputStream(), stops);
    Proposal proposal =
        new SentencePlan(child, OutputFormat.JSON).plan(words.text("sentence"), draft);
    return switch (proposal) {
      case Proposal.Proposed p -> proposed(p, draft);
      case Proposal.Question q -> question(q);
      case Proposal.NotUnderstood n -> notUnderstood(n);
      case Proposal.Refused r -> failed("refused", r.reason());
      case Proposal.Invalid i ->
          failed(
              "invalid",
              "what was meant is no valid flow\n"
                  + i.problems().stream().map(Problem::text).collect(Collectors.joining("\n")));
      case Proposal.Answered _ -> failed("answered", "that asks for an answer, not for a flow");
      case Proposal.Unavailable u -> failed("unavailable", u.reason());
      case Proposal.Stopped _ -> failed("stopped", "stopped");
    };
  }

  /** As it would stand in the folder of flows, and what is different from what stands there. */
  private ToolResult proposed(Proposal.Proposed proposed, Optional<Flow> draft) {
    FlowFiles files = new FlowFiles(bench.workspace().flows());
    Flow flow =
        draft.isPresent()
            ? proposed.flow()
            : files.asWritten(proposed.flow(), bench.workspace().root());
    Optional<Flow> before =
        draft.or(() -> bench.flows().source(flow.name()).map(source -> source.flow()));
    String difference = McpFlows.difference(before, flow);
    String yaml = FlowWriter.yaml(flow);
    ObjectNode content = outcome("proposed");
    content.put("flow", flow.name()).put("yaml", yaml).put("difference", difference);
    content.put("new", before.isEmpty());
    ArrayNode notes = content.putArray("notes");
    proposed.notes().forEach(notes::add);
    // All of a new flow is different, and stands below.
    Stream<String> changes =
        before.isEmpty()
            ? Stream.of("a new flow.")
            : Stream.of(
                "what changes in " + flow.name() + ":",
                difference.isEmpty() ? "nothing" : difference);
    Stream<String> text =
        Stream.of(
                changes,
                proposed.notes().stream().map(note -> "note: " + note),
                Stream.of("Nothing is saved or run. As save_flow takes it:", yaml))
            .flatMap(s -> s);
    return new ToolResult.Done(text.collect(Collectors.joining("\n")), content);
  }

  private ToolResult question(Proposal.Question question) {
    ObjectNode content = outcome("question").put("question", question.text());
    ArrayNode choices = content.putArray("choices");
    question
        .choices()
        .forEach(c -> choices.addObject().put("label", c.label()).put("sentence", c.request()));
    String text =
        Stream.concat(
                Stream.of(question.text()),
                question.choices().stream().map(c -> "- " + c.label() + ": " + c.request()))
            .collect(Collectors.joining("\n"));
    return new ToolResult.Done(text, content);
  }

  private ToolResult notUnderstood(Proposal.NotUnderstood not) {
    ObjectNode content = outcome("not_understood");
    ArrayNode parts = content.putArray("parts");
    for (Proposal.Unclear part : not.parts()) {
      parts
          .addObject()
          .put("words", part.words())
          .put("why", part.why())
          .put("form", part.form())
          .put("example", part.example());
    }
    List<String> lines =
        not.parts().stream()
            .map(
                p ->
                    "not understood: `"
                        + p.words()
                        + "`; understood is "
                        + p.form()
                        + ", as in: "
                        + p.example())
            .toList();
    return new ToolResult.Failed(String.join("\n", lines), Optional.of(content));
  }

  private ToolResult failed(String outcome, String reason) {
    return new ToolResult.Failed(reason, Optional.of(outcome(outcome).put("reason", reason)));
  }

  private ObjectNode outcome(String outcome) {
    return mapper.createObjectNode().put("outcome", outcome);
  }
}
