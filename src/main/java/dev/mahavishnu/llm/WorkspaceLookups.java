package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Call.Lookup;
import dev.mahavishnu.llm.Call.Tool;
import dev.mahavishnu.llm.Surroundings.KnownFlow;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads flows and files of the workspace for a model. For one turn and one thread. */
final class WorkspaceLookups implements Lookups {
  private static final int LONGEST_FILE = 1024 * 1024;
  private static final int LONGEST_FOUND = 12_000;
  private static final int MOST_LINES = 200;
  private static final int MOST_FILES = 1_000;

  private final Surroundings surroundings;
  private final WorkspaceFiles files;
  private final Optional<Flow> draft;

  WorkspaceLookups(Surroundings surroundings, Request request) {
    this.surroundings = surroundings;
    this.files = new WorkspaceFiles(surroundings.root());
    this.draft = request.draft();
  }

  @Override
  public List<Tool> tools() {
    return List.of(
        tool("list_flows", "Names of all flows of the workspace."),
        tool("show_flow", "The text of a flow of the workspace.", "name"),
        tool("show_task", "A task of the draft, in full.", "id"),
        tool("list_files", "Names of all files of the workspace."),
        reading());
  }

  private static Tool tool(String name, String description, String... texts) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = parameters.putObject("properties");
    ArrayNode required = parameters.putArray("required");
    for (String text : texts) {
      properties.putObject(text).put("type", "string");
      required.add(text);
    }
    parameters.put("additionalProperties", false);
    return new Tool(name, description, parameters);
  }

  private static Tool reading() {
    Tool tool = tool("read_file", "Lines of a text file of the workspace.", "path");
    ObjectNode properties = (ObjectNode) tool.parameters().get("properties");
    properties
        .putObject("from")
        .put("type", "integer")
        .put(
            "description",
            "First line, from 1; below 0: counted from the end, -20 is the last 20.");
    properties
        .putObject("lines")
        .put("type", "integer")
        .put("description", "How many lines, at most " + MOST_LINES + ".");
    return tool;
  }

  @Override
  public String look(Lookup lookup) {
    ObjectNode arguments = lookup.arguments();
    String found =
        switch (lookup.tool()) {
          case "list_flows" -> names(surroundings.flows().stream().map(KnownFlow::name).toList());
          case "show_flow" -> flow(arguments.path("name").asString(""));
          case "show_task" -> task(arguments.path("id").asString(""));
          case "list_files" -> names(files.list(MOST_FILES).stream().map(Path::toString).toList());
          case "read_file" -> file(arguments);
          default -> "there is no tool of this name";
        };
    return found.length() <= LONGEST_FOUND ? found : found.substring(0, LONGEST_FOUND) + "\n…";
  }

  private String redacted(String text) {
    return surroundings.redactor().redact(text);
  }

  private String names(List<String> names) {
    return names.isEmpty() ? "none" : redacted(String.join("\n", names));
  }

  private String flow(String name) {
    return surroundings.flows().stream()
        .filter(flow -> flow.name().equals(name))
        .findFirst()
        .map(flow -> redacted(flow.text()))
        .orElse("there is no flow of this name; list_flows names them");
  }

  private String task(String id) {
    return draft
        .flatMap(flow -> flow.task(id))
        .map(task -> redacted(FlowWriter.yaml(task)))
        .orElse("the draft has no task of this id");
  }

  private String file(ObjectNode arguments) {
    Optional<Path> file = files.file(arguments.path("path").asString(""));
    if (file.isEmpty()) {
      return "there is no such file that may be read; list_files names them";
    }
    Optional<String> text = WorkspaceFiles.start(file.get(), LONGEST_FILE);
    if (text.isEmpty()) {
      return "the file is no text";
    }
    List<String> lines = redacted(text.get()).lines().toList();
    int wanted = Math.clamp(arguments.path("lines").asInt(MOST_LINES), 1, MOST_LINES);
    int first = arguments.path("from").asInt(1);
    int from =
        Math.clamp(first < 0 ? (long) lines.size() + first : (long) first - 1, 0, lines.size());
    List<String> part = lines.subList(from, Math.min(lines.size(), from + wanted));
    return "lines %d to %d of %d\n".formatted(from + 1, from + part.size(), lines.size())
        + part.stream().collect(Collectors.joining("\n"));
  }
}
