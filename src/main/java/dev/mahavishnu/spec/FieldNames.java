package dev.mahavishnu.spec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Guesses which field was meant by a name that no field has. */
final class FieldNames {
  /** What other tools call our fields. */
  private static final Map<String, List<String>> FOREIGN =
      Map.ofEntries(
          Map.entry("name", List.of("id", "flow")),
          Map.entry("id", List.of("name", "flow")),
          Map.entry("task_id", List.of("id")),
          Map.entry("dag_id", List.of("flow")),
          Map.entry("params", List.of("parameters")),
          Map.entry("inputs", List.of("parameters", "env")),
          Map.entry("steps", List.of("tasks")),
          Map.entry("jobs", List.of("tasks")),
          Map.entry("needs", List.of("depends_on")),
          Map.entry("after", List.of("depends_on")),
          Map.entry("dependencies", List.of("depends_on")),
          Map.entry("upstream", List.of("depends_on")),
          Map.entry("trigger_rule", List.of("run_if")),
          Map.entry("if", List.of("when")),
          Map.entry("condition", List.of("when")),
          Map.entry("kind", List.of("type")),
          Map.entry("run", List.of("command", "script")),
          Map.entry("cmd", List.of("command")),
          Map.entry("bash", List.of("command")),
          Map.entry("bash_command", List.of("command")),
          Map.entry("script", List.of("command", "file")),
          Map.entry("code", List.of("script")),
          Map.entry("args", List.of("argv", "inputs")),
          Map.entry("foreach", List.of("map")),
          Map.entry("for_each", List.of("map")),
          Map.entry("expand", List.of("map")),
          Map.entry("items", List.of("map")),
          Map.entry("max_retries", List.of("retries")),
          Map.entry("retry", List.of("retries")),
          Map.entry("retry_delay_seconds", List.of("retry_delay")),
          Map.entry("delay", List.of("retry_delay", "initial")),
          Map.entry("timeout_seconds", List.of("timeout")),
          Map.entry("environment", List.of("env")),
          Map.entry("cwd", List.of("working_dir")),
          Map.entry("schedule", List.of("schedules")),
          Map.entry("interval", List.of("every")),
          Map.entry("tz", List.of("timezone")),
          Map.entry("uri", List.of("url")),
          Map.entry("data", List.of("body")),
          Map.entry("json", List.of("body")),
          Map.entry("expression", List.of("value")),
          Map.entry("key", List.of("name")),
          Map.entry("ttl", List.of("expires")));

  private FieldNames() {}

  /** The field that was probably meant. */
  static Optional<String> nearest(String name, Collection<String> known) {
    return FOREIGN.getOrDefault(name, List.of()).stream()
        .filter(known::contains)
        .findFirst()
        .or(() -> Nearest.to(name, known));
  }

  /** A hint for people; may be empty. */
  static String meant(String name, Collection<String> known) {
    return nearest(name, known)
        .map(found -> "did you mean `" + found + "`?")
        .orElse(known.size() <= 10 ? "known: " + String.join(", ", known) : "");
  }
}
