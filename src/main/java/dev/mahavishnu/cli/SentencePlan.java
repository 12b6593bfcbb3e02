package dev.mahavishnu.cli;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.plan.offline.OfflinePlanner;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.view.ProblemView;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The flow that a sentence means, as a spec to save. */
final class SentencePlan {
  private final Workbench bench;
  private final OutputFormat format;

  SentencePlan(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.format = format;
  }

  int print(String sentence) {
    Planner planner =
        new OfflinePlanner(
            new FlowReader(bench.expressions()), bench.configuration().planner().timezone());
    Set<String> names =
        bench.flows().all().stream().map(Flows.Entry::name).collect(Collectors.toSet());
    Request request = Request.of(sentence, WorkspaceView.of(names, this::isThere));
    return switch (planner.plan(request)) {
      case Proposal.Proposed p -> propose(p.flow(), p.notes());
      case Proposal.Question q ->
          refuse(
              q.choices().stream().map(c -> "  " + c.label() + ": " + c.request()).toList(),
              q.text());
      case Proposal.NotUnderstood n ->
          refuse(
              n.parts().stream()
                  .map(part -> "  understood is: " + part.form() + ", as in: " + part.example())
                  .distinct()
                  .toList(),
              "not understood: "
                  + n.parts().stream()
                      .map(part -> "`" + part.words() + "`")
                      .collect(Collectors.joining(", ")));
      case Proposal.Refused r -> refuse(List.of(), r.reason());
      case Proposal.Answered _ -> refuse(List.of(), "that asks for an answer, not for a flow");
      case Proposal.Unavailable u -> throw CommandFailure.unreachable(u.reason());
      case Proposal.Stopped _ -> ExitCode.INTERRUPTED;
      case Proposal.Invalid i ->
          refuse(
              new ProblemView(bench.errorPalette()).lines(i.problems(), sentence, 200),
              "what was meant is no valid flow");
    };
  }

  private boolean isThere(String path) {
    try {
      return Files.exists(bench.workspace().root().resolve(path));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private int propose(Flow flow, List<String> notes) {
    bench
        .out()
        .print(format == OutputFormat.JSON ? FlowWriter.json(flow) + "\n" : FlowWriter.yaml(flow));
    notes.forEach(note -> bench.err().println("note: " + note));
    return ExitCode.COMPLETED;
  }

  private int refuse(List<String> help, String reason) {
    bench.err().println("mahavishnu: " + reason);
    help.forEach(bench.err()::println);
    return ExitCode.INVALID;
  }
}
