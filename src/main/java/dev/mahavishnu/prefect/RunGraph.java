package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The task runs of a flow run and what each waited for, as the server's page draws them. */
public record RunGraph(List<Node> nodes) {
  /**
   * @param kind "task-run", or "flow-run" for a task that is a flow
   * @param parents what it waited for
   */
  public record Node(
      UUID id,
      String kind,
      String label,
      String stateType,
      Optional<Instant> startTime,
      Optional<Instant> endTime,
      Set<UUID> parents) {
    public Node {
      parents = Set.copyOf(parents);
    }
  }

  public RunGraph {
    nodes = List.copyOf(nodes);
  }

  /** Of {@code [[id, {...}], ...]}. */
  static RunGraph of(JsonNode json) {
    List<Node> nodes = new ArrayList<>();
    for (JsonNode pair : json.path("nodes")) {
      JsonNode node = pair.path(1);
      nodes.add(
          new Node(
              UUID.fromString(node.path("id").asString()),
              node.path("kind").asString(""),
              node.path("label").asString(""),
              node.path("state_type").asString(""),
              time(node.path("start_time")),
              time(node.path("end_time")),
              node.path("parents")
                  .valueStream()
                  .map(parent -> UUID.fromString(parent.path("id").asString()))
                  .collect(Collectors.toSet())));
    }
    return new RunGraph(nodes);
  }

  private static Optional<Instant> time(JsonNode node) {
    return node.isString() ? Optional.of(Wire.read(node, Instant.class)) : Optional.empty();
  }
}
