package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.ServerSchedule;
import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.Schedule;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.BooleanNode;

/** Schedules said on a command line. */
final class ScheduleOptions {
  @Option(names = "--cron", paramLabel = "CRON", description = "At these times: \"*/5 * * * *\".")
  List<String> crons = new ArrayList<>();

  @Option(names = "--every", paramLabel = "TIME", description = "At this distance: 30m, 1d.")
  List<String> everies = new ArrayList<>();

  @Option(names = "--rrule", paramLabel = "RULE", description = "By a rule of RFC 5545.")
  List<String> rules = new ArrayList<>();

  @Option(names = "--timezone", paramLabel = "ZONE", description = "Of the times; UTC by default.")
  String timezone = "UTC";

  @Option(
      names = "--anchor",
      paramLabel = "TIME",
      description = "A time at which --every is due, as 2026-01-01T06:00:00Z.")
  @Nullable String anchor;

  @Option(
      names = "--day-or",
      arity = "1",
      paramLabel = "true|false",
      description =
          "Whether a day of the month and one of the week in --cron are alternatives, as usual, or"
              + " both must be.")
  boolean dayOr = true;

  /** All that are said, checked. */
  List<ServerSchedule> schedules(Workbench bench) {
    List<Schedule> said = new ArrayList<>();
    crons.forEach(cron -> said.add(new Schedule.Cron(cron.strip(), timezone, dayOr)));
    everies.forEach(every -> said.add(new Schedule.Interval(interval(every), anchor(), timezone)));
    rules.forEach(rule -> said.add(new Schedule.RRule(rule.strip(), timezone)));
    if (anchor != null && everies.isEmpty()) {
      throw CommandFailure.usage("--anchor belongs to --every");
    }
    check(said, bench);
    return said.stream().map(ScheduleTexts::of).toList();
  }

  private static java.time.Duration interval(String text) {
    try {
      return Durations.parse(text.strip());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--every " + text + ": " + e.getMessage());
    }
  }

  private Optional<Instant> anchor() {
    try {
      return Optional.ofNullable(anchor).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeException _) {
      throw CommandFailure.usage(
          "--anchor " + anchor + ": expected a time with its zone, as 2026-01-01T06:00:00Z");
    }
  }

  /** By the rules of a spec. */
  private static void check(List<Schedule> said, Workbench bench) {
    if (said.isEmpty()) {
      return;
    }
    Flow bare = Flow.of("schedules", List.of(Task.of("t", new Work.Compute(BooleanNode.TRUE))));
    Flow flow =
        new Flow(
            bare.name(),
            bare.description(),
            bare.parameters(),
            bare.secrets(),
            bare.tasks(),
            bare.onFailure(),
            bare.outputs(),
            said,
            bare.triggers(),
            bare.timeout(),
            bare.concurrency());
    List<Problem> problems = new FlowReader(bench.expressions(), List.of()).problems(flow);
    if (!problems.isEmpty()) {
      Problem first = problems.getFirst();
      String hint = first.hint().isEmpty() ? "" : "; " + first.hint();
      throw CommandFailure.usage(first.message() + hint);
    }
  }
}
