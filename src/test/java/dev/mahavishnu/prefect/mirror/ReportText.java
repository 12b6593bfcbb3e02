package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reports as lines of text that are the same each time: no times, and names in place of ids. */
final class ReportText {
  private final Map<UUID, String> names = new HashMap<>();
  private final Set<UUID> seen = new HashSet<>();
  private final String run;

  private ReportText(String run) {
    this.run = run;
  }

  static String of(List<Report> reports) {
    String run = ((Report.FlowRunMade) reports.getFirst()).name();
    ReportText text = new ReportText(run);
    reports.forEach(text::learn);
    return reports.stream().map(text::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private void learn(Report report) {
    switch (report) {
      case Report.TaskRunMade r -> names.put(r.taskRun(), r.fields().name());
      case Report.TaskRunMoved r -> names.put(r.taskRun(), r.change().fields().name());
      case Report.FlowRunMade _, Report.FlowRunMoved _, Report.ArtifactMade _ -> {}
    }
  }

  private String line(Report report) {
    String indent = "  ".repeat((int) report.flowRun().chars().filter(c -> c == '@').count());
    return indent
        + switch (report) {
          case Report.FlowRunMade r ->
              "flow run "
                  + r.name().replace(run, "RUN")
                  + " of "
                  + r.flow()
                  + " "
                  + r.parameters()
                  + r.parentTaskRun().map(id -> " in " + names.get(id)).orElse("");
          case Report.FlowRunMoved r -> "flow run " + state(r.state());
          case Report.TaskRunMade r -> "made " + task(r.taskRun(), r.fields());
          case Report.TaskRunMoved r ->
              task(r.taskRun(), r.change().fields())
                  + " "
                  + state(r.change().to())
                  + (r.change().runCount() > 1 ? " runs: " + r.change().runCount() : "");
          case Report.ArtifactMade r -> "artifact " + r.key();
        };
  }

  /** With its edges the first time. */
  private String task(UUID id, TaskRunFields fields) {
    if (!seen.add(id) || fields.inputs().isEmpty()) {
      return fields.name();
    }
    return fields.name()
        + fields.inputs().entrySet().stream()
            .map(
                e ->
                    e.getKey()
                        + ": "
                        + e.getValue().stream()
                            .map(
                                up ->
                                    names.getOrDefault(up.taskRun(), "?")
                                        + (up.flowRun().isPresent() ? "/" : ""))
                            .collect(Collectors.joining(" ")))
            .collect(Collectors.joining(", ", " {", "}"));
  }

  private static String state(State state) {
    return state.name()
        + (state.message().isEmpty()
            ? ""
            : " (" + state.message().replaceAll("again at .*", "again at TIME") + ")");
  }
}
