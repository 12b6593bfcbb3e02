package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The flows of a server. Each call throws {@link PrefectException} when it comes to nothing. */
public final class Flows {
  private final Api api;

  /** A flow, of which a server keeps little more than the name. */
  public record Flow(
      UUID id,
      String name,
      List<String> tags,
      Map<String, JsonNode> labels,
      Optional<Instant> created,
      Optional<Instant> updated) {
    public Flow {
      tags = List.copyOf(tags);
      labels = Map.copyOf(labels);
    }
  }

  Flows(Api api) {
    this.api = api;
  }

  /**
   * The flow of that name, made when there is none; tags and labels are those of the first time.
   */
  public Flow ensure(String name, List<String> tags, Map<String, String> labels) {
    Fields fields = Fields.NONE.with("name", name).with("tags", tags).with("labels", labels);
    return api.call(ApiCall.safePost("/flows/", fields.json()), Flow.class);
  }

  public Optional<Flow> find(UUID id) {
    return api.find(ApiCall.get(ApiCall.path("flows", id)), Flow.class);
  }

  public Optional<Flow> find(String name) {
    return api.find(ApiCall.get(ApiCall.path("flows", "name", name)), Flow.class);
  }

  public Stream<Flow> filter(Filter filter) {
    return Pages.of(api, "/flows/filter", filter.json(), Flow.class);
  }

  public int count(Filter filter) {
    return api.call(ApiCall.safePost("/flows/count", filter.json())).asInt();
  }

  public void setTags(UUID id, List<String> tags) {
    api.call(ApiCall.patch(ApiCall.path("flows", id), Fields.NONE.with("tags", tags).json()));
  }

  /** Deletes it with its runs and deployments; false when it wasn't there. */
  public boolean delete(UUID id) {
    return api.delete(ApiCall.path("flows", id));
  }
}
