package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.watch.News;
import dev.mahavishnu.prefect.watch.RunWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/** What a run of the server has printed. */
final class ServerLogLines {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Workbench bench;
  private final ServerRuns runs;
  private final OutputFormat format;
  private final Optional<String> task;
  private final JsonMapper mapper = new JsonMapper();
  private final ServerLines lines;

  /**
   * @param task only what this one printed
   */
  ServerLogLines(Workbench bench, ServerRuns runs, OutputFormat format, Optional<String> task) {
    this.bench = bench;
    this.runs = runs;
    this.format = format;
    this.task = task;
    this.lines = new ServerLines(bench.palette(), ZoneId.systemDefault());
  }

  int print(String text, boolean follow) {
    FlowRun run = runs.find(text);
    AtomicBoolean left = new AtomicBoolean();
    try (RunWatch watch =
            follow ? new RunWatch(runs.client(), run) : RunWatch.once(runs.client(), run);
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
        watch.next(MOMENT).ifPresent(this::print);
      }
      return left.get() ? ExitCode.INTERRUPTED : ExitCode.COMPLETED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private void print(News news) {
    Instant now = bench.env().clock().instant();
    switch (news) {
      case News.Logged logged -> {
        if (task.isEmpty() || isOf(logged.task(), task.get())) {
          print(logged, now);
        }
      }
      case News.Lost _, News.Back _ -> lines.of(news, now).forEach(bench.err()::println);
      case News.Moved _, News.TaskMoved _, News.Nested _ -> {
        // No line of a log.
      }
    }
    bench.out().flush();
  }

  /** Also without the number that Prefect puts behind a task's name. */
  private static boolean isOf(String of, String task) {
    return of.equals(task) || of.startsWith(task + "-") || of.startsWith(task + "/");
  }

  private void print(News.Logged logged, Instant now) {
    if (format == OutputFormat.JSON) {
      bench
          .out()
          .println(
              mapper.writeValueAsString(
                  mapper
                      .createObjectNode()
                      .put("at", logged.at().toString())
                      .put("task", logged.task())
                      .put("level", logged.level())
                      .put("logger", logged.logger())
                      .put("text", logged.text())));
    } else {
      lines.of(logged, now).forEach(bench.out()::println);
    }
  }
}
