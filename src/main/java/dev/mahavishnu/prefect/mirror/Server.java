package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.EventSender;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.run.RunEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The server as it knows one run: what stands there under which id. For one thread. */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  /** Who asked for a run that a worker executes for a flow run of the server. */
  private static final String REQUESTER = "prefect:";

  private final PrefectClient client;
  private final EventSender sender;
  private final Predicate<UUID> lost;
  private final Map<String, Report.FlowRunMade> made = new HashMap<>();
  private final Map<String, UUID> ids = new HashMap<>();
  private Optional<UUID> given = Optional.empty();

  /**
   * @param lost whether a flow run that was given is another's now
   */
  Server(PrefectClient client, EventSender sender, Predicate<UUID> lost) {
    this.client = client;
    this.sender = sender;
    this.lost = lost;
  }

  /** Whether the flow run that the run was to report into is another's by now. */
  boolean isLost() {
    return given.filter(lost).isPresent();
  }

  PrefectClient client() {
    return client;
  }

  /** The flow run of the server that a run is executed for; empty: the run is its own. */
  static Optional<UUID> flowRun(RunEvent.Created created) {
    if (!created.requester().startsWith(REQUESTER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(created.requester().substring(REQUESTER.length())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The run reports into this flow run, if the server has it. */
  void reportsInto(UUID flowRun) {
    given = Optional.of(flowRun);
  }

  /** Is known already. */
  void knows(String key, UUID flowRun) {
    ids.put(key, flowRun);
  }

  /** Such a flow run there is to be, once it is needed. */
  void expects(Report.FlowRunMade flowRun) {
    made.put(flowRun.flowRun(), flowRun);
  }

  /**
   * The server's id of a flow run, which is made where it isn't there.
   *
   * @throws RefusedException when the server will never take it
   */
  UUID id(String key) {
    UUID known = ids.get(key);
    if (known == null) {
      try {
        known = found(key);
      } catch (PrefectException e) {
        throw RefusedException.isRefusal(e) ? new RefusedException(e) : e;
      }
      ids.put(key, known);
    }
    return known;
  }

  private UUID found(String key) {
    Report.FlowRunMade report = made.get(key);
    if (report == null) {
      throw new IllegalStateException("flow run `" + key + "` was not told before");
    }
    if (key.equals(Report.ROOT) && given.isPresent()) {
      Optional<FlowRuns.FlowRun> there = client.flowRuns().find(given.get());
      if (there.isPresent()) {
        label(given.get(), report.labels());
        return given.get();
      }
      LOG.warn("flow run {} is not on the server any more; the run gets one of its own", given);
    }
    UUID flow = client.flows().ensure(report.flow(), List.of(), Map.of()).id();
    try {
      return client.flowRuns().create(report.draft(flow)).id();
    } catch (PrefectException e) {
      if (!RefusedException.isRefusal(e)) {
        throw e;
      }
      LOG.warn("{} is told without its parameters: {}", report.name(), e.getMessage());
      return client.flowRuns().create(report.withoutParameters().draft(flow)).id();
    }
  }

  private void label(UUID flowRun, Map<String, String> labels) {
    try {
      client.flowRuns().addLabels(flowRun, labels);
    } catch (PrefectException e) {
      if (!RefusedException.isRefusal(e)) {
        throw e;
      }
      LOG.warn("flow run {} gets no labels: {}", flowRun, e.getMessage());
    }
  }

  /** Sends events; none is lost but by a server that dies. */
  void send(List<ObjectNode> events) {
    sender.send(events);
  }

  /** Grows when the server may have lost what it had taken and not stored. */
  long connections() {
    return sender.connections();
  }

  void make(Report.TaskRunMade report) {
    client.taskRuns().create(report.draft(this::id));
  }

  /**
   * @param maybe whether it may be there already
   */
  void make(Report.ArtifactMade report, boolean maybe) {
    UUID id = id(report.flowRun());
    boolean there =
        maybe
            && client
                .artifacts()
                .filter(Filter.ALL.flowRunIds(id))
                .anyMatch(stored -> report.isSame(stored));
    if (!there) {
      client.artifacts().create(report.draft(id));
    }
  }
}
