package dev.mahavishnu.llm;

import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Progress;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Parts of runs as texts for a model; not redacted yet. */
final class RunReading {
  private static final int MOST_LINES = 200;
  private static final int USUAL_LINES = 50;
  private static final int LONGEST_LINE = 500;

  private final RunHistory history;
  private final DateTimeFormatter clock;

  RunReading(RunHistory history, ZoneId zone) {
    this.history = history;
    this.clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  String show(RunId id) {
    RunFold run = fold(id);
    RunSummary summary = history.summary(id).orElseThrow();
    StringBuilder text = new StringBuilder();
    text.append("run ").append(id).append(" of flow ").append(summary.flow()).append('\n');
    text.append("state ").append(summary.state().name()).append(' ');
    text.append(summary.state().message()).append('\n');
    summary.started().ifPresent(at -> text.append("started ").append(time(at)).append('\n'));
    summary.ended().ifPresent(at -> text.append("ended ").append(time(at)).append('\n'));
    text.append("parameters ").append(run.created().parameters()).append('\n');
    for (ScopeFold scope : run.scopes()) {
      for (TaskFold task : scope.tasks()) {
        task(text, task, scope.map(task.task().task()));
      }
    }
    return text.toString();
  }

  private static void task(StringBuilder text, TaskFold task, Optional<MapFold> map) {
    text.append("task ").append(task.task()).append(": ").append(task.state().name());
    if (task.attempt() > 1) {
      text.append(", attempt ").append(task.attempt());
    }
    if (task.state().isFinal()) {
      task.started()
          .map(start -> Duration.between(start, task.since()))
          .ifPresent(took -> text.append(", took ").append(Spans.text(took)));
    }
    map.ifPresent(
        items -> {
          text.append(", ").append(items.size()).append(" items");
          for (MapFold.End end : MapFold.End.values()) {
            if (items.count(end) > 0) {
              text.append(", ").append(items.count(end)).append(' ');
              text.append(end.name().toLowerCase(Locale.ROOT));
            }
          }
        });
    if (!task.state().message().isEmpty()) {
      text.append(": ").append(task.state().message());
    }
    text.append('\n');
  }

  private String time(Instant at) {
    return clock.format(at);
  }

  private RunFold fold(RunId id) {
    return history
        .fold(id)
        .orElseThrow(() -> new IllegalArgumentException("run " + id + " was deleted"));
  }

  /** What is asked of a log. */
  private record Wanted(String task, int attempt, String contains, int lines, boolean first) {
    static Wanted of(JsonNode json) {
      int lines = json.path("lines").asInt(USUAL_LINES);
      return new Wanted(
          json.path("task").asString(""),
          json.path("attempt").asInt(0),
          json.path("contains").asString(""),
          Math.clamp(lines, 1, MOST_LINES),
          json.path("first").asBoolean(false));
    }

    boolean wants(LogLine line) {
      String key = line.task().text();
      boolean ofTask =
          task.isEmpty()
              || key.equals(task)
              || key.startsWith(task + "[")
              || key.startsWith(task + "/");
      return ofTask && (attempt == 0 || line.attempt() == attempt);
    }
  }

  String log(RunId id, JsonNode arguments) {
    Wanted wanted = Wanted.of(arguments);
    Deque<String> lines = new ArrayDeque<>();
    long number = 0;
    long offset = 0;
    for (LogPage page = history.logs(id, offset);
        page.next() != offset;
        page = history.logs(id, offset)) {
      offset = page.next();
      for (LogLine line : page.lines()) {
        if (line.stream().equals(Progress.STREAM) || !wanted.wants(line)) {
          continue;
        }
        number++;
        if (line.text().contains(wanted.contains())) {
          lines.add(text(number, line));
        }
        if (lines.size() > wanted.lines()) {
          if (wanted.first()) {
            lines.removeLast();
            return String.join("\n", lines);
          }
          lines.removeFirst();
        }
      }
    }
    return lines.isEmpty() ? "no such lines" : String.join("\n", lines);
  }

  private static String text(long number, LogLine line) {
    String text = line.text();
    return number
        + " "
        + line.task()
        + " #"
        + line.attempt()
        + " "
        + line.stream()
        + ": "
        + (text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…");
  }

  String output(RunId id, String task) {
    OptionalLong position = position(fold(id), task);
    if (position.isEmpty()) {
      return "that task has no output";
    }
    boolean secret =
        history.events(id, 1).stream()
            .filter(recorded -> recorded.position() == position.getAsLong())
            .anyMatch(
                recorded ->
                    recorded.event() instanceof RunEvent.TaskMoved moved
                        && moved.output().filter(RunReading::isSecret).isPresent());
    return secret ? "that output is secret" : history.output(id, position.getAsLong()).toString();
  }

  private static boolean isSecret(Output output) {
    return output instanceof Output.Stored stored && stored.secret();
  }

  private static OptionalLong position(RunFold run, String text) {
    TaskKey key = TaskKey.parse(text);
    Optional<ScopeFold> scope = run.scope(key.scope());
    Optional<Long> found =
        key.isItem()
            ? scope
                .flatMap(s -> s.map(key.task()))
                .filter(map -> key.index() < map.size() && map.position(key.index()) >= 0)
                .map(map -> map.position(key.index()))
            : scope
                .flatMap(s -> s.task(key.task()))
                .filter(TaskFold::hasOutput)
                .map(TaskFold::position);
    return found.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
