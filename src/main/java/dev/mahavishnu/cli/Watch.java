package dev.mahavishnu.cli;

import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.util.List;

/** Follows a run that another process executes, by reading its journal. */
final class Watch {
  private final Workbench bench;
  private final Follow follow;

  Watch(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.follow = new Follow(bench, format, 0);
  }

  /** Shows the run until nobody executes it; gives the exit code of how it ended. */
  int until(RunId run) {
    RunHistory history = bench.store().history();
    boolean left = false;
    try (RunDisplay display = follow.display(run);
        Patience patience = new Patience(bench.env().interrupts())) {
      while (true) {
        // Asked before reading: what the holder wrote last is then read below.
        boolean held = bench.store().isHeld(run);
        List<Recorded> news = history.events(run, follow.fold().seq() + 1);
        news.forEach(recorded -> follow.show(display, recorded));
        if (!held) {
          break;
        }
        if (!patience.pause()) {
          left = true;
          break;
        }
      }
    }
    if (left) {
      bench
          .err()
          .println(
              "the run goes on; watch it again with: " + bench.commandLine("run watch " + run));
      return ExitCode.INTERRUPTED;
    }
    return follow.end(state(run, history));
  }

  /** The exit code of how a run is that nobody executes, and nothing shown. */
  int now(RunId run) {
    RunHistory history = bench.store().history();
    history.events(run, 1).forEach(follow::take);
    return follow.exitCode(state(run, history));
  }

  private State state(RunId run, RunHistory history) {
    return history.summary(run).map(RunSummary::state).orElse(follow.fold().state());
  }
}
