package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.view.RunJson;
import dev.mahavishnu.view.RunSummaryView;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** How a run ended, what it gave, and what to do now. */
final class RunReport {
  private final Workbench bench;
  private final RunFold fold;
  private final State state;
  private final Instant end;

  RunReport(Workbench bench, RunFold fold, State state, Instant end) {
    this.bench = bench;
    this.fold = fold;
    this.state = state;
    this.end = end;
  }

  private JsonNode outputs() {
    return fold.outputs() < 0
        ? JsonNodeFactory.instance.objectNode()
        : bench.store().history().output(fold.run(), fold.outputs());
  }

  String json() {
    return RunJson.result(fold, state, end, outputs());
  }

  List<String> text() {
    return new RunSummaryView(bench.palette(), bench.width()).lines(fold, state, end, outputs());
  }

  /** One line that says what to do, or none. */
  List<String> advice() {
    String run = fold.run().text();
    return switch (state) {
      case State.Paused _ when fold.debugging().standing().isPresent() -> standing(run);
      case State.Paused _ -> approval(run);
      case State.Crashed _ -> List.of("go on with: " + bench.commandLine("run resume " + run));
      case State.Failed _ ->
          List.of(
              "see why: "
                  + bench.commandLine("run logs " + run)
                  + "; try again what failed: "
                  + bench.commandLine("run resume " + run));
      case State.Completed _,
          State.Cancelled _,
          State.Cancelling _,
          State.Pending _,
          State.Running _,
          State.Scheduled _ ->
          List.of();
    };
  }

  private List<String> standing(String run) {
    return List.of(
        "it stands there: "
            + bench.commandLine("debug " + run)
            + " looks at it, "
            + bench.commandLine("run continue " + run)
            + " goes on");
  }

  private List<String> approval(String run) {
    List<String> asking = fold.asking();
    if (asking.isEmpty()) {
      return List.of("go on with: " + bench.commandLine("run resume " + run));
    }
    String task = asking.size() > 1 ? " TASK" : "";
    return List.of(
        String.join(", ", asking)
            + " waits for a person: "
            + bench.commandLine("run approve " + run + task)
            + ", or run deny");
  }
}
