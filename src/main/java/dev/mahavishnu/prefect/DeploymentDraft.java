package dev.mahavishnu.prefect;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A deployment to be made; what it doesn't say, the server chooses. */
public final class DeploymentDraft {
  private final UUID flow;
  private final String name;
  private final Change change;
  private final Fields extra;

  private DeploymentDraft(UUID flow, String name, Change change, Fields extra) {
    this.flow = flow;
    this.name = name;
    this.change = change;
    this.extra = extra;
  }

  /** Of the flow, with a name that no other of its deployments has. */
  public static DeploymentDraft of(UUID flow, String name) {
    return new DeploymentDraft(flow, name, Change.NOTHING, Fields.NONE);
  }

  /** What may also be changed later. */
  public DeploymentDraft with(Change what) {
    return new DeploymentDraft(flow, name, what, extra);
  }

  public DeploymentDraft labels(Map<String, String> labels) {
    return new DeploymentDraft(flow, name, change, extra.with("labels", labels));
  }

  ObjectNode json() {
    ObjectNode json = change.json();
    json.setAll(extra.json());
    json.put("name", name);
    json.put("flow_id", flow.toString());
    return json;
  }

  /** What a deployment says besides its flow and name; what isn't set stays as it is. */
  public static final class Change {
    public static final Change NOTHING = new Change(Fields.NONE);

    private final Fields fields;

    private Change(Fields fields) {
      this.fields = fields;
    }

    private Change with(String name, Object value) {
      return new Change(fields.with(name, value));
    }

    public Change version(String version) {
      return with("version", version);
    }

    public Change description(String description) {
      return with("description", description);
    }

    public Change paused(boolean paused) {
      return with("paused", paused);
    }

    /**
     * All schedules of it. An update keeps those of the same slug with their ids, adds the others,
     * and removes none, when each has a slug on both sides; else it replaces all.
     */
    public Change schedules(List<Schedules.Draft> schedules) {
      return with("schedules", Schedules.array(schedules));
    }

    /** Most flow runs of it at a time. */
    public Change concurrencyLimit(int most) {
      return with("concurrency_limit", most);
    }

    public Change noConcurrencyLimit() {
      return new Change(fields.without("concurrency_limit"));
    }

    public Change parameters(JsonNode parameters) {
      return with("parameters", parameters);
    }

    /**
     * What parameters there are, as JSON Schema: the server draws a form of it and checks by it.
     */
    public Change parameterSchema(JsonNode schema) {
      return new Change(
          fields.with("parameter_openapi_schema", schema).with("enforce_parameter_schema", true));
    }

    public Change tags(List<String> tags) {
      return with("tags", tags);
    }

    public Change workPool(String pool) {
      return with("work_pool_name", pool);
    }

    public Change workQueue(String queue) {
      return with("work_queue_name", queue);
    }

    /** Which of the code to run; only workers read it. */
    public Change entrypoint(String entrypoint) {
      return with("entrypoint", entrypoint);
    }

    public Change path(String path) {
      return with("path", path);
    }

    /** What a worker gets with each run, below the pool's template. */
    public Change jobVariables(JsonNode variables) {
      return with("job_variables", variables);
    }

    public Change pullSteps(JsonNode steps) {
      return with("pull_steps", steps);
    }

    ObjectNode json() {
      return fields.json();
    }
  }
}
