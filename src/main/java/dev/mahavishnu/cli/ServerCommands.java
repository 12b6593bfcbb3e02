package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.Transition;
import dev.mahavishnu.prefect.watch.News;
import dev.mahavishnu.prefect.watch.RunWatch;
import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Commands to runs of the server. */
final class ServerCommands {
  /** Until when who pauses a run from here may resume it. */
  private static final Duration PAUSE = Duration.ofDays(30);

  /** How long whoever runs it may take to end it. */
  private static final Duration CANCEL = Duration.ofSeconds(60);

  private static final Duration MOMENT = Duration.ofMillis(500);

  private final Workbench bench;
  private final ServerRuns runs;

  ServerCommands(Workbench bench, ServerRuns runs) {
    this.bench = bench;
    this.runs = runs;
  }

  /** Stops it for good, and waits until it has. */
  int cancel(String text) throws InterruptedException {
    FlowRun run = runs.find(text);
    if (run.state().filter(ServerState::isFinal).isPresent()) {
      return told(run, run.state(), false);
    }
    Transition answer =
        runs.client()
            .flowRuns()
            .setState(
                run.id(),
                StateChange.to(StateType.CANCELLING)
                    .message("Cancelled by " + bench.person() + " with mahavishnu"));
    // One that nobody runs yet is cancelled by the server itself, which calls that a refusal.
    if (answer instanceof Transition.Rejected rejected
        && is(rejected.state(), StateType.CANCELLED)) {
      return told(run, rejected.state(), true);
    }
    if (!answer.isAccepted()) {
      return refused(run, "cancelled", answer);
    }
    Optional<ServerState> state = ended(runs, run);
    boolean cancelled = is(state, StateType.CANCELLED);
    if (is(state, StateType.CANCELLING)) {
      bench
          .err()
          .println(
              "whoever runs it has not ended it within "
                  + CANCEL.toSeconds()
                  + " s; watch it with: "
                  + runs.commandLine("watch", run));
    }
    return told(run, state, cancelled);
  }

  private Optional<ServerState> ended(ServerRuns runs, FlowRun run) throws InterruptedException {
    FlowRun now = runs.client().flowRuns().find(run.id()).orElse(run);
    long end = System.nanoTime() + CANCEL.toNanos();
    try (RunWatch watch = new RunWatch(runs.client(), now)) {
      while (!watch.isOver()
          && System.nanoTime() < end
          && watch.state().filter(ServerState::isFinal).isEmpty()) {
        Optional<News> _ = watch.next(MOMENT);
      }
      return watch.state();
    }
  }

  /**
   * Starts nothing new in it; a worker of ours stops it, so that the next one can go on with it.
   */
  int pause(String text) {
    FlowRun run = runs.find(text);
    StateChange paused =
        StateChange.paused(
                bench.env().clock().instant().plus(PAUSE), UUID.randomUUID().toString(), false)
            .message("Paused by " + bench.person() + " with mahavishnu");
    Transition answer = runs.client().flowRuns().setState(run.id(), paused);
    if (!(answer instanceof Transition.Accepted(ServerState state))) {
      return refused(run, "paused", answer);
    }
    int code = told(run, Optional.of(state), true);
    bench.out().println("go on with: " + runs.commandLine("resume", run));
    return code;
  }

  /** Lets it go on, and follows it unless it shall not wait. */
  int resume(String text, Execution execution) {
    FlowRun run = runs.find(text);
    Transition answer = runs.client().flowRuns().resume(run.id());
    if (!answer.isAccepted()) {
      return refused(run, "resumed", answer);
    }
    if (execution.noWait) {
      return told(run, runs.find(run.id().toString()).state(), true);
    }
    return new ServerFollow(bench, runs, execution.output).until(runs.find(run.id().toString()));
  }

  private static boolean is(Optional<ServerState> state, StateType type) {
    return state.flatMap(ServerState::known).filter(t -> t == type).isPresent();
  }

  private int told(FlowRun run, Optional<ServerState> state, boolean good) {
    bench
        .out()
        .println(
            ServerRuns.clean(
                "run "
                    + run.name()
                    + " is "
                    + state.map(s -> s.name() + because(s)).orElse("in no state")));
    return good ? ExitCode.COMPLETED : ExitCode.FAILED;
  }

  private static String because(ServerState state) {
    return state.message().isEmpty() ? "" : ": " + state.message();
  }

  private int refused(FlowRun run, String what, Transition answer) {
    String why =
        switch (answer) {
          case Transition.Rejected r -> r.reason();
          case Transition.Aborted a -> a.reason();
          case Transition.Wait w -> w.reason();
          case Transition.Accepted _ -> "";
        };
    bench
        .err()
        .println(
            "mahavishnu: "
                + ServerRuns.clean(
                    "run " + run.name() + " can't be " + what + (why.isEmpty() ? "" : ": " + why)));
    return ExitCode.FAILED;
  }
}
