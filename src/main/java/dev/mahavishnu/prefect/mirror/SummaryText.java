package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The page about a run, in Markdown. What comes from a run stands there as code, never as markup.
 */
final class SummaryText {
  private static final int MOST_PARAMETERS = 50;
  private static final int MOST_VALUE = 300;

  private final StringBuilder text = new StringBuilder();

  SummaryText head(RunEvent.Created created, State state, Optional<Instant> start, Instant end) {
    text.append("# ").append(plain(created.flow())).append(": ").append(state.name()).append('\n');
    if (!state.message().isEmpty()) {
      text.append('\n').append(code(state.message())).append('\n');
    }
    text.append("\n| | |\n|---|---|\n");
    row("Run", code(created.run().text()));
    start.ifPresent(
        time -> {
          row("Started", time.toString());
          row("Took", Spans.text(Duration.between(time, end)));
        });
    return this;
  }

  SummaryText counts(Map<Phase, Integer> counts, int all) {
    String states =
        counts.entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().text())
            .collect(Collectors.joining(", "));
    row("Task runs", all == 0 ? "none" : all + ": " + states);
    return this;
  }

  SummaryText parameters(JsonNode parameters) {
    if (!parameters.isEmpty()) {
      text.append("\n## Parameters\n\n| parameter | value |\n|---|---|\n");
      parameters.properties().stream()
          .limit(MOST_PARAMETERS)
          .forEach(e -> row(plain(e.getKey()), code(e.getValue().toString())));
    }
    return this;
  }

  SummaryText failures(Map<TaskKey, State> failures, int most) {
    if (!failures.isEmpty()) {
      text.append("\n## What did not complete\n\n| task | state | message |\n|---|---|---|\n");
      failures.forEach(
          (task, state) ->
              text.append("| ")
                  .append(code(task.text()))
                  .append(" | ")
                  .append(state.name())
                  .append(" | ")
                  .append(code(state.message()))
                  .append(" |\n"));
      if (failures.size() == most) {
        text.append("\nThe first ").append(most).append("; there may be more.\n");
      }
    }
    return this;
  }

  SummaryText further(RunId run, State state) {
    text.append("\n## To look further\n\nWhere it ran:\n\n");
    text.append("- `mahavishnu run show ").append(run).append("`\n");
    text.append("- `mahavishnu run logs ").append(run).append("`\n");
    if (state.type() == StateType.FAILED || state.type() == StateType.CRASHED) {
      text.append("- `mahavishnu run resume ").append(run).append("` goes on with it\n");
    }
    return this;
  }

  String text() {
    return text.toString();
  }

  private void row(String name, String value) {
    text.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  /** Text as code, on one line, also in a table. */
  private static String code(String value) {
    if (value.isBlank()) {
      return "";
    }
    String line = value.replaceAll("\\p{Cntrl}+", " ").strip();
    String shortened = line.length() <= MOST_VALUE ? line : line.substring(0, MOST_VALUE) + "…";
    return "`" + shortened.replace('`', '\'').replace("|", "\\|") + "`";
  }

  /** A name that means nothing in Markdown. */
  static String plain(String name) {
    return name.replaceAll("[\\\\`*_\\[\\]<>|#]", "\\\\$0");
  }

  /** An address that ends where it ends. */
  static String address(String url) {
    return url.replace("(", "%28").replace(")", "%29");
  }
}
