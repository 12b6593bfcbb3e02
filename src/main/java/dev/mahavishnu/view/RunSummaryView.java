package dev.mahavishnu.view;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** How a run ended and what it gave, in a few lines. */
public final class RunSummaryView {
  private final Palette palette;
  private final int width;

  /**
   * @param width cells of a line
   */
  public RunSummaryView(Palette palette, int width) {
    this.palette = palette;
    this.width = width;
  }

  /**
   * @param state as it is now
   * @param end when the last thing happened
   * @param outputs of the flow, an object; large ones are cut, those that are nothing left out
   */
  public List<String> lines(RunFold run, State state, Instant end, JsonNode outputs) {
    Line head =
        new Line()
            .add(StateSign.tone(state), StateSign.of(state, palette, end) + " " + state.name())
            .add(" " + run.created().flow())
            .add(Tone.QUIET, " " + run.run());
    run.started().ifPresent(start -> head.add(" in " + Elapsed.between(start, end)));
    head.add(": " + counts(run.counts()));
    List<String> lines = new ArrayList<>(List.of(head.render(palette, width)));
    if (!state.message().isEmpty()) {
      lines.add(new Line().add(Tone.BAD, "  " + state.message()).render(palette, width));
    }
    outputs.properties().stream()
        .filter(output -> !output.getValue().isNull())
        .forEach(
            output ->
                lines.add(
                    new Line()
                        .add("  " + output.getKey() + " = ")
                        .add(Cells.fit(text(output.getValue()), 500))
                        .render(palette, width)));
    return lines;
  }

  private static String text(JsonNode value) {
    return value.isString() ? Cells.clean(value.asString()) : Cells.clean(value.toString());
  }

  /** The counts that are not zero, in words. */
  static String counts(TaskCounts counts) {
    List<String> words = new ArrayList<>();
    count(words, counts.completed(), "completed");
    count(words, counts.cached(), "cached");
    count(words, counts.skipped(), "skipped");
    count(words, counts.failed(), "failed");
    count(words, counts.upstreamFailed(), "not run");
    count(words, counts.cancelled(), "cancelled");
    count(words, counts.crashed(), "crashed");
    count(words, counts.running() + counts.waiting(), "not done");
    return words.isEmpty() ? "no tasks" : String.join(", ", words);
  }

  private static void count(List<String> words, int count, String word) {
    if (count > 0) {
      words.add(count + " " + word);
    }
  }
}
