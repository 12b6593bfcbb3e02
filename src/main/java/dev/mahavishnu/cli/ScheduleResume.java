package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code schedule resume}: one schedule makes runs again. */
@Command(
    name = "resume",
    description = "Let a schedule make runs again.",
    footer = "schedule resume orders")
final class ScheduleResume implements Callable<Integer> {
  private final Workbench bench;

  @Mixin ScheduleChoice choice = new ScheduleChoice();
  @Mixin ServerChoice server = new ServerChoice();

  ScheduleResume(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(choice.name);
      Schedule schedule = choice.of(one);
      served.client().schedules().setActive(one.deployment().id(), schedule.id(), true);
      bench.out().println("resumed " + ScheduleChoice.shown(schedule) + " of " + one.fullName());
    }
    return ExitCode.COMPLETED;
  }
}
