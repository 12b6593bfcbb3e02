package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Nearest;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which fields of a deployment to change. */
final class PlannedFields {
  private static final JsonMapper JSON = new JsonMapper();

  private final Wanted wanted;
  private final Optional<Deployment> has;
  private final List<Change> changes = new ArrayList<>();

  private PlannedFields(Wanted wanted, Optional<Deployment> has) {
    this.wanted = wanted;
    this.has = has;
  }

  static List<Change> between(Optional<Deployment> has, Wanted wanted) {
    PlannedFields fields = new PlannedFields(wanted, has);
    fields.content();
    fields.text("description", has.map(Deployment::description), wanted.flow().description());
    fields.place();
    fields.parameters();
    fields.others();
    return fields.changes;
  }

  private void content() {
    Optional<Bundle> before = has.flatMap(d -> bundle(d.pullSteps()));
    boolean same = before.filter(wanted.bundle()::isSame).isPresent();
    boolean marked =
        has.filter(d -> d.version().equals(wanted.version()))
            .filter(d -> d.entrypoint().equals(wanted.entrypoint()))
            .isPresent();
    if (!same || !marked) {
      changes.add(new Change.Content(before, wanted.bundle()));
    }
  }

  private static Optional<Bundle> bundle(JsonNode pullSteps) {
    try {
      return Bundle.among(pullSteps);
    } catch (BundleException _) {
      // Of a newer version or damaged: it is replaced.
      return Optional.empty();
    }
  }

  private void text(String name, Optional<String> before, String after) {
    if (!before.orElse("").equals(after)) {
      changes.add(
          new Change.Field(name, set(before.orElse("")), set(after), c -> c.description(after)));
    }
  }

