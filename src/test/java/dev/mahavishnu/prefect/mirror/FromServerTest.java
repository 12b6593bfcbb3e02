package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.DroppingProxy;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.prefect.Transition;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to a run on the server, as its pages do it, reaches the run. */
final class FromServerTest {
  private static PrefectClient client;

  @TempDir Path folder;

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

  private static String named(String stem, String spec) {
    return "flow: " + stem + "_" + UUID.randomUUID().toString().replace('-', '_') + "\n" + spec;
  }

  private MirroredRuns runs() {
    return new MirroredRuns(folder, RealPrefect.open().apiUrl());
  }

  private static final String WAITS =
      """
      tasks:
        - {id: first, type: shell, command: "while ! test -e go; do sleep 0.1; done"}
        - {id: second, type: compute, value: 2, depends_on: [first]}
      """;

  private Shown running(MirroredRuns runs, RunHandle handle) {
    Shown shown = Shown.of(client, runs.mirrors(), handle.run());
    Shown.patiently().until(() -> shown.state().equals("Running"));
    return shown;
  }

  private static List<Command> commands(MirroredRuns runs, RunId run) {
    return runs.history().events(run, 1).stream()
        .map(recorded -> recorded.event())
        .filter(RunEvent.Commanded.class::isInstance)
        .map(event -> ((RunEvent.Commanded) event).command())
        .toList();
  }

  @Test
  void a_cancel_there_cancels_here() throws Exception {
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(named("cancelled", WAITS));
      Shown shown = running(runs, handle);
      assertThat(set(shown, StateChange.to(StateType.CANCELLING))).isTrue();
      assertThat(handle.await().name()).isEqualTo("Cancelled");
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.states()).endsWith("Running", "Cancelling", "Cancelled");
      assertThat(commands(runs, handle.run())).containsExactly(new Command.Cancel("prefect"));
    }
  }

  private static boolean set(Shown shown, StateChange change) {
    return client.flowRuns().setState(shown.flowRun(), change) instanceof Transition.Accepted;
  }

  private static StateChange pause() {
    return StateChange.paused(Instant.now().plus(Duration.ofHours(1)), "by hand", false);
  }

  @Test
  void a_pause_there_holds_the_run_until_it_is_resumed_there() throws Exception {
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(named("paused", WAITS));
      Shown shown = running(runs, handle);
      assertThat(set(shown, pause())).isTrue();
      Shown.patiently().until(() -> !commands(runs, handle.run()).isEmpty());
      Files.createFile(folder.resolve("go"));
      assertThat(handle.await().name()).isEqualTo("Paused");
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(client.flowRuns().resume(shown.flowRun())).isInstanceOf(Transition.Accepted.class);
      List<RunHandle> driven = runs.mirrors().inbound(runs.engine()::command);
      assertThat(driven).hasSize(1);
      assertThat(driven.getFirst().await()).isEqualTo(State.Completed.DONE);
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.states())
          .containsExactly("Pending", "Running", "Paused", "Running", "Completed");
      assertThat(commands(runs, handle.run())).containsExactly(new Command.Pause("prefect"));
    }
  }

  @Test
  void a_pause_that_is_taken_back_before_it_came_to_that_is_none() throws Exception {
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(named("hesitant", WAITS));
      Shown shown = running(runs, handle);
      assertThat(set(shown, pause())).isTrue();
      Shown.patiently().until(() -> commands(runs, handle.run()).size() == 1);
      assertThat(client.flowRuns().resume(shown.flowRun())).isInstanceOf(Transition.Accepted.class);
      Shown.patiently().until(() -> commands(runs, handle.run()).size() == 2);
      Files.createFile(folder.resolve("go"));
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      assertThat(commands(runs, handle.run()))
          .containsExactly(new Command.Pause("prefect"), new Command.Resume("prefect"));
    }
  }

  @Test
  void an_approval_is_a_paused_run_there_and_a_resume_there_approves_it() throws Exception {
    String spec =
        named(
            "asked",
            """
            tasks:
              - {id: ask, type: approval, message: "Ship it?"}
              - {id: ship, type: compute, value: shipped, depends_on: [ask]}
            """);
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      assertThat(handle.await().name()).isEqualTo("Paused");
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(shown.state()).isEqualTo("Paused");
      assertThat(runs.mirrors().inbound(runs.engine()::command)).isEmpty();
      assertThat(client.flowRuns().resume(shown.flowRun())).isInstanceOf(Transition.Accepted.class);
      List<RunHandle> driven = runs.mirrors().inbound(runs.engine()::command);
      assertThat(driven).extracting(RunHandle::run).containsExactly(handle.run());
      assertThat(driven.getFirst().await()).isEqualTo(State.Completed.DONE);
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.states())
          .containsExactly("Pending", "Running", "Paused", "Running", "Completed");
      assertThat(commands(runs, handle.run()))
          .containsExactly(
              new Command.Approve("prefect", java.util.Optional.of("ask"), "resumed in Prefect"));
    }
  }

  @Test
  void an_answer_there_that_could_not_be_carried_out_is_not_forgotten() throws Exception {
    String spec = named("busy", "tasks: [{id: ask, type: approval, message: \"Ship it?\"}]");
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      handle.await();
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(client.flowRuns().resume(shown.flowRun())).isInstanceOf(Transition.Accepted.class);
      assertThat(
              runs.mirrors()
                  .inbound(
                      (_, _) -> {
                        throw new EngineException("somebody has it");
                      }))
          .isEmpty();
      List<RunHandle> driven = runs.mirrors().inbound(runs.engine()::command);
      assertThat(driven).hasSize(1);
      assertThat(driven.getFirst().await()).isEqualTo(State.Completed.DONE);
    }
  }

  @Test
  void a_cancel_there_of_a_run_that_pauses_meanwhile_ends_it() throws Exception {
    String spec =
        named(
            "crossed",
            """
            tasks:
              - {id: first, type: shell, command: "while ! test -e go; do sleep 0.1; done"}
              - {id: ask, type: approval, message: "Ship it?", depends_on: [first]}
            """);
    try (DroppingProxy proxy = new DroppingProxy(RealPrefect.open().apiUrl());
        MirroredRuns runs = new MirroredRuns(folder, proxy.url())) {
      RunHandle handle = runs.start(spec);
      Shown shown = running(runs, handle);
      proxy.cut(true);
      assertThat(set(shown, StateChange.to(StateType.CANCELLING))).isTrue();
      Files.createFile(folder.resolve("go"));
      assertThat(handle.await().name()).isEqualTo("Paused");
      proxy.reopen();
      assertThat(runs.drain()).isEmpty();
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(shown.state()).isEqualTo("Cancelling");
      List<RunHandle> driven = runs.mirrors().inbound(runs.engine()::command);
      assertThat(driven).hasSize(1);
      assertThat(driven.getFirst().await().name()).isEqualTo("Cancelled");
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.state()).isEqualTo("Cancelled");
    }
  }

  @Test
  void a_run_that_waits_for_approval_can_be_cancelled_there() throws Exception {
    String spec = named("declined", "tasks: [{id: ask, type: approval, message: \"Ship it?\"}]");
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      handle.await();
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(set(shown, StateChange.to(StateType.CANCELLING))).isTrue();
      List<RunHandle> driven = runs.mirrors().inbound(runs.engine()::command);
      assertThat(driven).hasSize(1);
      assertThat(driven.getFirst().await().name()).isEqualTo("Cancelled");
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.state()).isEqualTo("Cancelled");
      assertThat(runs.mirrors().inbound(runs.engine()::command)).isEmpty();
    }
  }
}
