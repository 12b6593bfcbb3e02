package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.LogFilter;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a run's log, each line once. The server gives no key to a line, so what is sent is written
 * down before; where it is not known whether it arrived, the server is asked for its lines of that
 * time. For one thread.
 */
final class LogTelling {
  private static final Logger LOG = LoggerFactory.getLogger(LogTelling.class);

  /** What tells a line from others; two that are equal are two. */
  private record Line(UUID flowRun, Optional<UUID> taskRun, Instant at, String text) {}

  private final MirrorPlace place;
  private final RunId run;
  private final Server server;
  private final Translation translation;

  LogTelling(MirrorPlace place, RunId run, Server server, Translation translation) {
    this.place = place;
    this.run = run;
    this.server = server;
    this.translation = translation;
  }

  /** Keeps a position. */
  interface Keeping {
    void keep(Position position);
  }

  /**
   * Sends a page of what is there.
   *
   * @param over whether no more events will come that could say which task a line is of
   * @param unmade the flow runs that the server has yet to be told of
   * @return the position after it; the same when there was nothing
   */
  Position tell(Position position, boolean over, Set<String> unmade, Keeping keeping) {
    boolean unknown = position.sending() > position.log();
    LogPage page = place.history().logs(run, position.log());
    if (page.next() == position.log()) {
      return position;
    }
    List<ServerLogs.Line> lines = new ArrayList<>();
    for (LogLine line : page.lines()) {
      Optional<Translation.Place> of = translation.place(line.task(), line.at());
      boolean early = of.map(Translation.Place::flowRun).filter(unmade::contains).isPresent();
      if (early || (of.isEmpty() && !over)) {
        // Its event comes with the next portion, or waits to be sent.
        return position;
      }
      lines.add(line(line, of));
    }
    // Lines that were not in the page when it was sent are sent as the rest of it.
    Position sending = position.withSending(Math.max(page.next(), position.sending()));
    keeping.keep(sending);
    append(unknown && !lines.isEmpty() ? missing(lines) : lines);
    Position sent = sending.withLog(page.next());
    keeping.keep(sent);
    return sent;
  }

  private ServerLogs.Line line(LogLine line, Optional<Translation.Place> of) {
    String flowRun = of.map(Translation.Place::flowRun).orElse(Report.ROOT);
    return new ServerLogs.Line(
        "mahavishnu." + line.stream(),
        line.stream().equals("stderr") ? ServerLogs.WARNING : ServerLogs.INFO,
        TaskRunChange.message(line.text()),
        line.at(),
        Optional.of(server.id(flowRun)),
        of.map(Translation.Place::taskRun));
  }

  /** Those of the lines that the server doesn't have. */
  private List<ServerLogs.Line> missing(List<ServerLogs.Line> lines) {
    Map<Line, Integer> there = new HashMap<>();
    UUID[] flowRuns =
        lines.stream().flatMap(l -> l.flowRunId().stream()).distinct().toArray(UUID[]::new);
    Instant first = lines.getFirst().timestamp();
    server
        .client()
        .logs()
        .filter(LogFilter.ALL.flowRuns(flowRuns).since(first))
        .forEach(
            stored ->
                stored
                    .flowRunId()
                    .ifPresent(
                        id ->
                            there.merge(
                                new Line(
                                    id, stored.taskRunId(), stored.timestamp(), stored.message()),
                                1,
                                Integer::sum)));
    List<ServerLogs.Line> missing = new ArrayList<>();
    for (ServerLogs.Line line : lines) {
      Line key =
          new Line(
              line.flowRunId().orElseThrow(), line.taskRunId(), line.timestamp(), line.message());
      int left = there.getOrDefault(key, 0);
      if (left > 0) {
        there.put(key, left - 1);
      } else {
        missing.add(line);
      }
    }
    return missing;
  }

  private void append(List<ServerLogs.Line> lines) {
    if (lines.isEmpty()) {
      return;
    }
    try {
      server.client().logs().append(lines);
    } catch (PrefectException e) {
      if (e.fault().filter(Fault.Invalid.class::isInstance).isEmpty()) {
        throw e;
      }
      singly(missing(lines));
    }
  }

  /** A line that the server will never take must not hold up the others. */
  private void singly(List<ServerLogs.Line> lines) {
    for (ServerLogs.Line line : lines) {
      try {
        server.client().logs().append(List.of(line));
      } catch (PrefectException e) {
        if (e.fault().filter(Fault.Invalid.class::isInstance).isEmpty()) {
          throw e;
        }
        LOG.warn("run {}: the server does not take a line of the log: {}", run, e.getMessage());
      }
    }
  }
}
