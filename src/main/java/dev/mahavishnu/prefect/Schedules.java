package dev.mahavishnu.prefect;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schedules of a server's deployments. Each call throws {@link PrefectException} when it comes
 * to nothing.
 */
public final class Schedules {
  private final Api api;

  /**
   * A schedule of a deployment.
   *
   * @param active whether the server makes runs of it
   * @param slug a name that is unique in its deployment; empty: none
   */
  public record Schedule(
      UUID id, ServerSchedule schedule, boolean active, JsonNode parameters, String slug) {}

  /** A schedule to be made. */
  public static final class Draft {
    private final Fields fields;

    private Draft(Fields fields) {
      this.fields = fields;
    }

    /** Active. */
    public static Draft of(ServerSchedule schedule) {
      return new Draft(Fields.NONE.with("schedule", schedule.json()).with("active", true));
    }

    public Draft active(boolean active) {
      return new Draft(fields.with("active", active));
    }

    /** Instead of the deployment's own. */
    public Draft parameters(JsonNode parameters) {
      return new Draft(fields.with("parameters", parameters));
    }

    /** A name, unique in the deployment: with it a schedule can be changed and keep its id. */
    public Draft slug(String slug) {
      return new Draft(fields.with("slug", slug));
    }

    ObjectNode json() {
      return fields.json();
    }
  }

  Schedules(Api api) {
    this.api = api;
  }

  public List<Schedule> list(UUID deployment) {
    return api.calls(
        ApiCall.get(ApiCall.path("deployments", deployment, "schedules")), Schedule.class);
  }

  /** Adds schedules to those that there are. */
  public List<Schedule> add(UUID deployment, List<Draft> drafts) {
    return api.calls(
        ApiCall.post(ApiCall.path("deployments", deployment, "schedules"), array(drafts)),
        Schedule.class);
  }

  /** Replaces when, whether and with what; the id stays. */
  public void change(UUID deployment, UUID schedule, Draft draft) {
    api.call(
        ApiCall.patch(
            ApiCall.path("deployments", deployment, "schedules", schedule), draft.json()));
  }

  /** Whether the server makes runs of it; those that it made and that wait go when it doesn't. */
  public void setActive(UUID deployment, UUID schedule, boolean active) {
    api.call(
        ApiCall.patch(
            ApiCall.path("deployments", deployment, "schedules", schedule),
            Fields.NONE.with("active", active).json()));
  }

  /** False when it wasn't there. */
  public boolean delete(UUID deployment, UUID schedule) {
    return api.delete(ApiCall.path("deployments", deployment, "schedules", schedule));
  }

  static ArrayNode array(List<Draft> drafts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    drafts.forEach(draft -> array.add(draft.json()));
    return array;
  }
}
