package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code schedule delete}: removes one schedule. */
@Command(
    name = "delete",
    description = "Delete a schedule; the runs that it had scheduled go.",
    footer = "schedule delete orders --slug often")
final class ScheduleDelete implements Callable<Integer> {
  private final Workbench bench;

  @Mixin ScheduleChoice choice = new ScheduleChoice();
  @Mixin ServerChoice server = new ServerChoice();

  ScheduleDelete(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(choice.name);
      Schedule schedule = choice.of(one);
      served.client().schedules().delete(one.deployment().id(), schedule.id());
      bench.out().println("deleted " + ScheduleChoice.shown(schedule) + " of " + one.fullName());
    }
    return ExitCode.COMPLETED;
  }
}
