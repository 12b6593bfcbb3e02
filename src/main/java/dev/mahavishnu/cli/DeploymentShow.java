package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.BundleException;
import dev.mahavishnu.prefect.deploy.NextRuns;
import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code deployment show}: all about one deployment. */
@Command(
    name = "show",
    description = "Show a deployment: parameters, schedules, pool and last runs.",
    footer = "deployment show orders")
final class DeploymentShow implements Callable<Integer>, Paged {
  private static final int LAST = 5;

  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Mixin ServerChoice server = new ServerChoice();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  DeploymentShow(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(name);
      Deployment deployment = one.deployment();
      NextRuns next = NextRuns.of(served.client(), deployment.id());
      Optional<WorkPool> pool =
          Optional.of(deployment.workPoolName())
              .filter(p -> !p.isEmpty())
              .flatMap(served.client().workPools()::find);
      List<FlowRun> runs = runs(served, deployment);
      if (output == OutputFormat.JSON) {
        bench.out().println(json(one, next, pool, runs));
      } else {
        lines(served, one, next, pool, runs).forEach(bench.out()::println);
      }
    }
    return ExitCode.COMPLETED;
  }

  /** The newest that began. */
  private static List<FlowRun> runs(Served served, Deployment deployment) {
    Filter began =
        Filter.ALL
            .deploymentIds(deployment.id())
            .flowRunStates(
                StateType.PENDING,
                StateType.RUNNING,
                StateType.PAUSED,
                StateType.CANCELLING,
                StateType.COMPLETED,
                StateType.FAILED,
                StateType.CRASHED,
                StateType.CANCELLED)
            .sort(Filter.Sort.EXPECTED_START_TIME_DESC);
    return served.client().flowRuns().filter(began).limit(LAST).toList();
  }

  private List<String> lines(
      Served served,
      DeploymentSearch.One one,
      NextRuns next,
      Optional<WorkPool> pool,
      List<FlowRun> runs) {
    Deployment deployment = one.deployment();
    List<String> lines = new ArrayList<>();
    lines.add(bench.palette().paint(Tone.TITLE, Cells.clean(one.fullName())));
    Facts facts = new Facts(lines);
    facts.add("description", deployment.description());
    facts.add("status", DeploymentList.status(deployment).text());
    facts.add("pool", pool.map(DeploymentShow::text).orElse(deployment.workPoolName()));
    facts.add("queue", deployment.workQueueName());
    facts.add("version", deployment.version());
    facts.add("tags", String.join(", ", deployment.tags()));
    content(deployment).forEach(part -> facts.add("holds", part));
    parameters(deployment).forEach(p -> facts.add("parameter", p));
    deployment
        .schedules()
        .forEach(
            s ->
                facts.add(
                    "schedule",
                    (s.slug().isEmpty() ? s.id().toString() : s.slug())
                        + "  "
                        + ScheduleTexts.text(s.schedule())
                        + (s.active() ? "" : ", paused")
                        + next.firstBy(s.id()).map(t -> ", next " + Served.time(t)).orElse("")));
    served
        .settings()
        .deploymentPage(deployment.id())
        .ifPresent(p -> facts.add("page", p.toString()));
    if (!runs.isEmpty()) {
      lines.add("");
      Table table = new Table("RUN", "STATE", "STARTED", "SECONDS", "ID");
      runs.forEach(run -> table.row(row(run)));
      lines.addAll(table.lines(bench.palette(), bench.width()));
    }
    return lines;
  }

  private record Facts(List<String> lines) {
    void add(String name, String text) {
      if (!text.isEmpty()) {
        lines.add(("  " + name + " ".repeat(12)).substring(0, 14) + Cells.clean(text));
      }
    }
  }

  private static String text(WorkPool pool) {
    return pool.name()
        + " (type "
        + pool.type()
        + ", "
        + (pool.isPaused() ? "paused" : pool.status().equals("READY") ? "ready" : "no worker")
        + ")";
  }

  private static List<String> content(Deployment deployment) {
    try {
      return Bundle.among(deployment.pullSteps()).map(Bundle::shown).orElse(List.of());
    } catch (BundleException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> parameters(Deployment deployment) {
    JsonNode schema = deployment.parameterOpenapiSchema();
    List<String> shown = new ArrayList<>();
    for (var property : schema.path("properties").properties()) {
      String name = property.getKey();
      JsonNode set = deployment.parameters().path(name);
      JsonNode standard = property.getValue().path("default");
      String value =
          !set.isMissingNode()
              ? " = " + set
              : standard.isMissingNode() ? ", must be given" : " = " + standard + " (default)";
      shown.add(name + value);
    }
    return shown;
  }

  private static List<Table.Cell> row(FlowRun run) {
    String state = run.state().map(ServerState::name).orElse("");
    Tone tone =
        switch (run.state().map(ServerState::type).orElse("")) {
          case "COMPLETED" -> Tone.GOOD;
          case "FAILED", "CRASHED" -> Tone.BAD;
          case "RUNNING" -> Tone.ACTIVE;
          default -> Tone.PLAIN;
        };
    return List.of(
        Table.Cell.of(run.name()),
        new Table.Cell(tone, state),
        Table.Cell.of(run.startTime().map(Served::time).orElse("")),
        Table.Cell.of(String.format(java.util.Locale.ROOT, "%.1f", run.totalRunTime())),
        new Table.Cell(Tone.QUIET, run.id().toString()));
  }

  private static String json(
      DeploymentSearch.One one, NextRuns next, Optional<WorkPool> pool, List<FlowRun> runs) {
    ObjectNode json = DeploymentJson.node(one, next);
    pool.ifPresent(
        p ->
            json.putObject("work_pool")
                .put("name", p.name())
                .put("type", p.type())
                .put("status", p.status()));
    json.set("parameter_schema", one.deployment().parameterOpenapiSchema());
    ArrayNode array = json.putArray("runs");
    for (FlowRun run : runs) {
      ObjectNode node = array.addObject().put("id", run.id().toString()).put("name", run.name());
      run.state().ifPresent(s -> node.put("state", s.type()).put("state_name", s.name()));
      run.startTime().ifPresent(t -> node.put("started", t.toString()));
      node.put("seconds", run.totalRunTime());
    }
    return json.toString();
  }
}
