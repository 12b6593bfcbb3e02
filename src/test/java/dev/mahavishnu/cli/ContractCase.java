package dev.mahavishnu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A flow, and what its run comes to whoever runs it.
 *
 * @param times how often it is run; what is said is true of the last time
 * @param state name of the run's last state
 * @param tasks name of the last state of each task run, by its key
 */
record ContractCase(
    String name,
    JsonNode flow,
    List<JsonNode> others,
    Map<String, String> files,
    JsonNode parameters,
    int times,
    String state,
    Map<String, String> tasks,
    JsonNode outputs) {
  private static final ObjectMapper YAML = new YAMLMapper();

  static List<ContractCase> all() {
    try (InputStream stream = ContractCase.class.getResourceAsStream("/contract/cases.yaml")) {
      List<ContractCase> cases = new ArrayList<>();
      YAML.readTree(stream).forEach(node -> cases.add(of(node)));
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ContractCase of(JsonNode node) {
    String name = node.required("case").stringValue();
    List<JsonNode> others = new ArrayList<>();
    node.path("others").forEach(others::add);
    return new ContractCase(
        name,
        ((ObjectNode) node.required("flow")).put("flow", name),
        others,
        texts(node.path("files")),
        node.has("parameters") ? node.path("parameters") : YAML.createObjectNode(),
        node.path("times").asInt(1),
        node.required("state").stringValue(),
        texts(node.required("tasks")),
        node.has("outputs") ? node.path("outputs") : YAML.createObjectNode());
  }

  /** The same under a name that no other test has. */
  ContractCase named(String other) {
    ObjectNode renamed = ((ObjectNode) flow.deepCopy()).put("flow", other);
    return new ContractCase(
        other, renamed, others, files, parameters, times, state, tasks, outputs);
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new TreeMap<>();
    node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().stringValue()));
    return texts;
  }

  /** Puts the flow, and all that it needs, into the flows of a workspace. */
  void write(Path workspace) {
    try {
      Path flows = Files.createDirectories(workspace.resolve("flows"));
      Files.writeString(flows.resolve(name + ".yaml"), flow.toString());
      for (JsonNode other : others) {
        Files.writeString(
            flows.resolve(other.required("flow").stringValue() + ".yaml"), other.toString());
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(flows.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the display of a test. */
  @Override
  public String toString() {
    return name;
  }
}
