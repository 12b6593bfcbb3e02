package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which schedule of which deployment a command is about. */
final class ScheduleChoice {
  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Option(
      names = "--slug",
      paramLabel = "SLUG",
      description = "Which of its schedules, by slug or id, where it has several.")
  @Nullable String slug;

  Schedule of(DeploymentSearch.One one) {
    List<Schedule> all = one.deployment().schedules();
    List<Schedule> found =
        all.stream()
            .filter(s -> slug == null || s.slug().equals(slug) || s.id().toString().equals(slug))
            .toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    List<String> names = all.stream().map(ScheduleChoice::shown).toList();
    if (all.isEmpty()) {
      throw CommandFailure.usage(one.fullName() + " has no schedule");
    }
    throw CommandFailure.usage(
        slug == null
            ? one.fullName()
                + " has "
                + all.size()
                + " schedules; say --slug "
                + String.join(" or ", names)
            : one.fullName() + " has no schedule `" + slug + "`" + Hints.like(slug, names));
  }

  static String shown(Schedule schedule) {
    return schedule.slug().isEmpty() ? schedule.id().toString() : schedule.slug();
  }
}
