package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code schedule pause}: one schedule makes no runs any more. */
@Command(
    name = "pause",
    description = "Let a schedule rest; the runs that it had scheduled go.",
    footer = "schedule pause orders --slug often")
final class SchedulePause implements Callable<Integer> {
  private final Workbench bench;

  @Mixin ScheduleChoice choice = new ScheduleChoice();
  @Mixin ServerChoice server = new ServerChoice();

  SchedulePause(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(choice.name);
      Schedule schedule = choice.of(one);
      served.client().schedules().setActive(one.deployment().id(), schedule.id(), false);
      bench.out().println("paused " + ScheduleChoice.shown(schedule) + " of " + one.fullName());
    }
    return ExitCode.COMPLETED;
  }
}
