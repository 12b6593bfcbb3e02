package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.deploy.NextRuns;
import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedule list}: the schedules of the server's deployments. */
@Command(
    name = "list",
    description = "List the schedules of the server's deployments.",
    footer = {"schedule list", "schedule list orders --output json"})
final class ScheduleList implements Callable<Integer>, Paged {
  private final Workbench bench;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DEPLOYMENT",
      description = "Only those of this deployment.")
  @Nullable String name;

  @Mixin ServerChoice server = new ServerChoice();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  ScheduleList(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      List<DeploymentSearch.One> all =
          name == null
              ? new DeploymentSearch(served.client()).all()
              : List.of(served.deployment(name));
      NextRuns next =
          name == null
              ? NextRuns.of(served.client())
              : NextRuns.of(served.client(), all.getFirst().deployment().id());
      Table table = new Table("DEPLOYMENT", "SLUG", "SCHEDULE", "STATE", "NEXT RUN", "ID");
      int count = 0;
      for (DeploymentSearch.One one : all) {
        for (Schedule schedule : one.deployment().schedules()) {
          count++;
          if (output == OutputFormat.JSON) {
            var json = DeploymentJson.schedule(schedule, next);
            bench.out().println(json.put("deployment", one.fullName()));
          } else {
            table.row(row(one, schedule, next));
          }
        }
      }
      if (count == 0 && output == OutputFormat.TEXT) {
        bench.err().println("No schedules there; `schedule set` makes one.");
      } else if (output == OutputFormat.TEXT) {
        table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
      }
    }
    return ExitCode.COMPLETED;
  }

  private static List<Table.Cell> row(DeploymentSearch.One one, Schedule schedule, NextRuns next) {
    boolean rests = one.deployment().paused() || !schedule.active();
    return List.of(
        new Table.Cell(Tone.TITLE, one.fullName()),
        Table.Cell.of(schedule.slug()),
        Table.Cell.of(ScheduleTexts.text(schedule.schedule())),
        rests ? new Table.Cell(Tone.WARN, "paused") : new Table.Cell(Tone.GOOD, "active"),
        Table.Cell.of(next.firstBy(schedule.id()).map(Served::time).orElse("")),
        new Table.Cell(Tone.QUIET, schedule.id().toString()));
  }
}
