package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Cache;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The texts of a task in which expressions stand between braces: every one that a spec has. */
final class TaskTexts {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final UnaryOperator<String> change;

  private TaskTexts(UnaryOperator<String> change) {
    this.change = change;
  }

  static List<String> templates(Task task) {
    List<String> texts = new ArrayList<>();
    map(
        task,
        text -> {
          texts.add(text);
          return text;
        });
    return texts;
  }

  /** The task with each such text changed. */
  static Task map(Task task, UnaryOperator<String> change) {
    TaskTexts texts = new TaskTexts(change);
    return new Task(
        task.id(),
        task.description(),
        texts.work(task.work()),
        task.dependsOn(),
        task.runIf(),
        task.when(),
        task.map().map(m -> new MapOver(texts.node(m.items()), m.concurrency(), m.batch())),
        task.retry(),
        task.timeout(),
        task.cache().map(c -> new Cache(change.apply(c.key()), c.expires())),
        texts.named(task.env()),
        task.workingDir().map(change),
        task.tags(),
        task.onCrash(),
        task.output(),
        task.files());
  }

  private Work work(Work work) {
    return switch (work) {
      case Work.Shell w ->
          new Work.Shell(w.command().map(change), w.argv().stream().map(change).toList());
      case Work.Python w -> new Work.Python(w.file(), w.script(), named(w.inputs()));
      case Work.Http w ->
          new Work.Http(
              w.method(),
              change.apply(w.url()),
              named(w.headers()),
              w.body().map(this::node),
              w.expected(),
              w.maxBytes());
      case Work.Compute w -> new Work.Compute(node(w.value()));
      case Work.Subflow w ->
          new Work.Subflow(w.flow(), w.spec().map(this::node), named(w.parameters()));
      case Work.Approval w -> new Work.Approval(change.apply(w.message()), w.expires());
      case Work.Custom w -> new Work.Custom(w.type(), object(w.fields()));
    };
  }

  private List<NamedValue> named(List<NamedValue> values) {
    return values.stream().map(v -> new NamedValue(v.name(), node(v.value()))).toList();
  }

  /** A value with each text in it changed. */
  static JsonNode map(JsonNode value, UnaryOperator<String> change) {
    return new TaskTexts(change).node(value);
  }

  private JsonNode node(JsonNode value) {
    if (value.isString()) {
      return JSON.stringNode(change.apply(value.stringValue()));
    }
    if (value.isArray()) {
      ArrayNode array = JSON.arrayNode();
      value.forEach(item -> array.add(node(item)));
      return array;
    }
    return value instanceof ObjectNode object ? object(object) : value;
  }

  private ObjectNode object(ObjectNode value) {
    ObjectNode object = JSON.objectNode();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      object.set(member.getKey(), node(member.getValue()));
    }
    return object;
  }
}
