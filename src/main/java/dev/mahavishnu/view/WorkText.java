package dev.mahavishnu.view;

import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.Work;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a task does, in one line. */
final class WorkText {
  private WorkText() {}

  static String of(Work work) {
    return switch (work) {
      case Work.Shell w -> w.command().map(WorkText::firstLine).orElse(String.join(" ", w.argv()));
      case Work.Python w -> w.file().or(() -> w.script().map(WorkText::firstLine)).orElse("");
      case Work.Http w -> w.method() + " " + w.url();
      case Work.Compute w -> text(w.value());
      case Work.Subflow w -> w.flow().or(() -> w.spec().map(WorkText::made)).orElse("");
      case Work.Approval w ->
          firstLine(w.message())
              + w.expires().map(e -> " (expires after " + Durations.print(e) + ")").orElse("");
      case Work.Custom w -> w.fields().toString();
    };
  }

  private static String made(JsonNode spec) {
    return spec.isString() ? spec.asString() : "a flow written here";
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.asString() : value.toString();
  }

  /** The first line that says something, with a sign that there are more. */
  private static String firstLine(String text) {
    String[] lines = text.strip().split("\\R", -1);
    Optional<String> first =
        Arrays.stream(lines)
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .findFirst();
    return first.orElse(lines[0]) + (lines.length > 1 ? " …" : "");
  }
}
