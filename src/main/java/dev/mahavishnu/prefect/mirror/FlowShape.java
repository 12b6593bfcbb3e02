package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.TemplateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the mirror needs to know of a flow. Read from the recorded spec as it stands, so that a run
 * which an older version recorded, and this one would not run, is told all the same.
 */
final class FlowShape {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Texts under these names hold no expressions. */
  private static final Set<String> PLAIN =
      Set.of("id", "type", "description", "depends_on", "tags", "output", "files", "script");

  /** A task that an expression names; literals are matched too, to be passed over. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?<![\\w.])tasks\\s*(?:\\.\\s*(\\w+)|\\[\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*])"
              + "|\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");

  private static final Pattern OUTPUT =
      Pattern.compile(
          "\\s*tasks\\s*(?:\\.\\s*(\\w+)|\\[\\s*(?:\"([^\"]*)\"|'([^']*)')\\s*])"
              + "\\s*\\.\\s*output\\s*");

  /** What a task is without a spec to say so. */
  private static final Step UNKNOWN =
      new Step(
          false, Optional.empty(), List.of(), List.of(), List.of(), 0, 0, false, Optional.empty());

  /**
   * A task.
   *
   * @param subflow whether it runs a flow
   * @param over the task whose outputs it is mapped over, one for one
   * @param named the tasks that its expressions name
   * @param waits the other tasks it depends on
   * @param retryDelay in seconds
   * @param expires how long an approval is waited for
   */
  record Step(
      boolean subflow,
      Optional<String> over,
      List<String> named,
      List<String> waits,
      List<String> tags,
      int retries,
      long retryDelay,
      boolean cached,
      Optional<Duration> expires) {}

  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Map<String, Integer> consumers = new HashMap<>();

  private FlowShape() {}

  /**
   * @param spec a flow as canonical JSON
   */
  static FlowShape of(String spec) {
    JsonNode flow = MAPPER.readTree(spec);
    FlowShape shape = new FlowShape();
    Set<String> ids = new LinkedHashSet<>();
    List<JsonNode> tasks = new ArrayList<>();
    flow.path("tasks").forEach(tasks::add);
    flow.path("on_failure").forEach(tasks::add);
    tasks.forEach(task -> ids.add(task.path("id").asString("")));
    tasks.forEach(task -> shape.steps.put(task.path("id").asString(""), step(task, ids)));
    for (Step step : shape.steps.values()) {
      step.named.forEach(id -> shape.consumers.merge(id, 1, Integer::sum));
      step.waits.forEach(id -> shape.consumers.merge(id, 1, Integer::sum));
    }
    return shape;
  }

  Step step(String task) {
    return steps.getOrDefault(task, UNKNOWN);
  }

  /** Number of tasks that depend on it, 1 for none. */
  int consumers(String task) {
    return consumers.getOrDefault(task, 1);
  }

  private static Step step(JsonNode task, Set<String> ids) {
    Set<String> named = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> field : task.properties()) {
      if (field.getKey().equals("when")) {
        condition(field.getValue().asString(""), named);
      } else if (!PLAIN.contains(field.getKey())
          // A flow within a flow has tasks of its own.
          && !(field.getKey().equals("spec") && field.getValue().isObject())) {
        texts(field.getValue(), named);
      }
    }
    named.retainAll(ids);
    Set<String> waits = new LinkedHashSet<>();
    task.path("depends_on").forEach(id -> waits.add(id.asString("")));
    waits.retainAll(ids);
    waits.removeAll(named);
    List<String> tags = new ArrayList<>();
    task.path("tags").forEach(tag -> tags.add(tag.asString("")));
    JsonNode delay = task.path("retry_delay");
    int retries = task.path("retries").asInt(0);
    return new Step(
        task.path("type").asString("").equals("flow"),
        task.has("batch") ? Optional.empty() : over(task.path("map")),
        List.copyOf(named),
        List.copyOf(waits),
        List.copyOf(tags),
        retries,
        duration(delay.isObject() ? delay.path("initial") : delay)
            .map(Duration::toSeconds)
            .orElse(retries > 0 ? 1L : 0L),
        task.has("cache"),
        duration(task.path("expires")));
  }

  private static Optional<Duration> duration(JsonNode node) {
    return Optional.of(node.asString("")).filter(Durations::isDuration).map(Durations::parse);
  }

  private static Optional<String> over(JsonNode map) {
    try {
      Template template = Template.of(map.asString(""));
      if (template.isWhole()) {
        Matcher match = OUTPUT.matcher(template.expressions().getFirst().source());
        return match.matches() ? Optional.of(name(match)) : Optional.empty();
      }
    } catch (TemplateException _) {
      // Then it is no whole expression either.
    }
    return Optional.empty();
  }

  private static void texts(JsonNode value, Set<String> named) {
    if (value.isString()) {
      template(value.stringValue(), named);
    } else {
      value.forEach(member -> texts(member, named));
    }
  }

  private static void condition(String text, Set<String> named) {
    if (text.strip().startsWith("${{")) {
      template(text, named);
    } else {
      expression(text, named);
    }
  }

  private static void template(String text, Set<String> named) {
    if (text.contains("${{")) {
      try {
        Template.of(text).expressions().forEach(e -> expression(e.source(), named));
      } catch (TemplateException _) {
        // What can't be read can't have run either.
      }
    }
  }

  private static void expression(String source, Set<String> named) {
    Matcher match = NAMED.matcher(source);
    while (match.find()) {
      String name = name(match);
      if (!name.isEmpty()) {
        named.add(name);
      }
    }
  }

  private static String name(Matcher match) {
    for (int group = 1; group <= 3; group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    return "";
  }
}
