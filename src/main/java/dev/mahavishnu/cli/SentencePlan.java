package dev.mahavishnu.cli;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.plan.offline.OfflinePlanner;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.ProblemView;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The flow that a sentence means, as a spec to save. */
final class SentencePlan {
  private final Workbench bench;
  private final OutputFormat format;

  SentencePlan(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.format = format;
  }

  int print(String sentence) {
    SessionModels models = new SessionModels(bench);
    Optional<Assistant> assistant = models.assistant();
    Proposal proposal = plan(sentence, Optional.empty(), assistant);
    return say(sentence, proposal, models, assistant.isPresent());
  }

  /**
   * What the sentence means.
   *
   * @param draft the flow that it changes, where it is not for a new one
   */
  Proposal plan(String sentence, Optional<Flow> draft) {
    return plan(sentence, draft, new SessionModels(bench).assistant());
  }

  private Proposal plan(String sentence, Optional<Flow> draft, Optional<Assistant> assistant) {
    WorkspaceView workspace = WorkspaceView.of(bench.flows().names(), this::isThere);
    Request request = new Request(sentence, draft, workspace);
    return assistant.map(a -> ask(a, request)).orElseGet(() -> read(request));
  }

  private Proposal read(Request request) {
    FlowReader reader = new FlowReader(bench.expressions());
    return new OfflinePlanner(reader, bench.configuration().planner().timezone()).plan(request);
  }

  private Proposal ask(Assistant assistant, Request request) {
    try (SentenceProgress progress = new SentenceProgress(bench.err(), bench.env().interrupts())) {
      Proposal proposal = assistant.planner().plan(request, progress);
      progress.sum(assistant.name());
      return proposal;
    }
  }

  private int say(String sentence, Proposal proposal, SessionModels models, boolean model) {
    return switch (proposal) {
      case Proposal.Proposed p -> propose(p.flow(), p.notes());
      case Proposal.Question q ->
          refuse(
              // A model's choice is the request with a few words more, which need not be said
              // again.
              q.choices().stream()
                  .map(c -> model ? c.label() : c.label() + ": " + c.request())
                  .map(line -> "  " + Cells.clean(line))
                  .toList(),
              q.text());
      case Proposal.NotUnderstood n ->
          refuse(
              Stream.concat(
                      n.parts().stream()
                          .map(p -> "  understood is: " + p.form() + ", as in: " + p.example())
                          .distinct(),
                      Stream.of("  " + models.why()))
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
    notes.forEach(note -> bench.err().println("note: " + Cells.clean(note)));
    return ExitCode.COMPLETED;
  }

  private int refuse(List<String> help, String reason) {
    bench.err().println("mahavishnu: " + Cells.clean(reason));
    help.forEach(bench.err()::println);
    return ExitCode.INVALID;
  }
}
