package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The parameters given to a flow on the command line. */
final class FlowParameters {
  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter, read by its type: text as it is, anything else as JSON.")
  List<String> params = new ArrayList<>();

  @Option(
      names = "--params-file",
      paramLabel = "FILE",
      description = "Parameters as an object in JSON or YAML; --param wins. - is standard input.")
  @Nullable String file;

  /** All parameters of the flow with their values, defaults filled in. */
  ObjectNode bind(Flow flow, Workbench bench) {
    return switch (Parameters.bind(flow, given(flow, bench))) {
      case Parameters.Bound bound -> bound.values();
      case Parameters.Unbound unbound ->
          throw CommandFailure.usage(String.join("; ", unbound.problems()));
    };
  }

  /** Those that are given, read by the types that the flow has for them; nothing is checked. */
  Map<String, JsonNode> given(Flow flow, Workbench bench) {
    return given(bench, (name, text) -> value(flow, name, text));
  }

  /** What a parameter's text means. */
  interface Reading {
    JsonNode value(String name, String text);
  }

  /** What was given, and nothing else. */
  Map<String, JsonNode> given(Workbench bench, Reading reading) {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    if (file != null) {
      read(file, bench).properties().forEach(e -> given.put(e.getKey(), e.getValue()));
    }
    for (String param : params) {
      int equals = param.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.usage("--param " + param + ": expected NAME=VALUE");
      }
      String name = param.substring(0, equals);
      given.put(name, reading.value(name, param.substring(equals + 1)));
    }
    return given;
  }

  private static JsonNode value(Flow flow, String name, String text) {
    return flow.parameters().stream()
        .filter(p -> p.name().equals(name))
        .map(Parameter::type)
        .map(type -> Parameters.read(type, text))
        .findFirst()
        .orElse(StringNode.valueOf(text));
  }

  private static JsonNode read(String file, Workbench bench) {
    try {
      byte[] bytes =
          file.equals("-")
              ? bench.env().stdin().readAllBytes()
              : Files.readAllBytes(bench.env().cwd().resolve(file));
      String text = new String(bytes, StandardCharsets.UTF_8);
      ObjectMapper mapper =
          text.stripLeading().startsWith("{") ? new JsonMapper() : new YAMLMapper();
      JsonNode tree = mapper.readTree(text);
      if (tree == null || !tree.isObject()) {
        throw CommandFailure.usage("--params-file " + file + ": expected an object of parameters");
      }
      return tree;
    } catch (IOException e) {
      throw CommandFailure.usage("--params-file " + file + ": " + Reasons.of(e));
    } catch (JacksonException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("not JSON or YAML");
      throw CommandFailure.usage(
          "--params-file " + file + ":" + e.getLocation().getLineNr() + ": " + reason);
    }
  }
}
