package dev.mahavishnu.prefect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Events.Event;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

final class SeenTest {
  private static final Instant START = Instant.parse("2026-11-24T04:00:00Z");

  private final UUID run = UUID.randomUUID();
  private final UUID task = UUID.randomUUID();
  private final Seen seen = new Seen(run);

  private static ServerState state(UUID id, String type, String name, int second) {
    return new ServerState(
        Optional.of(id),
        type,
        name,
        Optional.of(START.plusSeconds(second)),
        "",
        MissingNode.getInstance(),
        Optional.empty());
  }

  private static FlowRun flowRun(UUID id, String name, ServerState state) {
    return new FlowRun(
        id,
        UUID.randomUUID(),
        name,
        Optional.of(state),
        Optional.empty(),
        Optional.empty(),
        MissingNode.getInstance(),
        List.of(),
        Map.of(),
        "",
        "",
        "",
        "",
        MissingNode.getInstance(),
        MissingNode.getInstance(),
        "",
        0,
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Event event(UUID state, String kind, UUID of, String name, String type, int second) {
    return new Event(
        state,
        START.plusSeconds(second),
        "prefect." + kind + "." + name,
        Map.of(
            "prefect.resource.id",
            "prefect." + kind + "." + of,
            "prefect.resource.name",
            "load-0",
            "prefect.state-type",
            type,
            "prefect.state-name",
            name,
            "prefect.state-timestamp",
            START.plusSeconds(second).toString()),
        List.of(
            Map.of(
                "prefect.resource.id",
                "prefect.flow-run." + run,
                "prefect.resource.role",
                "flow-run")),
        MissingNode.getInstance(),
        Optional.empty());
  }

  @Test
  void a_state_that_comes_by_a_stream_and_by_asking_is_news_once() {
    UUID running = UUID.randomUUID();

    assertThat(seen.event(event(running, "flow-run", run, "Running", "RUNNING", 1)))
        .containsInstanceOf(News.Moved.class);
    assertThat(
            seen.run(flowRun(run, "r", state(running, "RUNNING", "Running", 1)), Optional.empty()))
        .isEmpty();
    assertThat(seen.state().orElseThrow().name()).isEqualTo("Running");
  }

  @Test
  void what_is_older_than_what_is_known_is_no_news() {
    assertThat(seen.event(event(UUID.randomUUID(), "task-run", task, "Completed", "COMPLETED", 5)))
        .isPresent();
    assertThat(seen.event(event(UUID.randomUUID(), "task-run", task, "Running", "RUNNING", 3)))
        .isEmpty();
    assertThat(seen.event(event(UUID.randomUUID(), "task-run", task, "Retrying", "RUNNING", 6)))
        .isPresent();
  }

  @Test
  void events_that_are_no_states_and_those_of_other_runs_are_nothing() {
    Event other = event(UUID.randomUUID(), "flow-run", UUID.randomUUID(), "Running", "RUNNING", 1);
    Event beat =
        new Event(
            UUID.randomUUID(),
            START,
            "prefect.flow-run.heartbeat",
            Map.of("prefect.resource.id", "prefect.flow-run." + run),
            List.of(),
            MissingNode.getInstance(),
            Optional.empty());

    assertThat(seen.event(other)).isEmpty();
    assertThat(seen.event(beat)).isEmpty();
  }

  @Test
  void a_state_that_we_do_not_know_is_told_by_its_name_and_is_no_end() {
    Optional<News> news =
        seen.event(event(UUID.randomUUID(), "flow-run", run, "Teleporting", "TELEPORTING", 1));

    assertThat(news)
        .get()
        .isInstanceOfSatisfying(
            News.Moved.class, moved -> assertThat(moved.state().name()).isEqualTo("Teleporting"));
    assertThat(seen.state().orElseThrow().isFinal()).isFalse();
  }

  @Test
  void tasks_and_lines_of_a_subflow_stand_behind_its_name() {
    UUID sub = UUID.randomUUID();
    UUID deeper = UUID.randomUUID();
    assertThat(
            seen.run(
                flowRun(sub, "sub", state(UUID.randomUUID(), "RUNNING", "Running", 1)),
                Optional.of(run)))
        .get()
        .isInstanceOfSatisfying(News.Nested.class, n -> assertThat(n.name()).isEqualTo("sub"));
    assertThat(
            seen.run(
                flowRun(deeper, "deeper", state(UUID.randomUUID(), "RUNNING", "Running", 1)),
                Optional.of(sub)))
        .get()
        .isInstanceOfSatisfying(
            News.Nested.class, n -> assertThat(n.name()).isEqualTo("sub/deeper"));
    assertThat(seen.runs()).containsExactly(run, sub, deeper);
    assertThat(line(deeper, Optional.empty())).isEqualTo("sub/deeper");
    assertThat(line(run, Optional.empty())).isEmpty();
  }

  private String line(UUID of, Optional<UUID> ofTask) {
    ServerLogs.Stored line =
        new ServerLogs.Stored(UUID.randomUUID(), "l", 20, "text", START, Optional.of(of), ofTask);
    News.Logged logged = (News.Logged) seen.log(line).orElseThrow();
    assertThat(seen.log(line)).isEmpty();
    return logged.task();
  }

  @Test
  void a_line_of_a_task_has_its_name_and_without_one_the_beginning_of_its_id() {
    assertThat(line(run, Optional.of(task))).isEqualTo("task " + task.toString().substring(0, 8));
    assertThat(seen.event(event(UUID.randomUUID(), "task-run", task, "Running", "RUNNING", 1)))
        .isPresent();
    assertThat(line(run, Optional.of(task))).isEqualTo("load-0");
    assertThat(seen.tasks()).containsOnlyKeys(task);
  }

  @Test
  void asking_gets_slower_where_nothing_happens_and_quick_again_where_something_does() {
    Pace pace = new Pace();

    assertThat(pace.next(true, false)).isEqualTo(Duration.ofSeconds(1));
    Duration slow = Duration.ZERO;
    for (int i = 0; i < 10; i++) {
      slow = pace.next(false, false);
    }
    assertThat(slow).isEqualTo(Duration.ofSeconds(5));
    assertThat(pace.next(true, false)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.next(true, true)).isEqualTo(Duration.ofSeconds(5));
  }
}
