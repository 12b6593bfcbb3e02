package dev.mahavishnu.eval;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads pieces of specs as the program reads them, so that two ways to write one thing are one. */
final class Specs {
  static final Expressions CHECKER = new Expressions();
  static final FlowReader READER = new FlowReader(CHECKER);

  private Specs() {}

  /**
   * @param folder where the files are that it names
   */
  static Flow flow(String text, Path folder) {
    return switch (READER.read("spec", text, folder)) {
      case ReadResult.Valid valid -> valid.source().flow();
      case ReadResult.Invalid invalid ->
          throw new IllegalArgumentException(
              invalid.problems().stream()
                  .map(p -> p.text())
                  .collect(Collectors.joining("; ", "", "\n" + text)));
    };
  }

  /** A flow with one task, and this field. */
  static Flow withField(String name, JsonNode value) {
    ObjectNode flow = JsonNodeFactory.instance.objectNode();
    flow.put("flow", "x");
    flow.set(name, value);
    flow.putArray("tasks").addObject().put("id", "t").put("type", "compute").put("value", 1);
    return flow(flow.toString(), Path.of(""));
  }

  /** A flow with one task, which has this field; null leaves it out. */
  static Flow withTaskField(String name, JsonNode value) {
    ObjectNode flow = JsonNodeFactory.instance.objectNode();
    flow.put("flow", "x");
    ObjectNode task = flow.putArray("tasks").addObject();
    task.put("id", "t").put("type", "shell").put("command", "true");
    if (!value.isNull()) {
      task.set(name, value);
    }
    if (name.equals("retry_delay")) {
      task.put("retries", 1);
    }
    if (name.equals("concurrency") || name.equals("batch")) {
      task.putArray("map").add(1);
    }
    return flow(flow.toString(), Path.of(""));
  }
}