  private static Optional<String> set(String text) {
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  /** Of a pool and a queue only both together mean the same to the server at all times. */
  private void place() {
    Said said = wanted.said();
    Optional<String> was = has.map(Deployment::workPoolName).flatMap(PlannedFields::set);
    Optional<String> wasQueue = has.map(Deployment::workQueueName).flatMap(PlannedFields::set);
    Optional<String> pool = said.pool().or(() -> was);
    boolean moves = !pool.equals(was);
    Optional<String> queue =
        said.queue()
            .or(() -> moves ? Optional.of("default") : wasQueue)
            .filter(_ -> pool.isPresent());
    Change.Setting setting =
        c -> {
          DeploymentDraft.Change placed = pool.map(c::workPool).orElse(c);
          return queue.map(placed::workQueue).orElse(placed);
        };
    if (moves) {
      changes.add(new Change.Field("work pool", was, pool, setting));
    }
    if (!queue.equals(wasQueue) && !(has.isEmpty() && said.queue().isEmpty())) {
      changes.add(new Change.Field("work queue", wasQueue, queue, setting));
    }
  }

  private void parameters() {
    ObjectNode schema = asRead(ParameterSchema.of(wanted.flow()));
    ObjectNode before = before();
    ObjectNode after = parametersAfter(has, wanted);
    boolean schemaChanges =
        has.filter(d -> d.enforceParameterSchema())
            .filter(d -> d.parameterOpenapiSchema().equals(schema))
            .isEmpty();
    // Values are checked by the schema that comes with them: both travel together.
    Change.Setting setting = c -> c.parameterSchema(schema).parameters(after);
    TreeSet<String> names = new TreeSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    for (String name : names) {
      Optional<JsonNode> was = Optional.ofNullable(before.get(name));
      Optional<JsonNode> is = Optional.ofNullable(after.get(name));
      if (!was.equals(is)) {
        changes.add(
            new Change.Field(
                "parameter " + name,
                was.map(JsonNode::toString),
                is.map(JsonNode::toString),
                setting));
      }
    }
    if (schemaChanges) {
      changes.add(
          new Change.Field(
              "form of parameters",
              has.map(d -> names(d.parameterOpenapiSchema())).filter(n -> !n.isEmpty()),
              Optional.of(names(schema)),
              setting));
    }
  }

  private static String names(JsonNode schema) {
    List<String> shown = new ArrayList<>();
    for (String name : schema.path("properties").propertyNames()) {
      boolean required = false;
      for (JsonNode one : schema.path("required")) {
        required |= one.asString("").equals(name);
      }
      shown.add(required ? name + " (required)" : name);
    }
    return shown.isEmpty() ? "none" : String.join(", ", shown);
  }

  private ObjectNode before() {
    return has.map(Deployment::parameters)
        .filter(JsonNode::isObject)
        .map(p -> (ObjectNode) p)
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /** Those that the deployment has and the flow still knows, and over them what is said. */
  static ObjectNode parametersAfter(Optional<Deployment> has, Wanted wanted) {
    ObjectNode after = JsonNodeFactory.instance.objectNode();
    for (Parameter parameter : wanted.flow().parameters()) {
      String name = parameter.name();
      Optional.ofNullable(wanted.said().parameters().get(name))
          .or(() -> has.flatMap(d -> Optional.ofNullable(d.parameters().get(name))))
          .ifPresent(value -> after.set(name, value));
    }
    return asRead(after);
  }

  /** With numbers of the same kinds as in what is read from a server, so that both compare. */
  static ObjectNode asRead(ObjectNode node) {
    return (ObjectNode) JSON.readTree(node.toString());
  }

  private void others() {
    Said said = wanted.said();
    List<String> tags = has.map(Deployment::tags).orElse(List.of());
    said.tags()
        .filter(t -> !t.equals(tags))
        .ifPresent(t -> change("tags", set(join(tags)), set(join(t)), c -> c.tags(t)));
    Optional<Integer> most = has.flatMap(PlannedFields::limit);
    said.concurrency()
        .map(n -> Optional.of(n).filter(some -> some > 0))
        .filter(n -> !n.equals(most))
        .ifPresent(
            n ->
                change(
                    "concurrency",
                    most.map(String::valueOf),
                    n.map(String::valueOf),
                    c -> n.map(c::concurrencyLimit).orElseGet(c::noConcurrencyLimit)));
    boolean paused = has.map(Deployment::paused).orElse(false);
    said.paused()
        .filter(p -> p != paused)
        .ifPresent(
            p ->
                change(
                    "paused",
                    has.map(d -> String.valueOf(d.paused())),
                    Optional.of(String.valueOf(p)),
                    c -> c.paused(p)));
  }

  private void change(
      String name, Optional<String> before, Optional<String> after, Change.Setting setting) {
    changes.add(new Change.Field(name, before, after, setting));
  }

  private static String join(List<String> tags) {
    return String.join(", ", tags);
  }

  private static Optional<Integer> limit(Deployment deployment) {
    JsonNode global = deployment.globalConcurrencyLimit().path("limit");
    return global.isIntegralNumber() ? Optional.of(global.asInt()) : deployment.concurrencyLimit();
  }

  /** Whether each trigger that there is gives the parameter a value. */
  private static boolean isTriggered(Flow flow, String parameter) {
    return flow.triggers().stream()
        .allMatch(t -> t.parameters().stream().anyMatch(p -> p.name().equals(parameter)));
  }

  /** What is wrong with the values that the deployment would have; one line each. */
  static List<String> problems(Optional<Deployment> has, Wanted wanted, boolean startsItself) {
    Flow flow = wanted.flow();
    List<String> names = flow.parameters().stream().map(Parameter::name).toList();
    List<String> problems = new ArrayList<>();
    for (String name : wanted.said().parameters().propertyNames()) {
      if (!names.contains(name)) {
        String like = Nearest.to(name, names).map(n -> ", did you mean `" + n + "`?").orElse("");
        problems.add("flow `" + flow.name() + "` has no parameter `" + name + "`" + like);
      }
    }
    ObjectNode after = parametersAfter(has, wanted);
    for (Parameter parameter : flow.parameters()) {
      Optional<JsonNode> value = Optional.ofNullable(after.get(parameter.name()));
      value
          .flatMap(v -> ValueTypes.mismatch(parameter.type(), v))
          .ifPresent(why -> problems.add("parameter `" + parameter.name() + "`: " + why));
      boolean open = value.isEmpty() && parameter.defaultValue().isEmpty();
      if (open && (startsItself || !isTriggered(flow, parameter.name()))) {
        problems.add(
            "parameter `"
                + parameter.name()
                + "` has no value, and nobody is there to ask when a server starts it: give --param"
                + " "
                + parameter.name()
                + "=VALUE");
      }
    }
    return problems;
  }
}
