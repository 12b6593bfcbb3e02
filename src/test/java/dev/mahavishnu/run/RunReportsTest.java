package dev.mahavishnu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.RunQuery.By;
import dev.mahavishnu.run.RunQuery.Order;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class RunReportsTest {
  private static final Instant NIGHT = Instant.parse("2026-11-22T22:00:00Z");
  private static final Instant MORNING = NIGHT.plus(Duration.ofHours(8));

  /** Runs that are known by their summaries; whoever asks for more is refused. */
  private record Listed(List<RunSummary> runs) implements RunHistory {
    @Override
    public Stream<RunSummary> list() {
      return runs.stream();
    }

    @Override
    public Optional<RunSummary> summary(RunId run) {
      throw new AssertionError();
    }

    @Override
    public Optional<RunFold> fold(RunId run) {
      throw new AssertionError();
    }

    @Override
    public List<Recorded> events(RunId run, long fromSeq) {
      throw new AssertionError();
    }

    @Override
    public JsonNode output(RunId run, long position) {
      throw new AssertionError();
    }

    @Override
    public LogPage logs(RunId run, long fromOffset) {
      throw new AssertionError();
    }

    @Override
    public List<RunId> find(String text) {
      throw new AssertionError();
    }
  }

  private static RunSummary run(
      String flow, State state, Instant start, Duration took, int failed) {
    return new RunSummary(
        RunId.at(start, flow.hashCode()),
        flow,
        state,
        false,
        start,
        Optional.of(start),
        state.isFinal() ? Optional.of(start.plus(took)) : Optional.empty(),
        new TaskCounts(3, 3 - failed, 0, 0, failed, 0, 0, 0, 0, 0));
  }

  private static RunSummary good(String flow, Instant start, int seconds) {
    return run(flow, State.Completed.DONE, start, Duration.ofSeconds(seconds), 0);
  }

  private static RunSummary bad(String flow, Instant start, int seconds) {
    State failed = new State.Failed(State.Failed.How.ERROR, "load failed");
    return run(flow, failed, start, Duration.ofSeconds(seconds), 2);
  }

  private static RunReport answer(RunQuery query, RunSummary... runs) {
    Clock clock = Clock.fixed(MORNING, ZoneOffset.UTC);
    return new RunReports(new Listed(List.of(runs)), clock).answer(query);
  }

  private static RunQuery lastNight(By by, Order order, int limit) {
    return new RunQuery(
        Optional.of(NIGHT), Optional.of(MORNING), Optional.empty(), Set.of(), by, order, limit);
  }

  @Test
  void last_night_is_the_runs_that_began_or_ended_in_it() {
    RunReport report =
        answer(
            lastNight(By.RUN, Order.NEWEST, 10),
            good("early", NIGHT.minusSeconds(7200), 60),
            good("over", NIGHT.minusSeconds(60), 7200),
            bad("inside", NIGHT.plusSeconds(60), 30),
            good("late", MORNING, 1));
    assertThat(report.totals()).isEqualTo(new RunReport.Totals(2, 1, 1, 0, 0, 0));
    RunReportTable table = RunReportTable.of(report, ZoneId.of("Europe/Berlin"));
    assertThat(table.title())
        .isEqualTo(
            "Runs from 2026-11-22 23:00 to 2026-11-23 07:00 (Europe/Berlin):"
                + " 2 runs, 1 completed, 1 failed");
    assertThat(table.rows())
        .containsExactly(
            List.of(
                RunId.at(NIGHT.plusSeconds(60), "inside".hashCode()).text(),
                "inside",
                "Failed",
                "2026-11-22 23:01",
                "30s",
                "",
                "2"),
            List.of(
                RunId.at(NIGHT.minusSeconds(60), "over".hashCode()).text(),
                "over",
                "Completed",
                "2026-11-22 22:59",
                "2h00m",
                "2h00m (x1.0)",
                "0"));
  }

  @Test
  void slow_is_by_wall_time_or_against_the_flows_own_median() {
    RunSummary[] runs = {
      good("big", NIGHT, 1000),
      good("big", NIGHT.plusSeconds(1), 1100),
      good("small", NIGHT.minus(Duration.ofDays(9)), 10),
      good("small", NIGHT.minus(Duration.ofDays(8)), 10),
      good("small", NIGHT.plusSeconds(2), 90)
    };
    assertThat(names(answer(lastNight(By.RUN, Order.SLOWEST, 2), runs)))
        .containsExactly("big 1100", "big 1000");
    RunReport usual = answer(lastNight(By.RUN, Order.SLOWER_THAN_USUAL, 2), runs);
    assertThat(names(usual)).containsExactly("small 90", "big 1100");
    assertThat(usual.more()).isEqualTo(1);
    assertThat(RunReportTable.of(usual, ZoneOffset.UTC).rows().getFirst().get(5))
        .isEqualTo("10s (x9.0)");
  }

  private static List<String> names(RunReport report) {
    return report.rows().stream()
        .map(RunReport.RunRow.class::cast)
        .map(row -> row.run().flow() + " " + row.took().orElseThrow().toSeconds())
        .toList();
  }

  @Test
  void flows_are_counted_and_the_one_that_failed_most_comes_first() {
    RunReport report =
        answer(
            lastNight(By.FLOW, Order.MOST_FAILED, 5),
            good("a", NIGHT, 10),
            good("a", NIGHT.plusSeconds(1), 20),
            bad("b", NIGHT, 4),
            good("b", NIGHT.plusSeconds(1), 8));
    assertThat(RunReportTable.of(report, ZoneOffset.UTC).rows())
        .containsExactly(
            List.of("b", "2", "1", "1", "0", "6.0s", "8.0s"),
            List.of("a", "2", "2", "0", "0", "15s", "20s"));
  }

  @Test
  void one_flow_and_some_states_can_be_asked_for() {
    RunQuery query =
        new RunQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.of("b"),
            Set.of(StateType.FAILED),
            By.RUN,
            Order.NEWEST,
            5);
    RunReport report = answer(query, good("b", NIGHT, 1), bad("a", NIGHT, 1), bad("b", NIGHT, 2));
    assertThat(names(report)).containsExactly("b 2");
    assertThat(RunReportTable.of(report, ZoneOffset.UTC).title())
        .isEqualTo("Runs of b that are failed, all that are stored: 1 run, 1 failed");
  }

  @Test
  void ten_thousand_runs_are_answered_from_their_summaries() {
    List<RunSummary> runs = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      runs.add(good("f" + i % 50, NIGHT.plusSeconds(i), i % 97));
    }
    RunReport report = answer(lastNight(By.RUN, Order.SLOWEST, 3), runs.toArray(RunSummary[]::new));
    assertThat(report.totals().runs()).isEqualTo(10_000);
    assertThat(report.rows()).hasSize(3);
    assertThat(report.more()).isEqualTo(9_997);
  }

  @Test
  void a_period_that_ends_before_it_begins_is_no_question() {
    assertThatThrownBy(
            () ->
                new RunQuery(
                    Optional.of(MORNING),
                    Optional.of(NIGHT),
                    Optional.empty(),
                    Set.of(),
                    By.RUN,
                    Order.NEWEST,
                    1))
        .hasMessage("the period ends before it begins");
  }
}
