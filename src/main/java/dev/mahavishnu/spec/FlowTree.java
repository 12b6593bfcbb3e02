package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A flow as the JSON tree that its spec is; what has its default is left out. */
final class FlowTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private FlowTree() {}

  static ObjectNode of(Flow flow) {
    ObjectNode tree = NODES.objectNode();
    tree.put("flow", flow.name());
    text(tree, "description", flow.description());
    if (!flow.parameters().isEmpty()) {
      flow.parameters().forEach(p -> array(tree, "parameters").add(parameter(p)));
    }
    texts(tree, "secrets", flow.secrets());
    flow.concurrency().ifPresent(c -> tree.put("concurrency", c));
    flow.timeout().ifPresent(t -> tree.put("timeout", Durations.print(t)));
    ArrayNode tasks = tree.putArray("tasks");
    flow.tasks().forEach(t -> tasks.add(of(t)));
    flow.onFailure().forEach(t -> array(tree, "on_failure").add(of(t)));
    named(tree, "outputs", flow.outputs());
    flow.schedules().forEach(s -> array(tree, "schedules").add(schedule(s)));
    flow.triggers().forEach(t -> array(tree, "triggers").add(trigger(t)));
    return tree;
  }

  private static ArrayNode array(ObjectNode tree, String name) {
    return tree.get(name) instanceof ArrayNode known ? known : tree.putArray(name);
  }

  private static void text(ObjectNode tree, String name, String value) {
    if (!value.isEmpty()) {
      tree.put(name, value);
    }
  }

  private static void texts(ObjectNode tree, String name, List<String> values) {
    values.forEach(v -> array(tree, name).add(v));
  }

  private static void named(ObjectNode tree, String name, List<NamedValue> values) {
    for (NamedValue value : values) {
      array(tree, name)
          .add(NODES.objectNode().put("name", value.name()).set("value", value.value()));
    }
  }

  private static ObjectNode parameter(Parameter parameter) {
    ObjectNode tree = NODES.objectNode();
    tree.put("name", parameter.name());
    tree.put("type", parameter.type().text());
    parameter.defaultValue().ifPresent(d -> tree.set("default", d));
    text(tree, "description", parameter.description());
    return tree;
  }

  private static ObjectNode schedule(Schedule schedule) {
    ObjectNode tree = NODES.objectNode();
    switch (schedule) {
      case Schedule.Cron c -> {
        tree.put("cron", c.cron());
        if (!c.dayOr()) {
          tree.put("day_or", false);
        }
      }
      case Schedule.Interval i -> {
        tree.put("every", Durations.print(i.every()));
        i.anchor().ifPresent(a -> tree.put("anchor", a.toString()));
      }
      case Schedule.RRule r -> tree.put("rrule", r.rule());
    }
    if (!schedule.timezone().equals("UTC")) {
      tree.put("timezone", schedule.timezone());
    }
    return tree;
  }

  private static ObjectNode trigger(Trigger trigger) {
    ObjectNode tree = NODES.objectNode();
    tree.put("after", trigger.after());
    if (trigger.state() != Trigger.Ending.COMPLETED) {
      tree.put("state", trigger.state().text());
    }
    named(tree, "parameters", trigger.parameters());
    return tree;
  }

  static ObjectNode of(Task task) {
    ObjectNode tree = NODES.objectNode();
    tree.put("id", task.id());
    tree.put("type", task.work().type());
    text(tree, "description", task.description());
    work(tree, task.work());
    texts(tree, "depends_on", task.dependsOn());
    if (task.runIf() != RunIf.ALL_SUCCESS) {
      tree.put("run_if", task.runIf().text());
    }
    task.when().ifPresent(w -> tree.put("when", w));
    task.map().ifPresent(m -> map(tree, m));
    retry(tree, task.retry());
    task.timeout().ifPresent(t -> tree.put("timeout", Durations.print(t)));
    task.cache().ifPresent(c -> tree.set("cache", cache(c)));
    named(tree, "env", task.env());
    task.workingDir().ifPresent(d -> tree.put("working_dir", d));
    texts(tree, "tags", task.tags());
    if (task.onCrash() != OnCrash.RETRY) {
      tree.put("on_crash", task.onCrash().text());
    }
    if (!task.output().equals(ValueType.ANY)) {
      tree.putObject("output").put("type", task.output().text());
    }
    texts(tree, "files", task.files());
    return tree;
  }

  private static void map(ObjectNode tree, MapOver map) {
    tree.set("map", map.items());
    map.concurrency().ifPresent(c -> tree.put("concurrency", c));
    map.batch().ifPresent(b -> tree.put("batch", b));
  }

  private static void retry(ObjectNode tree, Retry retry) {
    if (retry.equals(Retry.NONE)) {
      return;
    }
    tree.put("retries", retry.retries());
    Retry usual = Retry.times(retry.retries());
    if (retry.equals(usual)) {
      return;
    }
    Duration longest = FlowBuilder.longest(retry.initial());
    Retry simple = new Retry(retry.retries(), retry.initial(), usual.factor(), longest, 0);
    if (retry.equals(simple)) {
      tree.put("retry_delay", Durations.print(retry.initial()));
      return;
    }
    ObjectNode delay = tree.putObject("retry_delay");
    delay.put("initial", Durations.print(retry.initial()));
    if (retry.factor() != usual.factor()) {
      number(delay, "factor", retry.factor());
    }
    if (!retry.max().equals(longest)) {
      delay.put("max", Durations.print(retry.max()));
    }
    if (retry.jitter() != usual.jitter()) {
      number(delay, "jitter", retry.jitter());
    }
  }

  private static void number(ObjectNode tree, String name, double value) {
    if (value == Math.rint(value)) {
      tree.put(name, (int) value);
    } else {
      tree.put(name, value);
    }
  }

  private static JsonNode cache(Cache cache) {
    if (cache.equals(new Cache(Cache.INPUTS, Optional.empty()))) {
      return NODES.stringNode(Cache.INPUTS);
    }
    ObjectNode tree = NODES.objectNode().put("key", cache.key());
    cache.expires().ifPresent(e -> tree.put("expires", Durations.print(e)));
    return tree;
  }

  private static void work(ObjectNode tree, Work work) {
    switch (work) {
      case Work.Shell w -> {
        w.command().ifPresent(c -> tree.put("command", c));
        texts(tree, "argv", w.argv());
      }
      case Work.Python w -> {
        w.file().ifPresent(f -> tree.put("file", f));
        w.script().ifPresent(s -> tree.put("script", s));
        named(tree, "inputs", w.inputs());
      }
      case Work.Http w -> {
        tree.put("method", w.method());
        tree.put("url", w.url());
        named(tree, "headers", w.headers());
        w.body().ifPresent(b -> tree.set("body", b));
        w.expected().forEach(e -> array(tree, "expected").add(e));
        if (w.maxBytes() != FlowBuilder.MAX_BYTES) {
          bytes(tree, w.maxBytes());
        }
      }
      case Work.Compute w -> tree.set("value", w.value());
      case Work.Subflow w -> {
        w.flow().ifPresent(f -> tree.put("flow", f));
        optional(tree, "spec", w.spec());
        named(tree, "parameters", w.parameters());
      }
      case Work.Approval w -> {
        tree.put("message", w.message());
        w.expires().ifPresent(e -> tree.put("expires", Durations.print(e)));
      }
      case Work.Custom w ->
          w.fields().properties().forEach(e -> tree.set(e.getKey(), e.getValue()));
    }
  }

  private static void bytes(ObjectNode tree, long bytes) {
    String text = ByteCount.print(bytes);
    if (ByteCount.isByteCount(text)) {
      tree.put("max_bytes", text);
    } else {
      tree.put("max_bytes", bytes);
    }
  }

  private static void optional(ObjectNode tree, String name, Optional<JsonNode> value) {
    value.ifPresent(v -> tree.set(name, v));
  }
}
