package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.StateType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Servers that say less than we expect, or more. */
final class WireTest {
  private static final String ID = "0190a1b2-0000-7000-8000-000000000001";

  private static <T> T read(String json, Class<T> type) {
    return Wire.read(Wire.MAPPER.readTree(json.replace("ID", ID)), type);
  }

  @Test
  void what_is_absent_or_null_is_empty_and_what_is_unknown_is_passed_over() {
    for (String json :
        new String[] {
          """
          {"id": "ID", "flow_id": "ID", "new_in_4": {"a": [1]}}
          """,
          """
          {"id": "ID", "flow_id": "ID", "name": null, "state": null, "tags": null, "labels": null,
           "parameters": null, "run_count": null, "start_time": null, "auto_scheduled": null}
          """
        }) {
      FlowRuns.FlowRun run = read(json, FlowRuns.FlowRun.class);
      assertThat(run.id()).isEqualTo(UUID.fromString(ID));
      assertThat(run.name()).isEmpty();
      assertThat(run.state()).isEmpty();
      assertThat(run.tags()).isEmpty();
      assertThat(run.labels()).isEmpty();
      assertThat(run.parameters()).isNotNull();
      assertThat(run.parameters().path("x").isMissingNode()).isTrue();
      assertThat(run.runCount()).isZero();
      assertThat(run.startTime()).isEmpty();
      assertThat(run.deploymentId()).isEmpty();
    }
  }

  @Test
  void a_state_of_tomorrow_is_read() {
    ServerState state =
        read(
            """
            {"id": "ID", "type": "DREAMING", "name": "Deep sleep", "message": "z",
             "timestamp": "2030-01-01T00:00:00.123456+02:00", "state_details": {"depth": 3}}
            """,
            ServerState.class);

    assertThat(state.known()).isEmpty();
    assertThat(state.isFinal()).isFalse();
    assertThat(state.name()).isEqualTo("Deep sleep");
    assertThat(state.timestamp()).get().hasToString("2029-12-31T22:00:00.123456Z");
    assertThat(state.stateDetails().orElseThrow().transitionId()).isEmpty();
    assertThat(state.stateDetails().orElseThrow().pauseKey()).isEmpty();
  }

  @Test
  void a_known_type_with_an_unknown_name_keeps_both() {
    ServerState state =
        read("{\"type\": \"COMPLETED\", \"name\": \"RolledBack\"}", ServerState.class);

    assertThat(state.known()).contains(StateType.COMPLETED);
    assertThat(state.isFinal()).isTrue();
    assertThat(state.name()).isEqualTo("RolledBack");
  }

  @Test
  void schedules_are_told_apart_and_one_of_tomorrow_is_kept_as_it_is() {
    assertThat(read("{\"cron\": \"* * * * *\"}", ServerSchedule.class))
        .isEqualTo(new ServerSchedule.Cron("* * * * *", Optional.empty(), true));
    assertThat(read("{\"interval\": 0.5, \"timezone\": \"UTC\"}", ServerSchedule.class))
        .isEqualTo(
            new ServerSchedule.Every(Duration.ofMillis(500), Optional.empty(), Optional.of("UTC")));
    ServerSchedule lunar = read("{\"moon\": \"full\"}", ServerSchedule.class);
    assertThat(lunar).isInstanceOf(ServerSchedule.Unknown.class);
    assertThat(lunar.json().path("moon").asString()).isEqualTo("full");
  }
}
