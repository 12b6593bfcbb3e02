package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.RunQuery;
import dev.mahavishnu.run.StateType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class RunQuestionsTest {
  /** A Tuesday at half past nine in Berlin. */
  private static final Clock TUESDAY =
      Clock.fixed(Instant.parse("2026-11-24T08:30:00Z"), ZoneId.of("Europe/Berlin"));

  private static final Proposal OTHER = new Proposal.Refused("asked the other planner");

  private static RunQuestions questions() {
    return new RunQuestions(Optional::empty, TUESDAY, (_, _) -> OTHER);
  }

  private static RunQuery query(String text) {
    return questions().query(text).orElseThrow();
  }

  @Test
  void last_night_is_from_six_in_the_evening_to_eight_in_the_morning() {
    RunQuery query = query("What happened  last night?");
    assertThat(query.from()).contains(Instant.parse("2026-11-23T17:00:00Z"));
    assertThat(query.to()).contains(Instant.parse("2026-11-24T07:00:00Z"));
    assertThat(query.states()).isEmpty();
  }

  @Test
  void a_week_begins_on_monday() {
    RunQuery query = query("which runs were slow this week");
    assertThat(query.from()).contains(Instant.parse("2026-11-22T23:00:00Z"));
    assertThat(query.to()).contains(Instant.parse("2026-11-24T08:30:01Z"));
    assertThat(query.order()).isEqualTo(RunQuery.Order.SLOWEST);
    assertThat(query("what ran last week").to()).isEqualTo(query.from());
  }

  @Test
  void what_failed_has_crashes_too() {
    RunQuery query = query("what failed yesterday?");
    assertThat(query.states()).isEqualTo(Set.of(StateType.FAILED, StateType.CRASHED));
    assertThat(query.from()).contains(Instant.parse("2026-11-22T23:00:00Z"));
    assertThat(query.to()).contains(Instant.parse("2026-11-23T23:00:00Z"));
    assertThat(query("which tasks failed today").by()).isEqualTo(RunQuery.By.TASK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what happened last night to etl?",
        "run last night",
        "what failed",
        "which runs were slow this week and why",
        "tell me what failed today"
      })
  void anything_else_goes_on_to_the_other_planner(String text) {
    assertThat(questions().plan(Request.of(text, WorkspaceView.EMPTY))).isEqualTo(OTHER);
  }

  @Test
  void the_answer_is_a_table_of_the_runs_that_are_stored(@TempDir Path folder)
      throws InterruptedException {
    try (RealRuns runs = new RealRuns(folder)) {
      runs.run("{flow: bad, tasks: [{id: a, type: shell, command: 'exit 1'}]}");
      runs.run("{flow: good, tasks: [{id: a, type: shell, command: 'echo'}]}");
      Proposal answer =
          new RunQuestions(() -> Optional.of(runs.history()), Clock.systemUTC(), (_, _) -> OTHER)
              .plan(Request.of("what failed today?", WorkspaceView.EMPTY));
      assertThat(answer)
          .isInstanceOfSatisfying(
              Proposal.Answered.class,
              answered -> {
                assertThat(answered.text()).isEmpty();
                assertThat(answered.table().orElseThrow().rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row).contains("bad", "Failed"));
              });
    }
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text);
  }

  @Test
  void what_a_model_asks_is_checked_and_its_period_is_shown() {
    RunAnswers answers = new RunAnswers(Optional.empty(), TUESDAY);
    Proposal.Answered answered =
        (Proposal.Answered)
            answers.answer(
                json(
                    """
                    {"from": "2026-11-23T18:00", "to": "2026-11-24", "flow": null,
                     "states": ["failed"], "by": "flow", "order": "most_failed", "limit": 5}\
                    """));
    assertThat(answered.table().orElseThrow().title())
        .isEqualTo(
            "Runs that are failed from 2026-11-23 18:00 to 2026-11-24 00:00 (Europe/Berlin): none");
    assertThatThrownBy(
            () ->
                answers.answer(
                    json(
                        """
                        {"from": "last night", "by": "moon", "limit": 1000, "approve": true}\
                        """)))
        .hasMessageContaining("a query has no field `approve`")
        .hasMessageContaining("`from` is no ISO date")
        .hasMessageContaining("`by` is one of run, flow, task")
        .hasMessageContaining("`limit` is from 1 to 100");
    assertThatThrownBy(
            () -> answers.answer(json("{\"from\": \"2026-11-24\", \"to\": \"2026-11-23\"}")))
        .hasMessageContaining("`from` is not before `to`");
  }

  @Test
  void the_schema_of_a_query_requires_every_field_and_allows_no_other() {
    ObjectNode schema = new RunAnswers(Optional.empty(), TUESDAY).schema();
    assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(schema.path("required").size()).isEqualTo(schema.path("properties").size());
  }
}
