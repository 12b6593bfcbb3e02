package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The artifacts of a server. Each call throws {@link PrefectException} when it comes to nothing.
 */
public final class Artifacts {
  private final Api api;

  /**
   * Something to look at.
   *
   * @param key of which there may be many versions; empty: none
   * @param type "markdown", "table", "progress", "image", "result" or another
   * @param data markdown as text; a table as the text of a JSON list of objects
   */
  public record Artifact(
      UUID id,
      String key,
      String type,
      String description,
      JsonNode data,
      Optional<UUID> flowRunId,
      Optional<UUID> taskRunId,
      Optional<Instant> created,
      Optional<Instant> updated) {}

  private record Latest(UUID latestId) {}

  /** An artifact to be made. */
  public static final class Draft {
    private final Fields fields;

    private Draft(Fields fields) {
      this.fields = fields;
    }

    /**
     * @param key lower-case letters, digits and dashes
     */
    public static Draft markdown(String key, String text) {
      return of(key, "markdown", JsonNodeFactory.instance.stringNode(text));
    }

    /**
     * @param rows objects with the same fields
     */
    public static Draft table(String key, List<? extends JsonNode> rows) {
      String text = Wire.MAPPER.writeValueAsString(rows);
      return of(key, "table", JsonNodeFactory.instance.stringNode(text));
    }

    /** A link, which for Prefect is a piece of markdown. */
    public static Draft link(String key, String url, String text) {
      return markdown(key, "[" + text + "](" + url + ")");
    }

    private static Draft of(String key, String type, JsonNode data) {
      return new Draft(Fields.NONE.with("key", key).with("type", type).with("data", data));
    }

    public Draft description(String description) {
      return new Draft(fields.with("description", description));
    }

    public Draft flowRun(UUID flowRun) {
      return new Draft(fields.with("flow_run_id", flowRun));
    }

    public Draft taskRun(UUID taskRun) {
      return new Draft(fields.with("task_run_id", taskRun));
    }
  }

  Artifacts(Api api) {
    this.api = api;
  }

  /** A new version of its key. */
  public Artifact create(Draft draft) {
    return api.call(ApiCall.post("/artifacts/", draft.fields.json()), Artifact.class);
  }

  public Optional<Artifact> find(UUID id) {
    return api.find(ApiCall.get(ApiCall.path("artifacts", id)), Artifact.class);
  }

  /** The newest version of the key. */
  public Optional<Artifact> latest(String key) {
    // Not artifacts/KEY/latest: that gives the id of the key's collection as the artifact's.
    ApiCall call =
        ApiCall.safePost(
            "/artifacts/latest/filter",
            Fields.NONE.within(List.of(key), "artifacts", "key", "any_").with("limit", 1).json());
    return api.calls(call, Latest.class).stream().findFirst().flatMap(l -> find(l.latestId()));
  }

  public Stream<Artifact> filter(Filter filter) {
    return Pages.of(api, "/artifacts/filter", filter.json(), Artifact.class);
  }

  public void setData(UUID id, JsonNode data) {
    api.call(ApiCall.patch(ApiCall.path("artifacts", id), Fields.NONE.with("data", data).json()));
  }

  /** False when it wasn't there. */
  public boolean delete(UUID id) {
    return api.delete(ApiCall.path("artifacts", id));
  }
}
