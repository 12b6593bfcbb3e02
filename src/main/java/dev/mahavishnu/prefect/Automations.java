package dev.mahavishnu.prefect;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The automations of a server. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class Automations {
  private final Api api;

  /** What the server does when something happens; trigger and actions in its own words. */
  public record Automation(
      UUID id,
      String name,
      String description,
      boolean enabled,
      List<String> tags,
      JsonNode trigger,
      JsonNode actions) {
    public Automation {
      tags = List.copyOf(tags);
    }
  }

  /** An automation to be made. */
  public static final class Draft {
    private final Fields fields;

    private Draft(Fields fields) {
      this.fields = fields;
    }

    /** Enabled. */
    public static Draft of(String name, JsonNode trigger, List<? extends JsonNode> actions) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      actions.forEach(array::add);
      return new Draft(
          Fields.NONE
              .with("name", name)
              .with("trigger", trigger)
              .with("actions", array)
              .with("enabled", true));
    }

    public Draft description(String description) {
      return new Draft(fields.with("description", description));
    }

    public Draft enabled(boolean enabled) {
      return new Draft(fields.with("enabled", enabled));
    }

    public Draft tags(List<String> tags) {
      return new Draft(fields.with("tags", tags));
    }
  }

  Automations(Api api) {
    this.api = api;
  }

  /**
   * Fires each time that a flow run of the flow comes to the state of that name, "Completed" say.
   */
  public static ObjectNode whenFlowRunOf(UUID flow, String stateName) {
    return Fields.NONE
        .with("type", "event")
        .with("posture", "Reactive")
        .with("threshold", 1)
        .with("within", Duration.ZERO)
        .with("expect", List.of("prefect.flow-run." + stateName))
        .with("for_each", List.of("prefect.resource.id"))
        .within("prefect.flow-run.*", "match", "prefect.resource.id")
        .within("flow", "match_related", "prefect.resource.role")
        .within("prefect.flow." + flow, "match_related", "prefect.resource.id")
        .json();
  }

  /**
   * Makes a flow run of the deployment.
   *
   * @param parameters may hold Jinja templates, as Prefect describes them
   */
  public static ObjectNode runDeployment(UUID deployment, JsonNode parameters) {
    return Fields.NONE
        .with("type", "run-deployment")
        .with("source", "selected")
        .with("deployment_id", deployment)
        .with("parameters", parameters)
        .json();
  }

  public Automation create(Draft draft) {
    return api.call(ApiCall.post("/automations/", draft.fields.json()), Automation.class);
  }

  public Optional<Automation> find(UUID id) {
    return api.find(ApiCall.get(ApiCall.path("automations", id)), Automation.class);
  }

  /** All of these names; a name need not be unique. All there are when none is given. */
  public Stream<Automation> list(String... names) {
    Fields fields =
        names.length == 0
            ? Fields.NONE
            : Fields.NONE.within(List.of(names), "automations", "name", "any_");
    return Pages.of(api, "/automations/filter", fields.json(), Automation.class);
  }

  public int count() {
    return api.call(ApiCall.safePost("/automations/count", JsonNodeFactory.instance.objectNode()))
        .asInt();
  }

  /** Sets all of it. */
  public void replace(UUID id, Draft draft) {
    api.call(
        new ApiCall(
            ApiCall.Method.PUT,
            ApiCall.path("automations", id),
            Optional.of(draft.fields.json()),
            true));
  }

  public void setEnabled(UUID id, boolean enabled) {
    api.call(
        ApiCall.patch(
            ApiCall.path("automations", id), Fields.NONE.with("enabled", enabled).json()));
  }

  /** False when it wasn't there. */
  public boolean delete(UUID id) {
    return api.delete(ApiCall.path("automations", id));
  }
}
