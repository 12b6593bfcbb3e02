package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Schedule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A flow that is right.
 *
 * @param said as the case has it: {@code tasks} for a whole flow, {@code draft} for what a draft
 *     becomes
 */
record FlowRule(JsonNode said) {
  private static final Set<String> FIELDS =
      Set.of(
          "tasks",
          "draft",
          "on_failure",
          "schedules",
          "params",
          "secrets",
          "timeout",
          "concurrency",
          "name",
          "noted",
          "not");

  FlowRule {
    for (String field : said.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw new IllegalArgumentException("no such field of what is right: " + field);
      }
    }
    if (said.has("tasks") == said.has("draft")) {
      throw new IllegalArgumentException("what is right has either `tasks` or `draft`");
    }
    schedules(said);
    parameters(said);
    for (String tasks : List.of("tasks", "draft", "on_failure")) {
      // What a draft has is known later; a field that is misspelt, now.
      said.path(tasks).properties().stream()
          .filter(e -> e.getValue().isObject())
          .forEach(e -> TaskRule.check(e.getKey(), e.getValue(), tasks.equals("draft")));
    }
  }

  /** Whether it says how a draft should change. */
  boolean changes() {
    return said.has("draft");
  }

  /**
   * What is wrong with everything of a flow but its tasks.
   *
   * @param notes what the planner said about it
   */
  List<String> problems(Flow flow, List<String> notes, Optional<Flow> draft) {
    Optional<Flow> base = draft.filter(_ -> changes());
    List<String> problems = new ArrayList<>();
    words("noted").stream()
        .filter(w -> notes.stream().noneMatch(n -> TaskRule.has(n, w)))
        .forEach(w -> problems.add("no note says " + w));
    String text = FlowWriter.yaml(flow);
    words("not").stream().filter(w -> TaskRule.has(text, w)).forEach(w -> problems.add("has " + w));
    differ(
        problems,
        "schedules",
        Times.of(flow.schedules()),
        Times.of(
            said.has("schedules") ? schedules(said) : base.map(Flow::schedules).orElse(List.of())));
    parameters(problems, flow, base);
    differ(
        problems,
        "secrets",
        new HashSet<>(flow.secrets()),
        new HashSet<>(
            said.has("secrets")
                ? TaskRule.texts(said.get("secrets"))
                : base.map(Flow::secrets).orElse(List.of())));
    differ(
        problems,
        "timeout",
        flow.timeout(),
        said.has("timeout")
            ? Specs.withField("timeout", said.get("timeout")).timeout()
            : base.flatMap(Flow::timeout));
    differ(
        problems,
        "concurrency",
        flow.concurrency(),
        said.has("concurrency")
            ? Optional.of(said.get("concurrency").intValue())
            : base.flatMap(Flow::concurrency));
    Optional<String> name =
        said.has("name") ? Optional.of(said.get("name").stringValue()) : base.map(Flow::name);
    name.ifPresent(n -> differ(problems, "flow", flow.name(), n));
    return problems;
  }

  private List<String> words(String field) {
    return said.has(field) ? TaskRule.words(said.get(field)) : List.of();
  }

  private static void differ(List<String> problems, String what, Object is, Object right) {
    if (!is.equals(right)) {
      problems.add(what + ": " + is + ", not " + right);
    }
  }

  private void parameters(List<String> problems, Flow flow, Optional<Flow> base) {
    if (said.has("params") && said.get("params").isString()) {
      return;
    }
    if (!said.has("params") && base.isPresent()) {
      differ(problems, "params", flow.parameters(), base.get().parameters());
      return;
    }
    List<Parameter> right = parameters(said);
    for (Parameter parameter : right) {
      Optional<Parameter> is =
          flow.parameters().stream().filter(p -> p.name().equals(parameter.name())).findFirst();
      if (is.isEmpty()) {
        problems.add("params: " + parameter.name() + " is missing");
        continue;
      }
      differ(problems, "type of " + parameter.name(), is.get().type(), parameter.type());
      if (parameter.defaultValue().isPresent()) {
        differ(
            problems,
            "default of " + parameter.name(),
            is.get().defaultValue(),
            parameter.defaultValue());
      }
    }
    flow.parameters().stream()
        .filter(p -> right.stream().noneMatch(r -> r.name().equals(p.name())))
        .forEach(p -> problems.add("params: nobody asked for " + p.name()));
  }

  /** {@code {day: date, limit: [integer, 100]}}: a type, or a type and a default. */
  private static List<Parameter> parameters(JsonNode said) {
    if (!said.has("params") || said.get("params").isString()) {
      return List.of();
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Map.Entry<String, JsonNode> entry : said.get("params").properties()) {
      JsonNode value = entry.getValue();
      ObjectNode parameter = list.addObject().put("name", entry.getKey());
      parameter.set("type", value.isArray() ? value.get(0) : value);
      if (value.isArray()) {
        parameter.set("default", value.get(1));
      }
    }
    return Specs.withField("parameters", list).parameters();
  }

  /** {@code ["0 6 * * 1-5 Europe/Berlin", every 15m]}, or schedules as specs have them. */
  private static List<Schedule> schedules(JsonNode said) {
    if (!said.has("schedules")) {
      return List.of();
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (JsonNode one : said.get("schedules")) {
      if (!one.isString()) {
        list.add(one);
        continue;
      }
      String[] words = one.stringValue().split("\\s+");
      ObjectNode schedule = list.addObject();
      if (words[0].equals("every")) {
        schedule.put("every", words[1]);
      } else {
        schedule.put("cron", String.join(" ", List.of(words).subList(0, 5)));
        schedule.put("timezone", words.length > 5 ? words[5] : "UTC");
      }
    }
    return list.isEmpty() ? List.of() : Specs.withField("schedules", list).schedules();
  }
}
