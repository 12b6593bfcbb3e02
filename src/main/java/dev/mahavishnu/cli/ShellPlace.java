package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.llm.RunQuestions;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.offline.OfflinePlanner;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.shell.Commands;
import dev.mahavishnu.shell.Models;
import dev.mahavishnu.shell.Surface;
import dev.mahavishnu.shell.Workplace;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.ProblemView;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the shell works with: the same as the commands. */
final class ShellPlace implements Workplace {
  private final Workbench bench;
  private @Nullable Planner planner;
  private @Nullable FlowReader reader;
  private final SessionModels models;
  // For names, no secrets; a secure one would cost a tenth of a start.
  private final RandomGenerator random = new Random();

  ShellPlace(Workbench bench) {
    this.bench = bench;
    this.models = new SessionModels(bench);
  }

  @Override
  public Path root() {
    return bench.workspace().root();
  }

  @Override
  public Path flows() {
    return bench.workspace().flows();
  }

  @Override
  public Path state() {
    return bench.workspace().state();
  }

  @Override
  public Path createState() {
    return bench.workspace().createState();
  }

  @Override
  public Map<String, String> variables() {
    return bench.env().variables();
  }

  @Override
  public Palette palette() {
    return bench.palette();
  }

  @Override
  public Commands commands() {
    return new ShellCommands(bench);
  }

  @Override
  public synchronized Planner planner() {
    if (planner == null) {
      ZoneId zone = bench.configuration().planner().timezone();
      planner =
          new RunQuestions(
              bench::history, clock().withZone(zone), new OfflinePlanner(reader(), zone));
    }
    return planner;
  }

  @Override
  public Optional<Assistant> assistant() {
    return models.assistant();
  }

  @Override
  public Models models() {
    return models;
  }

  @Override
  public Redactor redactor() {
    return models.redactor();
  }

  private synchronized FlowReader reader() {
    if (reader == null) {
      reader = new FlowReader(bench.expressions());
    }
    return reader;
  }

  @Override
  public ExpressionChecker expressions() {
    return bench.expressions();
  }

  @Override
  public ReadResult read(String name, String text, Path folder) {
    return reader().read(name, text, folder);
  }

  @Override
  public Optional<RunHistory> history() {
    return bench.history();
  }

  @Override
  public Set<String> flowNames() {
    return bench.flows().names();
  }

  @Override
  public Optional<Flow> flow(String name) {
    boolean path = name.contains("/") || name.contains(".");
    if (!path && !flowNames().contains(name)) {
      return Optional.empty();
    }
    try {
      return bench.flows().entryOf(name).source().map(FlowSource::flow);
    } catch (CommandFailure _) {
      return Optional.empty();
    }
  }

  @Override
  public int run(FlowSource source, ObjectNode parameters) {
    Workbench child = bench.child();
    RunHandle handle =
        child
            .adapter(adapter(), line -> child.out().println(line))
            .submit(new Submission(source, parameters, Optional.empty(), "shell"));
    return new Follow(child, OutputFormat.TEXT, 0).executed(handle);
  }

  @Override
  public int resume(RunId run, Optional<FlowSource> changed) {
    Workbench child = bench.child();
    long known =
        changed.isPresent()
            ? 0
            : bench.history().flatMap(h -> h.fold(run)).map(RunFold::seq).orElse(0L);
    RunHandle handle = child.engine().resume(run, changed, "resume");
    return new Follow(child, OutputFormat.TEXT, known).executed(handle);
  }

  @Override
  public List<String> resumePlan(RunId run, Optional<FlowSource> changed) {
    return ResumePlanPrinter.lines(bench.child().engine().planResume(run, changed));
  }

  @Override
  public Optional<RunId> lastRun() {
    return bench.lastRun();
  }

  @Override
  public RunId find(String text) {
    return new Runs(bench).find(text);
  }

  @Override
  public boolean isHeld(RunId run) {
    return bench.store().isHeld(run);
  }

  @Override
  public int exitCode(RunId run) {
    return new Watch(bench.child(), OutputFormat.TEXT).now(run);
  }

  @Override
  public List<RunId> detached() {
    return bench.kept().detached();
  }

  /** A server that is configured shows the run either way; one that is away holds up nothing. */
  private static String adapter() {
    return "embedded";
  }

  @Override
  public int detach(FlowSource source, ObjectNode parameters) {
    return new Detached(bench.child(), OutputFormat.TEXT).start(source, parameters, adapter());
  }

  @Override
  public Surface.Hold onInterrupt(Runnable first) {
    Interrupts.Registration registration = bench.env().interrupts().onInterrupt(first);
    return registration::close;
  }

  @Override
  public Clock clock() {
    return bench.env().clock();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Reason reason(RuntimeException e) {
    Errors.Said said = new Errors(bench, List.of()).said(e);
    List<String> lines = new ArrayList<>();
    if (e instanceof InvalidFlow invalid) {
      lines.addAll(
          new ProblemView(bench.palette())
              .lines(invalid.problems(), invalid.text(), bench.width()));
    }
    lines.add(said.message());
    return new Reason(said.exitCode(), lines);
  }
}
