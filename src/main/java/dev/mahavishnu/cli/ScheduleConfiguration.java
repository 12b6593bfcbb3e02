package dev.mahavishnu.cli;

import dev.mahavishnu.schedule.Missed;
import dev.mahavishnu.schedule.Overlap;
import java.util.List;

/**
 * How {@code serve} keeps schedules.
 *
 * @param missed what becomes of times at which nobody served
 * @param overlap what happens when a run of the flow goes on still
 * @param limit most runs at a time
 */
public record ScheduleConfiguration(Missed missed, Overlap overlap, int limit) {
  static final Setting<Missed> MISSED =
      Setting.of("schedule.missed", "once", SettingParsers.word(Missed.class));
  static final Setting<Overlap> OVERLAP =
      Setting.of("schedule.overlap", "allow", SettingParsers.word(Overlap.class));
  static final Setting<Integer> LIMIT =
      Setting.of("schedule.limit", "16", SettingParsers.integer(1, 10_000));

  /** In the order of the shipped file. */
  static final List<Setting<?>> SETTINGS = List.of(MISSED, OVERLAP, LIMIT);

  static ScheduleConfiguration of(Settings settings) {
    return new ScheduleConfiguration(
        settings.get(MISSED), settings.get(OVERLAP), settings.get(LIMIT));
  }
}
