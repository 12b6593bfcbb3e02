package dev.mahavishnu.prefect;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Which events to take: those that fit every condition. */
public final class EventFilter {
  public static final EventFilter ALL = new EventFilter(Fields.NONE);

  private final Fields fields;

  private EventFilter(Fields fields) {
    this.fields = fields;
  }

  /** Events whose name begins so: {@code prefect.flow-run.} */
  public EventFilter prefixes(String... prefixes) {
    return new EventFilter(fields.within(List.of(prefixes), "event", "prefix"));
  }

  public EventFilter names(String... names) {
    return new EventFilter(fields.within(List.of(names), "event", "name"));
  }

  /** Events of these flow runs, and of what belongs to them: their task runs. */
  public EventFilter about(UUID... flowRuns) {
    List<String> ids = Arrays.stream(flowRuns).map(id -> "prefect.flow-run." + id).toList();
    return new EventFilter(fields.within(ids, "any_resource", "id"));
  }

  /** Events of these resources, and those that concern them: the flow runs of a work pool. */
  public EventFilter concerning(String... ids) {
    return new EventFilter(fields.within(List.of(ids), "any_resource", "id"));
  }

  ObjectNode json(Instant since, Instant until) {
    return fields.within(since, "occurred", "since").within(until, "occurred", "until").json();
  }
}
