package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.Proposal.Choice;
import dev.mahavishnu.plan.offline.Clause.Manner;
import dev.mahavishnu.plan.offline.ScheduleText.Clock;
import dev.mahavishnu.plan.offline.ScheduleText.DayPart;
import dev.mahavishnu.plan.offline.ScheduleText.Timing;
import dev.mahavishnu.spec.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Schedules of the flow. */
final class Scheduling {
  private static final List<String> USUAL = List.of("00:00", "06:00", "12:00", "18:00");
  private static final int LAST_DAY_OF_ALL_MONTHS = 28;

  private final FlowDraft draft;
  private final Findings findings;
  private final ZoneId zone;
  private final boolean had;
  private boolean said;

  Scheduling(FlowDraft draft, Findings findings, ZoneId zone) {
    this.draft = draft;
    this.findings = findings;
    this.zone = zone;
    this.had = !draft.schedules.isEmpty();
  }

  void apply(Clause.Scheduled clause) {
    List<Schedule> schedules = schedules(clause.schedule());
    switch (clause.manner()) {
      case ADDED -> {}
      case CHANGED -> draft.schedules.clear();
      case SAID -> {
        if (said) {
          findings.unclear(
              clause.span(),
              "the flow has a schedule already: say `add the schedule …` for another",
              Form.CHANGE_SCHEDULE);
        } else if (had && !draft.schedules.isEmpty()) {
          askWhetherInstead(clause);
        }
      }
    }
    said = clause.manner() != Manner.ADDED || said;
    draft.schedules.addAll(schedules);
  }

  void remove() {
    if (draft.schedules.isEmpty()) {
      findings.refused("the flow has no schedule");
    }
    draft.schedules.clear();
  }

  private void askWhetherInstead(Clause.Scheduled clause) {
    int start = clause.span().start();
    String change = "change the schedule to ";
    findings.question(
        "instead of the schedule that there is, or as another?",
        List.of(
            findings.choice("instead", start, start, change),
            findings.choice("as another", start, start, "add the schedule ")));
  }

  private List<Schedule> schedules(ScheduleText text) {
    String name = text.zone().orElse(zone).getId();
    return switch (text.timing()) {
      case Timing.Every every ->
          List.of(new Schedule.Interval(every.every(), Optional.empty(), name));
      case Timing.Cron cron -> List.of(new Schedule.Cron(cron.cron(), name, true));
      case Timing.Days days -> days(days, name);
    };
  }

  private List<Schedule> days(Timing.Days days, String zoneName) {
    if (days.times().isEmpty()) {
      askTime(days);
    }
    List<Clock> clocks = days.times().stream().map(c -> clear(c, days.part())).toList();
    if (!days.monthDays().isEmpty() && days.monthDays().last() > LAST_DAY_OF_ALL_MONTHS) {
      findings.note("months without a day " + days.monthDays().last() + " are left out");
    }
    String when = field(days.monthDays()) + " * " + field(days.weekdays());
    return hoursByMinute(clocks).entrySet().stream()
        .map(e -> e.getKey() + " " + list(e.getValue()) + " " + when)
        .map(cron -> (Schedule) new Schedule.Cron(cron, zoneName, true))
        .toList();
  }

  private static Map<Integer, NavigableSet<Integer>> hoursByMinute(List<Clock> clocks) {
    Map<Integer, NavigableSet<Integer>> hours = new TreeMap<>();
    clocks.forEach(c -> hours.computeIfAbsent(c.minute(), _ -> new TreeSet<>()).add(c.hour()));
    return hours;
  }

  private void askTime(Timing.Days days) {
    int end = days.days().end();
    findings.question(
        "at what time?",
        USUAL.stream().map(t -> findings.choice("at " + t, end, end, " at " + t)).toList());
  }

  /** The time that is meant: the part of the day may tell, else the person is asked. */
  private Clock clear(Clock clock, DayPart part) {
    if (!clock.unclear()) {
      if (!part.holds(clock)) {
        String name = part.name().toLowerCase(Locale.ROOT);
        findings.unclear(clock.span(), clock.text() + " is not in the " + name, Form.SCHEDULE);
      }
      return clock;
    }
    List<Clock> both = List.of(clock.clear(), clock.later());
    List<Clock> fitting = both.stream().filter(part::holds).toList();
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    List<Clock> sorted = both.stream().sorted((a, b) -> a.hour() - b.hour()).toList();
    List<Choice> choices = new ArrayList<>();
    for (Clock c : sorted) {
      Span span = c.span();
      choices.add(findings.choice(c.text(), span.start(), span.end(), c.text()));
    }
    findings.question(
        "at " + sorted.getFirst().text() + " or at " + sorted.getLast().text() + "?", choices);
    return clock;
  }

  /** A field of a cron expression: any, or the numbers, three in a row and more as a range. */
  private static String field(NavigableSet<Integer> numbers) {
    return numbers.isEmpty() || (numbers.size() == 7 && numbers.first() == 0)
        ? "*"
        : ranges(numbers);
  }

  private static String ranges(NavigableSet<Integer> numbers) {
    List<String> parts = new ArrayList<>();
    List<Integer> all = List.copyOf(numbers);
    int from = 0;
    while (from < all.size()) {
      int to = from;
      while (to + 1 < all.size() && all.get(to + 1) == all.get(to) + 1) {
        to++;
      }
      if (to - from >= 2) {
        parts.add(all.get(from) + "-" + all.get(to));
      } else {
        parts.add(list(new TreeSet<>(all.subList(from, to + 1))));
      }
      from = to + 1;
    }
    return String.join(",", parts);
  }

  private static String list(NavigableSet<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
