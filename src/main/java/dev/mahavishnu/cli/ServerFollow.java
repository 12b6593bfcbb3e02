package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.watch.News;
import dev.mahavishnu.prefect.watch.RunWatch;
import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Cells;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Shows a run of the server until it ends, and turns how it ended into an exit code. */
final class ServerFollow {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Workbench bench;
  private final ServerRuns runs;
  private final OutputFormat format;
  private final PrintStream people;
  private final ServerLines lines;
  private final ServerRunJson json;
  private long seq;

  ServerFollow(Workbench bench, ServerRuns runs, OutputFormat format) {
    this.bench = bench;
    this.runs = runs;
    this.format = format;
    boolean isJson = format == OutputFormat.JSON;
    this.people = isJson ? bench.err() : bench.out();
    this.lines =
        new ServerLines(isJson ? bench.errorPalette() : bench.palette(), ZoneId.systemDefault());
    this.json = new ServerRunJson(runs);
  }

  /**
   * Follows it; Ctrl-C only stops watching.
   *
   * @param run as it is
   */
  int until(FlowRun run) {
    begin(run);
    AtomicBoolean left = new AtomicBoolean();
    try (RunWatch watch = new RunWatch(runs.client(), run);
        Interrupts.Registration _ =
            bench
                .env()
                .interrupts()
                .onInterrupt(
                    () -> {
                      left.set(true);
                      watch.interrupt();
                    })) {
      while (!watch.isOver() && !left.get()) {
        watch.next(MOMENT).ifPresent(news -> show(run, news));
      }
      return left.get() ? left(run) : end(run, watch);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return left(run);
    }
  }

  private void begin(FlowRun run) {
    if (format == OutputFormat.JSON) {
      bench.out().println(json.created(run, ++seq, run.created().orElse(now())));
    }
    String page = runs.page(run).map(url -> ": " + url).orElse("");
    people.println("run " + Cells.clean(run.name()) + " of " + runs.what(run) + page);
    people.flush();
  }

  private void show(FlowRun run, News news) {
    if (format == OutputFormat.JSON) {
      bench.out().println(json.news(run, news, ++seq, now()));
      bench.out().flush();
    }
    lines.of(news, now()).forEach(people::println);
    people.flush();
  }

  private Instant now() {
    return bench.env().clock().instant();
  }

  private int left(FlowRun run) {
    bench
        .err()
        .println(
            "the run goes on on the server; watch it again with: "
                + runs.commandLine("watch", run));
    return ExitCode.INTERRUPTED;
  }

  private int end(FlowRun run, RunWatch watch) {
    Optional<ServerState> state = watch.state();
    // Its times are only known now; without them the line says less.
    FlowRun now = again(run);
    if (format == OutputFormat.JSON) {
      bench.out().println(json.result(now, state, watch.tasks().values(), now()));
    } else {
      bench.out().println(line(now, state, watch.tasks().values()));
    }
    advice(run, state);
    return exitCode(state);
  }

  private FlowRun again(FlowRun run) {
    try {
      return runs.client().flowRuns().find(run.id()).orElse(run);
    } catch (dev.mahavishnu.prefect.PrefectException _) {
      return run;
    }
  }

  private String line(FlowRun run, Optional<ServerState> state, Collection<ServerState> tasks) {
    String name = state.map(ServerState::name).orElse("");
    String time =
        run.startTime()
            .flatMap(start -> run.endTime().map(end -> Duration.between(start, end)))
            .filter(span -> !span.isNegative())
            .map(span -> " in " + Spans.text(span))
            .orElse("");
    String count = ", " + tasks.size() + (tasks.size() == 1 ? " task" : " tasks");
    return bench
        .palette()
        .paint(
            state.map(ServerLines::tone).orElseThrow(),
            Cells.clean(
                name
                    + " "
                    + runs.what(run)
                    + time
                    + count
                    + state.map(ServerLines::because).orElse("")));
  }

  private void advice(FlowRun run, Optional<ServerState> state) {
    Optional<StateType> type = state.flatMap(ServerState::known);
    if (type.filter(t -> t == StateType.PAUSED).isPresent()) {
      people.println("it waits for a person; go on with: " + runs.commandLine("resume", run));
    } else if (type.filter(t -> t == StateType.FAILED || t == StateType.CRASHED).isPresent()) {
      people.println("see why: " + runs.commandLine("logs", run));
    }
  }

  static int exitCode(Optional<ServerState> state) {
    return state
        .flatMap(ServerState::known)
        .map(
            type ->
                switch (type) {
                  case COMPLETED -> ExitCode.COMPLETED;
                  case FAILED, CRASHED, CANCELLED, CANCELLING -> ExitCode.FAILED;
                  case PAUSED -> ExitCode.APPROVAL;
                  case SCHEDULED, PENDING, RUNNING -> ExitCode.INTERRUPTED;
                })
        .orElse(ExitCode.INTERRUPTED);
  }
}
