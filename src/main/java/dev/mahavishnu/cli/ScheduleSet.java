package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Schedules;
import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.ServerSchedule;
import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedule set}: adds a schedule to a deployment, or changes one. */
@Command(
    name = "set",
    description = "Add a schedule to a deployment, or change it by its slug.",
    footer = {
      "schedule set orders --cron \"0 6 * * *\" --timezone UTC",
      "schedule set orders --every 30m --slug often"
    })
final class ScheduleSet implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Mixin ScheduleOptions schedules = new ScheduleOptions();

  @Option(
      names = "--slug",
      paramLabel = "SLUG",
      description = "Its name in the deployment; `main` by default.")
  @Nullable String slug;

  @Mixin ServerChoice server = new ServerChoice();

  ScheduleSet(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    List<ServerSchedule> said = schedules.schedules(bench);
    if (said.size() != 1) {
      throw CommandFailure.usage("say when: one of --cron, --every and --rrule");
    }
    String wanted = DeploymentNames.given("--slug", Optional.ofNullable(slug).orElse("main"));
    try (Served served = server.open(bench)) {
      DeploymentSearch.One one = served.deployment(name);
      bench.out().println(set(served.client().schedules(), one, wanted, said.getFirst()));
    }
    return ExitCode.COMPLETED;
  }

  private static String set(
      Schedules schedules, DeploymentSearch.One one, String slug, ServerSchedule when) {
    UUID deployment = one.deployment().id();
    Optional<Schedule> there =
        one.deployment().schedules().stream().filter(s -> s.slug().equals(slug)).findFirst();
    String shown = slug + " of " + one.fullName() + ": ";
    if (there.isEmpty()) {
      schedules.add(deployment, List.of(Schedules.Draft.of(when).slug(slug)));
      return "added " + shown + ScheduleTexts.text(when);
    }
    if (ScheduleTexts.same(when, there.get().schedule())) {
      return "nothing to change: " + shown + ScheduleTexts.text(when);
    }
    schedules.change(
        deployment, there.get().id(), Schedules.Draft.of(when).active(there.get().active()));
    return "changed "
        + shown
        + ScheduleTexts.text(there.get().schedule())
        + " became "
        + ScheduleTexts.text(when);
  }
}
