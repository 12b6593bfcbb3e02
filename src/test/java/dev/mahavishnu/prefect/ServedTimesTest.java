package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.schedule.Times;
import dev.mahavishnu.spec.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runs that a real server makes of a schedule are due when `serve` would start them. */
final class ServedTimesTest {
  private static final Instant ANCHOR = Instant.parse("2026-11-20T03:07:00Z");
  private static PrefectClient client;

  @BeforeAll
  static void connect() {
    client = RealPrefect.open().client();
  }

  @AfterAll
  static void close() {
    if (client != null) {
      client.close();
    }
  }

  private static final List<Schedule> SCHEDULES =
      List.of(
          new Schedule.Cron("*/5 * * * *", "Asia/Kathmandu", true),
          new Schedule.Cron("0 6 13 * 5", "America/New_York", true),
          new Schedule.Cron("15 4 * * 1-5", "Australia/Lord_Howe", true),
          new Schedule.Interval(Duration.ofMinutes(17), Optional.of(ANCHOR), "UTC"),
          new Schedule.RRule("FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=30", "Europe/Berlin"),
          new Schedule.Interval(Duration.ofHours(5), Optional.empty(), "Asia/Tokyo"),
          new Schedule.RRule("FREQ=HOURLY;INTERVAL=7", "UTC"));

  @Test
  void the_server_makes_runs_for_the_same_times() {
    Map<Schedule, UUID> deployments = new LinkedHashMap<>();
    UUID flow = client.flows().ensure("times-" + UUID.randomUUID(), List.of(), Map.of()).id();
    for (Schedule schedule : SCHEDULES) {
      DeploymentDraft.Change change =
          DeploymentDraft.Change.NOTHING.schedules(
              List.of(Schedules.Draft.of(ScheduleTexts.of(schedule))));
      DeploymentDraft draft = DeploymentDraft.of(flow, "times-" + deployments.size()).with(change);
      deployments.put(schedule, client.deployments().put(draft).id());
    }
    try {
      deployments.forEach(ServedTimesTest::compare);
    } finally {
      deployments.values().forEach(client.deployments()::delete);
    }
  }

  private static void compare(Schedule schedule, UUID deployment) {
    List<Instant> made =
        Awaitility.await()
            .atMost(Duration.ofSeconds(120))
            .pollInterval(Duration.ofSeconds(1))
            .until(() -> due(deployment), due -> due.size() >= 3);
    Instant first = made.getFirst();
    assertThat(Times.of(schedule).after(first.minusSeconds(1), made.size())).isEqualTo(made);
  }

  private static List<Instant> due(UUID deployment) {
    return client
        .flowRuns()
        .filter(Filter.ALL.deploymentIds(deployment).flowRunStates(StateType.SCHEDULED))
        .flatMap(run -> run.expectedStartTime().stream())
        .sorted()
        .toList();
  }
}
