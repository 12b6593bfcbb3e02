package dev.mahavishnu.view;

import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Why a run is in its state: the facts, in lines for a person. */
public final class EvidenceView {
  /** The fields that say what a task does; the others are a `run show` away. */
  private static final Set<String> SHOWN =
      Set.of("command", "argv", "file", "script", "method", "url", "flow", "value", "when");

  private static final int MOST_NAMES = 8;

  private final Palette palette;
  private final int width;
  private final DateTimeFormatter clock;

  /**
   * @param width cells of a line
   * @param zone of the times shown
   */
  public EvidenceView(Palette palette, int width, ZoneId zone) {
    this.palette = palette;
    this.width = width;
    this.clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
  }

  public List<String> lines(Evidence evidence, Instant now) {
    List<Line> lines = new ArrayList<>();
    head(lines, evidence.summary(), now);
    evidence.failures().forEach(failure -> failure(lines, failure));
    if (evidence.moreFailures() > 0) {
      lines.add(new Line().add(Tone.BAD, "and " + more(evidence)));
    }
    left(lines, "not run", evidence.neverRan());
    left(lines, "skipped", evidence.skipped());
    evidence.open().forEach(open -> open(lines, open, now));
    if (evidence.failures().isEmpty() && evidence.open().isEmpty()) {
      slowest(lines, evidence.slowest());
    }
    if (evidence.summary().resumable()) {
      String resume = "run resume " + evidence.run().text();
      lines.add(
          new Line()
              .add(Tone.QUIET, "`" + resume + "` goes on with it; what is done is not done again"));
    }
    return lines.stream().map(line -> line.render(palette, width)).toList();
  }

  private void head(List<Line> lines, RunSummary run, Instant now) {
    State state = run.state();
    Line head =
        new Line()
            .add(StateSign.tone(state), StateSign.of(state, palette, now) + " " + state.name())
            .add(" " + run.flow())
            .add(Tone.QUIET, " " + run.run().text());
    run.started()
        .ifPresent(
            start ->
                head.add(" started " + clock.format(start))
                    .add(run.ended().map(end -> ", " + Elapsed.between(start, end)).orElse("")));
    lines.add(head.add(": " + RunSummaryView.counts(run.tasks())));
    words(lines, StateSign.tone(state), state.message());
  }

  /** All of a message, in as many lines as it takes: its end may say most. */
  private void words(List<Line> lines, Tone tone, String message) {
    StringBuilder line = new StringBuilder();
    for (String word : Cells.clean(message).split(" ", -1)) {
      if (!line.isEmpty() && Cells.width(line + word) + 3 > width) {
        lines.add(new Line().add(tone, "  " + line));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    if (!line.toString().isBlank()) {
      lines.add(new Line().add(tone, "  " + line));
    }
  }

  private static String more(Evidence evidence) {
    return String.format(
        Locale.ROOT,
        "%,d more task run%s failed",
        evidence.moreFailures(),
        evidence.moreFailures() == 1 ? "" : "s");
  }

  private void failure(List<Line> lines, Evidence.Failure failure) {
    State state = failure.state();
    lines.add(
        new Line()
            .add(Tone.TITLE, failure.task().text())
            .add(" ")
            .add(StateSign.tone(state), state.name())
            .add(Tone.QUIET, attempt(failure) + " at " + clock.format(failure.at())));
    words(lines, StateSign.tone(state), state.message());
    failure.items().ifPresent(items -> items(lines, items));
    failure.earlier().forEach(line -> lines.add(new Line().add(Tone.QUIET, "  " + line)));
    failure.definition().stream()
        .filter(field -> SHOWN.contains(field.name()))
        .forEach(field -> field(lines, field));
    log(lines, failure.log());
  }

  private static String attempt(Evidence.Failure failure) {
    if (failure.attempt() == 0) {
      return "";
    }
    return failure.attempts() > 1
        ? ", attempt " + failure.attempt() + " of " + failure.attempts()
        : "";
  }

  private static void items(List<Line> lines, Evidence.Items items) {
    String count =
        String.format(
            Locale.ROOT,
            "  %,d of %,d items failed; this was the first",
            items.failed(),
            items.total());
    lines.add(new Line().add(Tone.BAD, count));
    if (!items.item().isEmpty()) {
      lines.add(new Line().add(Tone.QUIET, "  item", 12).add(items.item()));
    }
  }

  private static void field(List<Line> lines, Evidence.Field field) {
    List<String> text = field.text().lines().filter(line -> !line.isBlank()).toList();
    if (!text.isEmpty()) {
      lines.add(
          new Line()
              .add(Tone.QUIET, "  " + field.name(), 12)
              .add(text.getFirst() + (text.size() > 1 ? " …" : "")));
    }
  }

  private static void log(List<Line> lines, List<Evidence.Numbered> log) {
    int digits = log.isEmpty() ? 0 : Long.toString(log.getLast().line()).length();
    for (Evidence.Numbered line : log) {
      String number = Cells.right(Long.toString(line.line()), digits + 4);
      Tone tone =
          switch (line.stream()) {
            case "stderr" -> Tone.WARN;
            case "system" -> Tone.QUIET;
            default -> Tone.PLAIN;
          };
      lines.add(new Line().add(Tone.QUIET, number + " | ").add(tone, line.text()));
    }
  }

  private static void left(List<Line> lines, String title, List<Evidence.Left> left) {
    Map<String, List<TaskKey>> byReason = new LinkedHashMap<>();
    left.forEach(l -> byReason.computeIfAbsent(l.why(), _ -> new ArrayList<>()).add(l.task()));
    byReason.forEach(
        (why, tasks) -> {
          String names =
              String.join(", ", tasks.stream().limit(MOST_NAMES).map(TaskKey::text).toList());
          int more = tasks.size() - MOST_NAMES;
          lines.add(
              new Line()
                  .add(Tone.QUIET, title, 12)
                  .add(names + (more > 0 ? " and " + more + " more" : ""))
                  .add(Tone.QUIET, why.isEmpty() ? "" : ": " + why));
        });
  }

  private void open(List<Line> lines, Evidence.Open open, Instant now) {
    State state = open.state();
    Optional<Instant> until =
        state instanceof State.Scheduled scheduled ? scheduled.until() : Optional.empty();
    lines.add(
        new Line()
            .add(Tone.TITLE, open.task().text())
            .add(" ")
            .add(StateSign.tone(state), state.name())
            .add(open.attempt() > 1 ? ", attempt " + open.attempt() : "")
            .add(Tone.QUIET, " for " + Elapsed.between(open.since(), now))
            .add(until.map(time -> ", until " + clock.format(time)).orElse(""))
            .add(state.message().isEmpty() ? "" : ": " + state.message()));
    List<Evidence.Numbered> log = open.log();
    log(lines, log.subList(Math.max(0, log.size() - 3), log.size()));
  }

  private static void slowest(List<Line> lines, List<Evidence.Took> slowest) {
    if (!slowest.isEmpty()) {
      List<String> words =
          slowest.stream().map(t -> t.task().text() + " " + Spans.text(t.time())).toList();
      lines.add(new Line().add(Tone.QUIET, "longest", 12).add(String.join(", ", words)));
    }
  }
}
