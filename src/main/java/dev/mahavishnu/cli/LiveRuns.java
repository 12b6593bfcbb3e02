package dev.mahavishnu.cli;

import dev.mahavishnu.run.LogFold;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Progress;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.store.Claim;
import dev.mahavishnu.task.ProcessUse;
import dev.mahavishnu.task.RunProcesses;
import dev.mahavishnu.view.LiveRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The runs of the workspace that processes execute now, and what they take of this machine. Each
 * look compares with the one before. For one thread.
 */
final class LiveRuns {
  /** Tasks whose reports are shown of one run. */
  private static final int MOST_SAID = 2;

  private final Workbench bench;
  private final RunProcesses processes;
  private final Map<RunId, Duration> before = new HashMap<>();
  private long lookedAt;

  /** What a run takes. */
  private record Cost(int processes, Duration cpu, long memory) {}

  /** A run and who has it. */
  private record Held(RunSummary run, Claim.Held by) {}

  LiveRuns(Workbench bench) {
    this.bench = bench;
    try {
      this.processes = RunProcesses.ofThisMachine();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INTERNAL, "processes need Linux: " + Reasons.of(e));
    }
  }

  /** As they are now, newest first. */
  List<LiveRun> now() {
    Optional<RunHistory> history = bench.history();
    List<Held> held = history.map(this::held).orElse(List.of());
    Map<RunId, List<ProcessUse>> tasks = held.isEmpty() ? Map.of() : processes.now();
    Map<Long, Long> holding =
        held.stream().collect(Collectors.groupingBy(h -> h.by().pid(), Collectors.counting()));
    long now = System.nanoTime();
    List<LiveRun> runs = new ArrayList<>();
    Map<RunId, Duration> costs = new HashMap<>();
    for (Held one : held) {
      RunId run = one.run().run();
      long sharers = holding.getOrDefault(one.by().pid(), 1L);
      Cost cost = cost(tasks.getOrDefault(run, List.of()), holder(one.by()), sharers);
      costs.put(run, cost.cpu());
      runs.add(
          new LiveRun(
              one.run(),
              said(history.orElseThrow(), run),
              one.by().pid(),
              command(one.by()),
              cost.processes(),
              cost.cpu(),
              cost.memory(),
              load(run, cost.cpu(), now)));
    }
    before.clear();
    before.putAll(costs);
    lookedAt = now;
    return runs;
  }

  private List<Held> held(RunHistory history) {
    try (Stream<RunSummary> all = Runs.newestFirst(history)) {
      return all.filter(run -> !run.state().isFinal())
          .flatMap(run -> bench.store().holder(run.run()).map(by -> new Held(run, by)).stream())
          .toList();
    }
  }

  private OptionalDouble load(RunId run, Duration cpu, long now) {
    Duration then = before.get(run);
    return then == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Math.max(0.0, cpu.minus(then).toNanos() / (double) Math.max(1, now - lookedAt)));
  }

  /** What ended is counted with who asked for it; a holder has children of all its runs. */
  private static Cost cost(List<ProcessUse> tasks, Optional<ProcessUse> holder, long sharers) {
    Duration cpu = Duration.ZERO;
    long memory = 0;
    for (ProcessUse use : tasks) {
      cpu = cpu.plus(use.cpu()).plus(use.ended());
      memory += use.memory();
    }
    Duration share = holder.map(h -> h.cpu().dividedBy(sharers)).orElse(Duration.ZERO);
    long space = holder.map(h -> h.memory() / sharers).orElse(0L);
    return new Cost(tasks.size(), cpu.plus(share), memory + space);
  }

  private Optional<ProcessUse> holder(Claim.Held by) {
    return isHere(by) ? processes.process(by.pid()) : Optional.empty();
  }

  private static boolean isHere(Claim.Held by) {
    return ProcessHandle.of(by.pid()).isPresent();
  }

  /** What the holder's command line says that it does. */
  private static String command(Claim.Held by) {
    if (!isHere(by)) {
      return by.host();
    }
    try {
      Path file = Path.of("/proc/" + by.pid() + "/cmdline");
      List<String> words = List.of(Files.readString(file, StandardCharsets.ISO_8859_1).split("\0"));
      int main = words.indexOf(Main.class.getName());
      return words(main < 0 ? List.of() : words.subList(main + 1, words.size()));
    } catch (IOException _) {
      return "?";
    }
  }

  private static String words(List<String> arguments) {
    int i = 0;
    while (i < arguments.size() && arguments.get(i).startsWith("-")) {
      i += arguments.get(i).equals("-C") ? 2 : 1;
    }
    List<String> path = new ArrayList<>();
    while (i < arguments.size() && CommandTree.next(path).contains(arguments.get(i))) {
      path.add(arguments.get(i++));
    }
    return path.isEmpty() ? "shell" : String.join(" ", path);
  }

  /** How far the tasks that run say they are. */
  private static String said(RunHistory history, RunId run) {
    LogFold log = new LogFold();
    log.read(history, run);
    return history.fold(run).stream()
        .flatMap(LiveRuns::running)
        .sorted(Comparator.comparing(TaskFold::since))
        .flatMap(task -> log.progress(task.task(), task.attempt()).map(p -> said(task, p)).stream())
        .limit(MOST_SAID)
        .collect(Collectors.joining("; "));
  }

  private static String said(TaskFold task, Progress progress) {
    return task.task() + " " + progress.text();
  }

  private static Stream<TaskFold> running(RunFold fold) {
    return fold.scopes().stream()
        .flatMap(scope -> Stream.concat(scope.tasks().stream(), items(scope)))
        .filter(task -> !task.state().isFinal());
  }

  private static Stream<TaskFold> items(ScopeFold scope) {
    return scope.maps().values().stream().map(MapFold::open).flatMap(m -> m.values().stream());
  }
}
