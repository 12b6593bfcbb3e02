package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports on their way to the server, in order: the head stays until the server has taken it. For
 * one thread.
 */
final class ReportQueue {
  private static final Logger LOG = LoggerFactory.getLogger(ReportQueue.class);
  private static final int MOST_EVENTS = 200;

  private record Waiting(Report report, long seq, boolean maybe) {}

  private final Server server;
  private final FlowStates states;
  private final Intake intake;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** Were sent once, and may have been lost since. */
  private final List<Waiting> doubtful = new ArrayList<>();

  private final Map<UUID, Instant> unseen = new HashMap<>();
  private Optional<Intake.Mark> last = Optional.empty();
  private boolean failed;
  private boolean unsure;

  ReportQueue(Server server, FlowStates states, Intake intake) {
    this.server = server;
    this.states = states;
    this.intake = intake;
  }

  /** Takes note of a report that the server has been told of before. */
  void knows(Report report) {
    switch (report) {
      case Report.FlowRunMade r -> server.expects(r);
      case Report.FlowRunMoved r -> states.knows(r);
      case Report.TaskRunMoved r -> unseen.put(r.taskRun(), r.at());
      case Report.TaskRunMade _, Report.ArtifactMade _ -> {}
    }
  }

  /**
   * Takes a report to be sent.
   *
   * @param seq number of the event that it follows from
   * @param maybe whether the server may have been told of it before
   */
  void add(Report report, long seq, boolean maybe) {
    knows(report);
    waiting.add(new Waiting(report, seq, maybe));
  }

  /** Takes a report that was sent, to be sent again if the server turns out not to keep it. */
  void doubts(Report.TaskRunMoved report, long seq) {
    knows(report);
    doubtful.add(new Waiting(report, seq, true));
  }

  /** The server may have been told of all of it, though nothing here says so. */
  void mayAllBeThere() {
    unsure = true;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Number of the event that the first of those that wait follows from. */
  Optional<Long> next() {
    return Optional.ofNullable(waiting.peekFirst()).map(Waiting::seq);
  }

  /** The flow runs that are not made yet. */
  Set<String> unmade() {
    return waiting.stream()
        .map(Waiting::report)
        .filter(Report.FlowRunMade.class::isInstance)
        .map(Report::flowRun)
        .collect(Collectors.toSet());
  }

  /**
   * The task runs that the server was not seen to have in the last state that they were told in, or
   * a newer one; asks it.
   */
  Set<UUID> missing() {
    Stored.remove(server, unseen);
    return unseen.keySet();
  }

  /** The last task run of which the server was told. */
  Optional<Intake.Mark> last() {
    return last;
  }

  /** Asks what the server keeps of what is in doubt; the rest waits before all others then. */
  void settleDoubts() {
    if (doubtful.isEmpty()) {
      return;
    }
    Map<UUID, Instant> missing = new HashMap<>();
    doubtful.forEach(
        doubt -> {
          if (doubt.report() instanceof Report.TaskRunMoved moved) {
            missing.put(moved.taskRun(), moved.at());
          }
        });
    Stored.remove(server, missing);
    for (Waiting doubt : doubtful.reversed()) {
      if (doubt.report() instanceof Report.TaskRunMoved moved
          && missing.containsKey(moved.taskRun())) {
        waiting.addFirst(doubt);
      }
    }
    doubtful.clear();
  }

  /**
   * Sends those that wait, as long as the server has room for them.
   *
   * @param answered id of the last state of somebody else that our run was told of
   * @return the state of the run itself that the server has now, where one of ours was told
   * @throws PrefectException what was sent before is off the queue, and the rest still on it
   * @throws RefusedException when a flow run will never be taken
   */
  Optional<ServerState> send(Optional<UUID> answered) {
    Optional<ServerState> set = Optional.empty();
    while (!waiting.isEmpty()) {
      Waiting next = waiting.getFirst();
      try {
        if (next.report() instanceof Report.TaskRunMoved) {
          if (!intake.hasRoom(mark -> Stored.has(server, mark))) {
            return set;
          }
          sendEvents();
        } else {
          Optional<ServerState> before = set;
          set = tell(next.report(), next.maybe() || failed || unsure, answered).or(() -> before);
          waiting.removeFirst();
        }
        failed = false;
      } catch (PrefectException e) {
        failed = true;
        if (!RefusedException.isRefusal(e)) {
          throw e;
        }
        // One report less is better than none any more.
        LOG.warn("the server does not take {}: {}", next.report(), e.getMessage());
        waiting.removeFirst();
      }
    }
    return set;
  }

  private Optional<ServerState> tell(Report report, boolean maybe, Optional<UUID> answered) {
    switch (report) {
      case Report.FlowRunMade r -> server.id(r.flowRun());
      case Report.TaskRunMade r -> server.make(r);
      case Report.ArtifactMade r -> server.make(r, maybe);
      case Report.FlowRunMoved r -> {
        Optional<ServerState> state = states.tell(r, maybe, answered);
        return r.flowRun().equals(Report.ROOT) ? state : Optional.empty();
      }
      case Report.TaskRunMoved _ -> throw new IllegalStateException("sent as events");
    }
    return Optional.empty();
  }

  private void sendEvents() {
    List<ObjectNode> events = new ArrayList<>();
    Iterator<Waiting> ahead = waiting.iterator();
    Optional<Report.TaskRunMoved> newest = Optional.empty();
    while (ahead.hasNext()
        && events.size() < MOST_EVENTS
        && ahead.next().report() instanceof Report.TaskRunMoved moved) {
      events.add(moved.event(server::id));
      newest = Optional.of(moved);
    }
    server.send(events);
    events.forEach(_ -> waiting.removeFirst());
    last = newest.map(moved -> intake.sent(events.size(), moved.taskRun(), moved.at()));
  }
}
