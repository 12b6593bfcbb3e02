package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.prefect.deploy.Said;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Parameters;
import dev.mahavishnu.spec.ValueType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place where flows are deployed: development, staging, production.
 *
 * @param shown its file, as a person would write it
 * @param apiUrl of its server; empty: the one that is configured
 * @param parameters for the flows that have them, as written
 * @param concurrency of each deployment; 0: no limit
 * @param schedules whether schedules make runs there
 */
record Environment(
    String name,
    String shown,
    Optional<Known<String>> apiUrl,
    Optional<Known<KeyReference>> apiKey,
    Optional<Known<KeyReference>> authString,
    Optional<String> pool,
    Optional<String> queue,
    Optional<List<String>> tags,
    List<YamlNode.Entry> parameters,
    Optional<Integer> concurrency,
    Optional<Boolean> schedules) {

  Environment {
    tags = tags.map(List::copyOf);
    parameters = List.copyOf(parameters);
  }

  /** What it says about a deployment of the flow. */
  Said said(Flow flow) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (YamlNode.Entry entry : parameters) {
      flow.parameters().stream()
          .filter(p -> p.name().equals(entry.key()))
          .map(Parameter::type)
          .findFirst()
          .ifPresent(type -> values.set(entry.key(), value(type, entry.value())));
    }
    return new Said(pool, queue, values, tags, concurrency, Optional.empty(), List.of(), schedules);
  }

  private static JsonNode value(ValueType type, YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> Parameters.read(type, scalar.text());
      case YamlNode.Sequence sequence -> {
        ValueType element = type instanceof ValueType.ListOf list ? list.element() : ValueType.ANY;
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        sequence.items().forEach(item -> array.add(value(element, item)));
        yield array;
      }
      case YamlNode.Mapping mapping -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        mapping
            .entries()
            .forEach(e -> object.set(e.key(), value(member(type, e.key()), e.value())));
        yield object;
      }
    };
  }

  private static ValueType member(ValueType type, String name) {
    return switch (type) {
      case ValueType.MapOf map -> map.element();
      case ValueType.ObjectOf object ->
          object.members().stream()
              .filter(m -> m.name().equals(name))
              .map(ValueType.Member::type)
              .findFirst()
              .orElse(ValueType.ANY);
      case ValueType.Scalar _, ValueType.ListOf _ -> ValueType.ANY;
    };
  }
}
