package dev.mahavishnu.engine;

import dev.mahavishnu.engine.Stimulus.Evaluation;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Parameters;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import dev.mahavishnu.store.RunJournal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Evaluates what decides how a task runs: its condition, its items, its subflow, its question. */
final class Evaluations {
  /** Largest number of items of a map. */
  static final int MOST_ITEMS = 1_000_000;

  private final RunJournal journal;
  private final FlowReader reader;
  private final ExpressionChecker checker;
  private final Function<String, Optional<FlowSource>> flows;
  private final Redactor redactor;

  Evaluations(Engine.Parts parts, RunJournal journal, Redactor redactor) {
    this.journal = journal;
    this.reader = parts.reader();
    this.checker = parts.expressions();
    this.flows = parts.flows();
    this.redactor = redactor;
  }

  /** Evaluates {@code when} and {@code map}. */
  Evaluation task(Inputs inputs, TaskKey key) {
    try {
      Task task = inputs.task();
      if (task.when().isPresent()) {
        JsonNode met = condition(inputs, key, task.when().get());
        if (!met.isBoolean()) {
          return bad("`when` is not true or false but " + brief(met));
        }
        if (!met.booleanValue()) {
          return new Evaluation.Skip("when: " + task.when().get().strip());
        }
      }
      return task.map().isPresent() ? items(inputs, key, task.map().get()) : new Evaluation.Go();
    } catch (TaskException e) {
      return bad(e.reason());
    }
  }

  private static JsonNode condition(Inputs inputs, TaskKey key, String when) throws TaskException {
    return when.strip().startsWith("${{")
        ? inputs.value(tools.jackson.databind.node.StringNode.valueOf(when.strip()), key)
        : inputs.expression(when, key);
  }

  private Evaluation items(Inputs inputs, TaskKey key, MapOver map) throws TaskException {
    JsonNode list = inputs.value(map.items(), key);
    if (!list.isArray()) {
      return bad("`map` is not a list but " + brief(list));
    }
    if (list.size() > MOST_ITEMS) {
      return bad("`map` has " + list.size() + " items, more than " + MOST_ITEMS);
    }
    ArrayNode items = map.batch().isPresent() ? batches(list, map.batch().get()) : (ArrayNode) list;
    inputs.items(items);
    boolean secret = holdsSecret(items, inputs);
    return new Evaluation.Items(items.size(), journal.keep(items, secret));
  }

  private static ArrayNode batches(JsonNode list, int size) {
    ArrayNode batches = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < list.size(); i++) {
      if (i % size == 0) {
        batches.addArray();
      }
      ((ArrayNode) batches.get(batches.size() - 1)).add(list.get(i));
    }
    return batches;
  }

  /** Evaluates the flow to nest or the question to ask. */
  Evaluation cell(Inputs inputs, TaskKey key) {
    try {
      return switch (inputs.task().work()) {
        case Work.Approval a ->
            new Evaluation.Ask(redactor.redact(inputs.text(a.message(), key)), a.expires());
        case Work.Subflow s -> nest(inputs, key, s);
        case Work.Shell _, Work.Python _, Work.Http _, Work.Compute _, Work.Custom _ ->
            throw new IllegalStateException(key + " has nothing to evaluate");
      };
    } catch (TaskException e) {
      return bad(e.reason());
    }
  }

  private Evaluation nest(Inputs inputs, TaskKey key, Work.Subflow subflow) throws TaskException {
    FlowSource source =
        subflow.flow().isPresent()
            ? named(subflow.flow().get())
            : made(inputs, key, subflow.spec().orElseThrow());
    Map<String, JsonNode> given = new LinkedHashMap<>();
    for (NamedValue parameter : subflow.parameters()) {
      JsonNode value = inputs.value(parameter.value(), key);
      if (holdsSecret(value, inputs)) {
        return bad(
            "parameter `"
                + parameter.name()
                + "` of flow `"
                + source.flow().name()
                + "` would hold a secret, and parameters are stored as they are: declare the secret"
                + " in that flow");
      }
      given.put(parameter.name(), value);
    }
    return switch (Parameters.bind(source.flow(), given)) {
      case Parameters.Bound b -> new Evaluation.Nest(plan(source, checker), b.values());
      case Parameters.Unbound u -> bad(String.join("; ", u.problems()));
    };
  }

  private FlowSource named(String name) throws TaskException {
    return flows
        .apply(name)
        .orElseThrow(() -> new TaskException("no flow `" + name + "` in this workspace", false));
  }

  private FlowSource made(Inputs inputs, TaskKey key, JsonNode spec) throws TaskException {
    // A flow written out in its place speaks of its own parameters and tasks, and is read as it is.
    JsonNode made = spec.isObject() ? spec : inputs.value(spec, key);
    if (holdsSecret(made, inputs)) {
      throw new TaskException(
          "the flow made at run time would hold a secret, and flows are stored as they are: declare"
              + " the secret in that flow",
          false);
    }
    ReadResult read =
        made.isString()
            ? reader.read(key + ".spec", made.stringValue(), inputs.plan().folder())
            : reader.read(key + ".spec", made, inputs.plan().folder());
    return switch (read) {
      case ReadResult.Valid v -> v.source();
      case ReadResult.Invalid i ->
          throw new TaskException(
              "the flow made at run time is invalid: " + problems(i.problems()), false);
    };
  }

  private static String problems(List<Problem> problems) {
    return String.join(" | ", problems.stream().limit(5).map(Problem::text).toList());
  }

  static FlowPlan plan(FlowSource source, ExpressionChecker checker) {
    Flow flow = source.flow();
    return new FlowPlan(
        flow,
        FlowGraph.of(flow, checker),
        FlowWriter.json(flow),
        source.folder().toAbsolutePath().normalize());
  }

  private boolean holdsSecret(JsonNode value, Inputs inputs) {
    return Secrecy.holdsSecret(value, inputs.secrets(), redactor);
  }

  /** Journals are read by people, and by models that explain. */
  private Evaluation bad(String message) {
    return new Evaluation.Bad(redactor.redact(message));
  }

  private String brief(JsonNode value) {
    // Before it is cut: half of a secret is not known as one.
    String text = redactor.redact(value.toString());
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
