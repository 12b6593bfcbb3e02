package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Forking;
import dev.mahavishnu.engine.Look;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code run fork}: a new run from any moment of another one. */
@Command(
    name = "fork",
    description = "Make a new run from any moment of another one, which stays as it is.",
    footer = "run fork last --at load --param day=2026-01-02")
final class RunFork implements Callable<Integer> {
  private final Workbench bench;

  @picocli.CommandLine.Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The run, or `last`.")
  String run = "";

  @Option(
      names = "--at",
      paramLabel = "TASK",
      description =
          "This task and all that depend on it run again; the number of an event: what had"
              + " not completed by then.")
  @Nullable String at;

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "Another value of a parameter; --set NAME=VALUE is the same here.")
  List<String> set = new ArrayList<>();

  @Option(names = "--spec", paramLabel = "FILE", description = "With the flow edited.")
  @Nullable String spec;

  @Option(names = "--stand", description = "Stop before the task, or before the first one.")
  boolean stand;

  @Option(names = "--dry-run", description = "Only say what would be kept and what would run.")
  boolean dryRun;

  @Mixin Execution execution = new Execution();

  RunFork(Workbench bench) {
    this.bench = bench;
  }

  /** Takes the settings that can only mean parameters: keys of the configuration have a dot. */
  Globals take(Globals globals) {
    Predicate<String> parameter = RunFork::isParameter;
    globals.settings().stream().filter(parameter).forEach(set::add);
    return new Globals(
        globals.folder(),
        globals.color(),
        globals.settings().stream().filter(parameter.negate()).toList());
  }

  private static boolean isParameter(String setting) {
    int equals = setting.indexOf('=');
    String key = equals < 0 ? setting : setting.substring(0, equals);
    return key.indexOf('.') < 0 || key.startsWith("params.");
  }

  @Override
  public Integer call() {
    RunId id = new Runs(bench).find(run);
    Look look = bench.engine().debugger().look(id, Optional.empty());
    Optional<FlowSource> edited =
        Optional.ofNullable(spec)
            .map(f -> bench.flows().file(f, Path.of(look.fold().root().folder())));
    Flow flow = edited.map(FlowSource::flow).orElse(look.flow());
    Optional<Long> seq =
        Optional.ofNullable(at).filter(t -> t.matches("\\d{1,18}")).map(Long::valueOf);
    Optional<String> task =
        seq.isPresent() ? Optional.empty() : Optional.ofNullable(at).map(t -> task(t, flow, look));
    Forking.Fork fork = new Forking.Fork(task, seq, parameters(flow), edited, stand);
    new ResumePlanPrinter(bench, execution.output).print(bench.engine().forking().plan(id, fork));
    if (dryRun) {
      return ExitCode.COMPLETED;
    }
    AtomicReference<RunId> made = new AtomicReference<>();
    int code =
        execution.execute(
            bench,
            () -> {
              RunHandle handle = bench.engine().forking().fork(id, fork, "fork");
              made.set(handle.run());
              bench.debugs(handle.run());
              return handle;
            });
    RunId forked = made.get();
    return forked == null || execution.noWait ? code : Going.code(bench, forked, code);
  }

  private static String task(String text, Flow flow, Look look) {
    if (flow.task(text).isEmpty()) {
      throw CommandFailure.usage(
          "no task `"
              + text
              + "` in flow "
              + flow.name()
              + Hints.like(text, look.graph("").order()));
    }
    return text;
  }

  private ObjectNode parameters(Flow flow) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    for (String each : set) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.usage("--param " + each + ": expected NAME=VALUE");
      }
      String given = each.substring(0, equals);
      String name = given.startsWith("params.") ? given.substring(7) : given;
      Parameter parameter =
          flow.parameters().stream()
              .filter(p -> p.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          "no parameter `"
                              + name
                              + "` in flow "
                              + flow.name()
                              + Hints.like(
                                  name, flow.parameters().stream().map(Parameter::name).toList())));
      values.set(name, Parameters.read(parameter.type(), each.substring(equals + 1)));
    }
    return values;
  }
}
