package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Automations;
import dev.mahavishnu.prefect.Automations.Automation;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A flow's trigger as a server carries it out: an automation that runs the deployment. Of the run
 * that ended a server knows parameters and state; its outputs it does not know.
 *
 * @param name of the automation
 * @param after the flow whose end starts a run
 * @param states the names of the states that count
 * @param parameters in the server's words
 */
public record ServerTrigger(String name, String after, List<String> states, ObjectNode parameters) {
  private static final Pattern OF_RUN =
      Pattern.compile("\\$\\{\\{\\s*run\\.(?:(state)|params\\.([A-Za-z_][A-Za-z0-9_]*))\\s*}}");

  public ServerTrigger {
    states = List.copyOf(states);
    parameters = parameters.deepCopy();
  }

  /**
   * @param deployment as people name it
   * @throws IllegalArgumentException when a server can't pass one of its parameters; says which
   */
  static ServerTrigger of(Trigger trigger, String deployment, int index) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    for (NamedValue parameter : trigger.parameters()) {
      parameters.set(parameter.name(), passed(trigger, parameter));
    }
    String name = deployment + " after " + trigger.after() + " (" + trigger.state().text() + ")";
    return new ServerTrigger(
        index == 0 ? name : name + " #" + (index + 1),
        trigger.after(),
        states(trigger.state()),
        parameters);
  }

  private static List<String> states(Trigger.Ending ending) {
    return switch (ending) {
      case COMPLETED -> List.of("Completed");
      case FAILED -> List.of("Failed", "TimedOut");
      case CRASHED -> List.of("Crashed");
      case CANCELLED -> List.of("Cancelled");
      case ANY -> List.of("Completed", "Failed", "TimedOut", "Crashed", "Cancelled");
    };
  }

  private static JsonNode passed(Trigger trigger, NamedValue parameter) {
    JsonNode value = parameter.value();
    if (!value.toString().contains("${{")) {
      return value;
    }
    Matcher match = OF_RUN.matcher(value.isString() ? value.stringValue().strip() : "");
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "the trigger after `"
              + trigger.after()
              + "` gives `"
              + parameter.name()
              + "` a value that a server can't make: it can pass ${{ run.params.NAME }},"
              + " ${{ run.state }} and constants; outputs and computed values only `mahavishnu"
              + " serve` can");
    }
    return match.group(1) != null
        ? jinja("{{ event.resource['prefect.state-type'] }}")
        : json(jinja("{{ flow_run.parameters['" + match.group(2) + "'] | tojson }}"));
  }

  private static ObjectNode jinja(String template) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("__prefect_kind", "jinja")
        .put("template", template);
  }

  private static ObjectNode json(ObjectNode text) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("__prefect_kind", "json");
    node.set("value", text);
    return node;
  }

  /** For people. */
  String text() {
    return "after "
        + after
        + " "
        + String.join("/", states)
        + (parameters.isEmpty() ? "" : " with " + String.join(", ", parameters.propertyNames()));
  }

  /** The tag by which the automations of a deployment are found. */
  static String tag(UUID deployment) {
    return "mahavishnu-deployment:" + deployment;
  }

  Automations.Draft draft(UUID flow, UUID deployment) {
    ObjectNode when = Automations.whenFlowRunOf(flow, states.getFirst());
    ArrayNode expect = when.putArray("expect");
    states.forEach(state -> expect.add("prefect.flow-run." + state));
    return Automations.Draft.of(
            name, when, List.of(Automations.runDeployment(deployment, parameters)))
        .description("Made by mahavishnu deployment apply; a change here goes with the next one.")
        .tags(List.of("mahavishnu", tag(deployment)));
  }

  /** Whether the server has it like that; whether it is enabled is a person's to say. */
  boolean isSame(Automation has, Optional<UUID> flow, UUID deployment) {
    Set<String> expected = new HashSet<>();
    has.trigger().path("expect").forEach(e -> expected.add(e.asString("")));
    Set<String> wanted = new HashSet<>();
    states.forEach(state -> wanted.add("prefect.flow-run." + state));
    JsonNode action = has.actions().path(0);
    return expected.equals(wanted)
        && flow.map(id -> "prefect.flow." + id)
            .filter(id -> related(has.trigger().path("match_related")).contains(id))
            .isPresent()
        && has.actions().size() == 1
        && action.path("deployment_id").asString("").equals(deployment.toString())
        && PlannedFields.asRead(parameters).equals(parametersOf(action));
  }

  private static ObjectNode parametersOf(JsonNode action) {
    return action.path("parameters") instanceof ObjectNode set
        ? set
        : JsonNodeFactory.instance.objectNode();
  }

  /** The server may give one condition, or a list of them; an id, or a list of ids. */
  private static List<String> related(JsonNode match) {
    List<String> ids = new ArrayList<>();
    for (JsonNode one : match.isArray() ? match : JsonNodeFactory.instance.arrayNode().add(match)) {
      JsonNode id = one.path("prefect.resource.id");
      if (id.isArray()) {
        id.forEach(i -> ids.add(i.asString("")));
      } else {
        ids.add(id.asString(""));
      }
    }
    return ids;
  }
}
