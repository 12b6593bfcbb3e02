package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits until the process that executes a run has done what it was told. */
final class Answer {
  private final Workbench bench;
  private final RunId run;

  Answer(Workbench bench, RunId run) {
    this.bench = bench;
    this.run = run;
  }

  /** Waits until the journal tells it as wished, nobody executes the run, or {@code most}. */
  void awaitFold(Duration most, Predicate<RunFold> wished) {
    State unused = await(most, _ -> bench.store().history().fold(run).filter(wished).isPresent());
    assert unused != null;
  }

  /** The state once it is as wished or nobody executes the run any more, or after {@code most}. */
  State await(Duration most, Predicate<State> wished) {
    RunHistory history = bench.store().history();
    long end = System.nanoTime() + most.toNanos();
    try (Patience patience = new Patience(bench.env().interrupts())) {
      while (true) {
        boolean held = bench.store().isHeld(run);
        State state =
            history
                .summary(run)
                .map(RunSummary::state)
                .orElseThrow(() -> CommandFailure.usage("run " + run + " has been deleted"));
        if (!held || wished.test(state) || System.nanoTime() > end || !patience.pause()) {
          return state;
        }
      }
    }
  }
}
