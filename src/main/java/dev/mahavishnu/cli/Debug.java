package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.FlowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code debug}: a run of a flow that stands before its first task, or a run that there is. */
@Command(
    name = "debug",
    description = "Stop at tasks of a run, look, change it and go on.",
    footer = {"debug etl_pipeline", "debug orders --break load:failed", "debug last"})
final class Debug implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(
      index = "0",
      paramLabel = "FLOW|RUN",
      description = "A flow: a new run of it, which stands before its first task. A run: that one.")
  String target = "";

  @Mixin FlowParameters parameters = new FlowParameters();

  @Option(
      names = "--break",
      paramLabel = "BREAKPOINT",
      description = "Where a new run stops: load, load:after, *:failed, `load if attempt > 1`.")
  List<String> breakpoints = new ArrayList<>();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  Debug(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws Exception {
    Optional<RunId> run = run();
    if (run.isPresent() && !breakpoints.isEmpty()) {
      throw CommandFailure.usage(
          "--break is for a new run: say `run break " + run.get() + " TASK` for this one");
    }
    return run.isPresent() ? stands(run.get()) : started(bench.flows().find(target));
  }

  /** A run by its id or the end of it, where no flow has that name. */
  private Optional<RunId> run() {
    if (bench.flows().names().contains(target) || target.endsWith(".yaml")) {
      return Optional.empty();
    }
    boolean names =
        target.equals("last")
            || bench.history().filter(h -> h.find(target).size() == 1).isPresent();
    return names ? Optional.of(new Runs(bench).find(target)) : Optional.empty();
  }

  private int stands(RunId id) throws Exception {
    bench.debugs(id);
    RunWhere where = new RunWhere(bench);
    where.debugged.run = id.text();
    where.debugged.output = output;
    return where.call();
  }

  private int started(FlowSource source) throws Exception {
    ObjectNode values = parameters.bind(source.flow(), bench);
    List<Breakpoint> at = breakpoints.stream().map(RunBreak::parsed).toList();
    RunHandle handle =
        bench
            .engine()
            .submit(new Adapter.Submission(source, values, Optional.empty(), "debug"), at, true);
    handle.await();
    return stands(handle.run());
  }
}
