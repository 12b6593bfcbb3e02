package dev.mahavishnu.view;

import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** All about one run. */
public final class RunDetail {
  private final Palette palette;
  private final int width;
  private final DateTimeFormatter clock;

  /**
   * What is known of a run.
   *
   * @param summary with the state as it is now
   * @param checkpoint when its newest checkpoint image was made
   * @param outputs of the flow, an object
   */
  public record Facts(
      RunSummary summary, RunFold fold, Optional<Instant> checkpoint, JsonNode outputs) {}

  /**
   * @param width cells of a line
   * @param zone of the times shown
   */
  public RunDetail(Palette palette, int width, ZoneId zone) {
    this.palette = palette;
    this.width = width;
    this.clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  public List<String> lines(Facts facts, Instant now) {
    RunFold fold = facts.fold();
    RunSummary summary = facts.summary();
    RunEvent.Created created = fold.created();
    List<Line> lines = new ArrayList<>();
    add(lines, "run", new Line().add(Tone.TITLE, fold.run().text()));
    created.from().ifPresent(from -> add(lines, "from", new Line().add(from.text())));
    add(lines, "flow", new Line().add(created.flow()));
    add(lines, "state", state(summary));
    add(
        lines,
        "created",
        new Line().add(clock.format(fold.createdAt()) + " by " + created.requester()));
    summary.started().ifPresent(start -> add(lines, "started", time(start, summary, now)));
    add(lines, "tasks", new Line().add(RunSummaryView.counts(summary.tasks())));
    fold.opened()
        .ifPresent(o -> add(lines, "process", new Line().add(o.pid() + " on " + o.host())));
    add(lines, "checkpoint", new Line().add(checkpoint(facts, now)));
    created
        .parameters()
        .properties()
        .forEach(p -> add(lines, "parameter", value(p.getKey(), p.getValue())));
    facts
        .outputs()
        .properties()
        .forEach(p -> add(lines, "output", value(p.getKey(), p.getValue())));
    List<String> text = new ArrayList<>();
    lines.forEach(line -> text.add(line.render(palette, width)));
    text.add("");
    text.addAll(tree(fold, summary.state(), now));
    return text;
  }

  private List<String> tree(RunFold fold, State state, Instant now) {
    return new TreeView(palette).lines(fold, state, now, width, Integer.MAX_VALUE);
  }

  private static void add(List<Line> lines, String title, Line line) {
    lines.add(new Line().add(Tone.QUIET, title, 12).add(line));
  }

  private static Line state(RunSummary summary) {
    State state = summary.state();
    Line line = new Line().add(StateSign.tone(state), state.name());
    if (!state.message().isEmpty()) {
      line.add(": " + state.message());
    }
    return summary.resumable() ? line.add(Tone.WARN, " (resumable)") : line;
  }

  private Line time(Instant start, RunSummary summary, Instant now) {
    String span = Elapsed.between(start, summary.ended().orElse(now));
    return new Line()
        .add(clock.format(start))
        .add(summary.ended().map(_ -> ", took " + span).orElse(", " + span + " ago"));
  }

  private static String checkpoint(Facts facts, Instant now) {
    return facts
        .checkpoint()
        .map(at -> Elapsed.between(at, now) + " ago")
        .orElse("none yet; the journal has it all");
  }

  private static Line value(String name, JsonNode value) {
    String text = value.isString() ? value.asString() : value.toString();
    return new Line().add(name + " = ").add(Cells.fit(Cells.clean(text), 500));
  }
}
