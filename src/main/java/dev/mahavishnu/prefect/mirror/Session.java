package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import java.util.Optional;

/** What is known of the run while nothing breaks. */
final class Session {
  final Server server;
  final Translation translation;
  final FlowStates states;
  final ReportQueue queue;
  final LogTelling log;
  final long connections;

  /** What was told up to here may have been told. */
  final long maybe;

  /** Of what was sent; empty until who waits for that knows that it was. */
  Optional<Settling> settling = Optional.empty();

  Optional<Recorded> last = Optional.empty();
  Optional<Intake.Mark> mark = Optional.empty();
  long markTold;
  long markDue = System.nanoTime() + RunMirror.CONFIRM_EVERY;

  Session(RunMirror.Target target, RunId run, Position position) {
    server =
        new Server(
            target.client(),
            target.sender(),
            flowRun -> target.place().isLost(flowRun, run, target.client()));
    translation = new Translation(target.place()::seal, target.place()::contentHash);
    states = new FlowStates(server);
    queue = new ReportQueue(server, states, target.intake());
    log = new LogTelling(target.place(), run, server, translation);
    connections = Math.max(1, target.sender().connections());
    // The first portion too may have been on its way when a process ended.
    maybe = position.flowRun().isPresent() ? position.told() + RunMirror.PORTION : 0;
    position.flowRun().ifPresent(id -> server.knows(Report.ROOT, id));
  }
}
