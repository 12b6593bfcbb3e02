package dev.mahavishnu.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A reply as far as it came, in lines for the eye: a task each, or an edit each. */
final class Outline {
  private static final int LONGEST = 100;
  private static final List<String> SAYING =
      List.of("command", "argv", "file", "url", "flow", "message", "value", "script");

  private Outline() {}

  static List<String> of(String partialReply) {
    JsonNode reply = PartialJson.of(partialReply);
    List<String> lines = new ArrayList<>();
    JsonNode flow = reply.path(ReplySchema.FLOW);
    Stream.concat(flow.path("tasks").valueStream(), flow.path("on_failure").valueStream())
        .forEach(task -> lines.add(task("", task)));
    reply.path(ReplySchema.EDITS).forEach(edit -> lines.add(edit(edit)));
    return lines.stream().filter(line -> !line.isBlank()).toList();
  }

  private static String task(String sign, JsonNode task) {
    String does =
        SAYING.stream()
            .filter(name -> isSet(task.path(name)))
            .findFirst()
            .map(name -> shown(task.path(name)))
            .orElse("");
    return line(sign, text(task, "id"), text(task, "type"), does);
  }

  private static String edit(JsonNode edit) {
    String task = text(edit, "task");
    String field = (task.isEmpty() ? "flow" : task) + "." + text(edit, "field");
    return switch (text(edit, "op")) {
      case "add_task" -> task("+ ", edit.path("new_task"));
      case "remove_task" -> line("- ", task);
      case "move_task" -> line("", task, "after", text(edit, "after"));
      case "remove" -> line("", field, "not set");
      case "set" -> edit.has("field") ? line("", field, shown(edit.path("value"))) : "";
      default -> "";
    };
  }

  private static boolean isSet(JsonNode node) {
    return !node.isMissingNode()
        && !node.isNull()
        && (node.isString() || !node.isContainer() || !node.isEmpty());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static String shown(JsonNode value) {
    return value.isString() ? value.stringValue() : value.isMissingNode() ? "" : value.toString();
  }

  private static String line(String sign, String... parts) {
    String line =
        String.join("  ", Stream.of(parts).map(String::strip).filter(p -> !p.isEmpty()).toList())
            .replaceAll("[\\s\\p{Cntrl}]*[\\r\\n\\p{Cntrl}]+[\\s\\p{Cntrl}]*", " ");
    String cut = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    return cut.isEmpty() ? "" : sign + cut;
  }
}
