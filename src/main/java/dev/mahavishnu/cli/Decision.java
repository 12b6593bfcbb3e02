package dev.mahavishnu.cli;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings a person's yes or no to a task that waits for it. */
final class Decision {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final Workbench bench;
  private final Execution execution;

  Decision(Workbench bench, Execution execution) {
    this.bench = bench;
    this.execution = execution;
  }

  /**
   * Sends the answer. A run that nobody executes goes on here; who executes it, gets it otherwise.
   *
   * @param answer yes or no
   */
  int send(RunId run, Command answer) {
    RunHistory history = bench.store().history();
    RunFold before = history.fold(run).orElseThrow();
    List<String> asking = before.asking();
    if (asking.isEmpty()) {
      throw CommandFailure.usage("run " + run + " waits for nobody: it is " + state(run));
    }
    named(answer).ifPresent(task -> mustBe(asking, task));
    if (named(answer).isEmpty() && asking.size() > 1) {
      throw CommandFailure.usage("say which task: " + String.join(", ", asking));
    }
    if (bench.store().isHeld(run)) {
      bench.store().send(run, answer);
      return heard(run, named(answer).orElse(asking.getFirst()));
    }
    int code = execution.execute(bench, before.seq(), () -> taken(run, answer));
    boolean saidNo = answer instanceof Command.Deny && code == ExitCode.APPROVAL;
    // That the run failed by it is what was asked for.
    return saidNo ? ExitCode.COMPLETED : code;
  }

  private RunHandle taken(RunId run, Command answer) {
    Optional<RunHandle> handle = bench.engine().command(run, answer);
    return handle.orElseThrow(
        () ->
            new CommandFailure(
                ExitCode.UNREACHABLE, "run " + run + " has just been taken by another process"));
  }

  private int heard(RunId run, String task) {
    RunHistory history = bench.store().history();
    new Answer(bench, run)
        .await(
            MOST,
            _ -> history.fold(run).map(RunFold::asking).filter(a -> a.contains(task)).isEmpty());
    boolean waits =
        history.fold(run).map(RunFold::asking).filter(a -> a.contains(task)).isPresent();
    bench
        .out()
        .println(waits ? task + " still waits: the answer was sent" : task + " got the answer");
    return waits ? ExitCode.APPROVAL : ExitCode.COMPLETED;
  }

  private String state(RunId run) {
    return bench.store().history().summary(run).map(s -> s.state().name()).orElse("gone");
  }

  private static void mustBe(List<String> asking, String task) {
    if (!asking.contains(task)) {
      throw CommandFailure.usage(
          "task `"
              + task
              + "` waits for nobody"
              + Hints.like(task, asking)
              + "; waiting: "
              + String.join(", ", asking));
    }
  }

  private static Optional<String> named(Command answer) {
    return switch (answer) {
      case Command.Approve a -> a.task();
      case Command.Deny d -> d.task();
      case Command.Cancel _,
          Command.Pause _,
          Command.Resume _,
          Command.Suspend _,
          Command.Step _,
          Command.Break _ ->
          Optional.empty();
    };
  }
}
