package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

  /** A server holds 10,000 events of all that send to it, and drops what comes beyond. */
  private static final int MOST_UNSTORED = 4_000;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private record Waiting(Report report, boolean maybe) {}

  /** The last that was sent of a task run. */
  record Last(UUID taskRun, Instant at) {}

  private final Server server;
  private final FlowStates states;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<UUID, Instant> told = new HashMap<>();
  private Optional<Last> last = Optional.empty();
  private int unstored;
  private boolean failed;

  ReportQueue(Server server, FlowStates states) {
    this.server = server;
    this.states = states;
  }

  /** Takes note of a report that the server has been told of before. */
  void knows(Report report) {
    switch (report) {
      case Report.FlowRunMade r -> server.expects(r);
      case Report.FlowRunMoved r -> states.knows(r);
      case Report.TaskRunMoved r -> told.put(r.taskRun(), r.at());
      case Report.TaskRunMade _, Report.ArtifactMade _ -> {}
    }
  }

  /**
   * Takes a report to be sent.
   *
   * @param maybe whether the server may have been told of it before
   */
  void add(Report report, boolean maybe) {
    knows(report);
    waiting.add(new Waiting(report, maybe));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * When each task run came to the last state that it was told in; what the server has of it is
   * that or newer, or else something was lost.
   */
  Map<UUID, Instant> told() {
    return told;
  }

  /** The last task run of which the server was told. */
  Optional<Last> last() {
    return last;
  }

  /**
   * Sends all that wait.
   *
   * @param answered id of the last state of somebody else that our run was told of
   * @return the state of the run itself that the server has now, where one of ours was told
   * @throws PrefectException what was sent before is off the queue, and the rest still on it
   */
  Optional<ServerState> send(Optional<UUID> answered) {
    Optional<ServerState> set = Optional.empty();
    while (!waiting.isEmpty()) {
      Waiting next = waiting.getFirst();
      try {
        if (next.report() instanceof Report.TaskRunMoved) {
          sendEvents();
        } else {
          set = tell(next.report(), next.maybe() || failed, answered).or(keep(set));
          waiting.removeFirst();
        }
        failed = false;
      } catch (PrefectException e) {
        failed = true;
        if (!isRefusal(e) || next.report() instanceof Report.FlowRunMade) {
          throw e;
        }
        LOG.warn("the server does not take {}: {}", next.report(), e.getMessage());
        waiting.removeFirst();
      }
    }
    return set;
  }

  private static java.util.function.Supplier<Optional<ServerState>> keep(
      Optional<ServerState> set) {
    return () -> set;
  }

  /** Whether it is no use to try again; one report less is better than none any more. */
  private static boolean isRefusal(PrefectException e) {
    return e.fault()
        .filter(fault -> fault instanceof Fault.Invalid || fault instanceof Fault.Conflict)
        .isPresent();
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

  /** Waits until the server has stored what it took, when that is much; not for ever. */
  private void awaitRoom() {
    if (unstored < MOST_UNSTORED || last.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < PATIENCE.toNanos()
          && !Stored.has(server, last.get().taskRun(), last.get().at())) {
        Thread.sleep(LOOK_EVERY);
      }
    } catch (InterruptedException _) {
      // The sending that follows fails by it.
      Thread.currentThread().interrupt();
    }
    unstored = 0;
  }

  private void sendEvents() {
    awaitRoom();
    List<ObjectNode> events = new ArrayList<>();
    Iterator<Waiting> ahead = waiting.iterator();
    Optional<Last> newest = Optional.empty();
    while (ahead.hasNext()
        && events.size() < MOST_EVENTS
        && ahead.next().report() instanceof Report.TaskRunMoved moved) {
      events.add(moved.event(server::id));
      newest = Optional.of(new Last(moved.taskRun(), moved.at()));
    }
    server.send(events);
    events.forEach(_ -> waiting.removeFirst());
    unstored += events.size();
    last = newest;
  }
}
