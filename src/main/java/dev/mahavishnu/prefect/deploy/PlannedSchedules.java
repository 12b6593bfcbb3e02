package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.ServerSchedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which schedules of a deployment to change. Those that an apply made are known by their slugs:
 * {@code flow-1} is the first one of the flow's, {@code option-1} the first one given by options. A
 * slug outlives what it says, so that a schedule keeps its id. All others are a person's, and stay.
 */
final class PlannedSchedules {
  private static final String OF_FLOW = "flow-";
  private static final String OF_OPTIONS = "option-";

  private PlannedSchedules() {}

  /**
   * @param has what the server has
   */
  static List<Change> between(List<Schedule> has, Wanted wanted) {
    Map<String, ServerSchedule> wants = new LinkedHashMap<>();
    Said said = wanted.said();
    said.schedules().forEach(when -> wants.put(OF_OPTIONS + (wants.size() + 1), when));
    if (wants.isEmpty()) {
      wanted
          .flow()
          .schedules()
          .forEach(when -> wants.put(OF_FLOW + (wants.size() + 1), ScheduleTexts.of(when)));
    }
    List<Change> changes = new ArrayList<>();
    for (Schedule schedule : has) {
      Optional<ServerSchedule> want = Optional.ofNullable(wants.remove(schedule.slug()));
      boolean active = said.active().orElse(schedule.active());
      if (want.isEmpty() && goes(schedule.slug(), wanted)) {
        changes.add(
            new Change.ScheduleRemoved(schedule.id(), schedule.slug(), schedule.schedule()));
      } else if (active != schedule.active()
          || want.filter(when -> !ScheduleTexts.same(when, schedule.schedule())).isPresent()) {
        changes.add(
            new Change.ScheduleChanged(
                schedule.id(),
                schedule.slug(),
                schedule.schedule(),
                schedule.active(),
                want.orElse(schedule.schedule()),
                active));
      }
    }
    wants.forEach(
        (slug, when) ->
            changes.add(new Change.ScheduleAdded(slug, when, said.active().orElse(true))));
    return changes;
  }

  /** Options are not said again each time: without any, what they made stays. */
  private static boolean goes(String slug, Wanted wanted) {
    boolean anySaid = !wanted.said().schedules().isEmpty() || !wanted.flow().schedules().isEmpty();
    return slug.startsWith(OF_FLOW) || (slug.startsWith(OF_OPTIONS) && anySaid);
  }
}
