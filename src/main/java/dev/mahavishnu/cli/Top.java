package dev.mahavishnu.cli;

import dev.mahavishnu.view.LiveRun;
import dev.mahavishnu.view.LiveTable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code top}: what running runs cost. */
@Command(
    name = "top",
    description = "Show what running runs cost, the dearest first; at a terminal until Ctrl-C.",
    footer = {"top", "top --once"})
final class Top implements Callable<Integer> {
  private static final long LOOK_MILLIS = 1_000;

  /** A look and another one soon after, which makes a load. */
  private static final long FIRST_MILLIS = 300;

  private final Workbench bench;

  @Option(names = "--once", description = "Show it once, also at a terminal.")
  boolean once;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  Top(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    LiveRuns runs = new LiveRuns(bench);
    List<LiveRun> _ = runs.now();
    CountDownLatch interrupted = new CountDownLatch(1);
    boolean live = !once && output == OutputFormat.TEXT && bench.env().screen().stdout();
    try (Interrupts.Registration _ = bench.env().interrupts().onInterrupt(interrupted::countDown)) {
      if (interrupted.await(FIRST_MILLIS, TimeUnit.MILLISECONDS)) {
        return ExitCode.INTERRUPTED;
      }
      return live ? live(runs, interrupted) : once(runs);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
  }

  private int once(LiveRuns runs) {
    List<LiveRun> now = dearestFirst(runs);
    Instant time = bench.env().clock().instant();
    if (output == OutputFormat.JSON) {
      now.forEach(run -> bench.out().println(LiveTable.json(run, time)));
    } else {
      new LiveTable(bench.palette()).costs(now, time, bench.width()).forEach(bench.out()::println);
    }
    return ExitCode.COMPLETED;
  }

  private int live(LiveRuns runs, CountDownLatch interrupted) throws InterruptedException {
    try (Board board = bench.board()) {
      do {
        Screen.Size size = bench.env().screen().size().now();
        List<String> lines =
            new LiveTable(bench.palette())
                .costs(dearestFirst(runs), bench.env().clock().instant(), size.columns() - 1);
        board.paint(lines.subList(0, Math.min(lines.size(), size.rows() - 2)));
      } while (!interrupted.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    }
    return ExitCode.COMPLETED;
  }

  private static List<LiveRun> dearestFirst(LiveRuns runs) {
    Comparator<LiveRun> byLoad = Comparator.comparingDouble(run -> run.load().orElse(0));
    return runs.now().stream().sorted(byLoad.reversed()).toList();
  }
}
