package dev.mahavishnu.cli;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.shell.RunBeside;
import java.time.Instant;

/** Shows a run from its start to its end, and turns how it ended into an exit code. */
final class Follow {
  private final Workbench bench;
  private final OutputFormat format;
  private final long known;
  private final RunFold fold = new RunFold();
  private Instant last = Instant.EPOCH;
  private boolean denied;

  /**
   * @param known sequence number of the last event that is no news; 0 when all are
   */
  Follow(Workbench bench, OutputFormat format, long known) {
    this.bench = bench;
    this.format = format;
    this.known = known;
  }

  /** A run that this process executes; Ctrl-C suspends it. */
  int executed(RunHandle handle) {
    bench.began(handle.run());
    try (RunDisplay display = display(handle.run())) {
      handle.follow(recorded -> show(display, recorded));
      await(handle);
    }
    return end(fold.state());
  }

  private void await(RunHandle handle) {
    try (Interrupts.Registration _ =
        bench
            .env()
            .interrupts()
            .onInterrupt(() -> handle.command(new Command.Suspend(bench.person())))) {
      handle.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How a run is shown here. */
  RunDisplay display(RunId run) {
    Env env = bench.env();
    return switch (format) {
      case JSON -> new JsonDisplay(run, bench.out(), PlainDisplay.to(bench.err()));
      case TEXT ->
          bench
              .displays()
              .map(displays -> displays.of(run, bench.store().history()))
              .orElseGet(
                  () ->
                      env.screen().stdout()
                          ? new LiveDisplay(
                              bench.out(),
                              bench.palette(),
                              new RunBeside(bench.store().history(), run),
                              env.screen().size(),
                              env.clock())
                          : PlainDisplay.to(bench.out()));
    };
  }

  void show(RunDisplay display, Recorded recorded) {
    take(recorded);
    if (recorded.seq() <= known) {
      display.recall(recorded);
    } else {
      display.show(recorded);
    }
  }

  /** Knows the next event without showing it. */
  void take(Recorded recorded) {
    fold.apply(recorded);
    last = recorded.at();
    if (recorded.seq() > known
        && recorded.event() instanceof RunEvent.Commanded c
        && c.command() instanceof Command.Deny) {
      denied = true;
    }
  }

  RunFold fold() {
    return fold;
  }

  /**
   * Says how the run ended.
   *
   * @param state as it is now, which a journal whose process died can't tell
   */
  int end(State state) {
    RunReport report = new RunReport(bench, fold, state, last);
    if (format == OutputFormat.JSON) {
      bench.out().println(report.json());
    } else {
      report.text().forEach(bench.out()::println);
    }
    report
        .advice()
        .forEach(line -> (format == OutputFormat.JSON ? bench.err() : bench.out()).println(line));
    return exitCode(state);
  }

  /** The exit code of how it ended, after all its events were taken. */
  int exitCode(State state) {
    return switch (state) {
      case State.Completed _ -> ExitCode.COMPLETED;
      case State.Failed _ -> denied ? ExitCode.APPROVAL : ExitCode.FAILED;
      case State.Cancelled _, State.Crashed _, State.Cancelling _ -> ExitCode.FAILED;
      case State.Paused _ -> fold.asking().isEmpty() ? ExitCode.INTERRUPTED : ExitCode.APPROVAL;
      case State.Scheduled _, State.Pending _, State.Running _ -> ExitCode.INTERRUPTED;
    };
  }
}
