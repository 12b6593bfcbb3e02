package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.Artifacts;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.RunGraph;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of the engine, shown on a real server. */
final class MirrorsTest {
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

  @Test
  void a_run_is_shown_while_it_runs_and_as_it_ended() throws Exception {
    String spec =
        named(
            "shown",
            """
            tasks:
              - {id: extract, type: shell, command: "echo extracted"}
              - {id: load, type: shell, command: "while ! test -e go; do sleep 0.1; done; echo loaded", depends_on: [extract]}
              - {id: report, type: compute, value: done, depends_on: [load]}
            """);
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently()
          .untilAsserted(
              () ->
                  assertThat(client.flowRuns().graph(shown.flowRun()).nodes())
                      .extracting(RunGraph.Node::label, RunGraph.Node::stateType)
                      .contains(
                          org.assertj.core.groups.Tuple.tuple("extract", "COMPLETED"),
                          org.assertj.core.groups.Tuple.tuple("load", "RUNNING")));
      assertThat(shown.state()).isEqualTo("Running");
      Files.createFile(folder.resolve("go"));
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.state()).isEqualTo("Completed");
      assertThat(shown.states()).containsExactly("Pending", "Running", "Completed");
      Shown.patiently()
          .untilAsserted(
              () ->
                  assertThat(shown.tasks())
                      .isEqualTo(
                          Map.of(
                              "extract", "Completed", "load", "Completed", "report", "Completed")));
      assertThat(shown.log()).containsExactlyInAnyOrder("extracted", "loaded");
      assertThat(runs.mirrors().page(handle.run()).orElseThrow().toString())
          .endsWith("/runs/flow-run/" + shown.flowRun());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
    }
  }

  @Test
  void retries_items_and_subflows_are_shown() throws Exception {
    String spec =
        named(
            "kinds",
            """
            tasks:
              - {id: flaky, type: shell, retries: 2, retry_delay: 100ms, command: "test -e tried || { touch tried; exit 1; }"}
              - {id: each, type: compute, map: [1, 2, 3], value: "${{ item * 2 }}", depends_on: [flaky]}
              - id: inner
                type: flow
                depends_on: [each]
                spec:
                  flow: inner
                  tasks:
                    - {id: one, type: compute, value: 1}
                    - {id: two, type: shell, command: "echo from inside", depends_on: [one]}
            """);
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(shown.tasks())
          .hasSize(5)
          .allSatisfy((_, s) -> assertThat(s).isEqualTo("Completed"));
      assertThat(shown.states("flaky"))
          .containsSequence("Running", "AwaitingRetry")
          .endsWith("Completed");
      FlowRuns.FlowRun child =
          client.flowRuns().filter(Filter.ALL.parents(shown.flowRun())).findFirst().orElseThrow();
      Shown inside = new Shown(client, child.id());
      assertThat(inside.state()).isEqualTo("Completed");
      assertThat(inside.tasks()).isEqualTo(Map.of("one", "Completed", "two", "Completed"));
      assertThat(shown.log()).isEmpty();
      assertThat(inside.log()).containsExactly("from inside");
    }
  }

  @Test
  void a_run_that_failed_and_is_resumed_goes_on_there_too() throws Exception {
    String spec =
        named(
            "again",
            """
            tasks:
              - {id: first, type: shell, command: "echo once"}
              - {id: second, type: shell, command: "test -e there", depends_on: [first]}
            """);
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      assertThat(handle.await().name()).isEqualTo("Failed");
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      assertThat(shown.state()).isEqualTo("Failed");
      Files.createFile(folder.resolve("there"));
      runs.engine().resume(handle.run(), Optional.empty(), "test").await();
      assertThat(runs.drain()).isEmpty();
      assertThat(shown.state()).isEqualTo("Completed");
      Shown.patiently()
          .untilAsserted(
              () ->
                  assertThat(shown.tasks())
                      .isEqualTo(Map.of("first", "Completed", "second", "Completed")));
      assertThat(shown.log()).containsExactly("once");
    }
  }

  private static List<String> artifacts(Shown shown) {
    return client
        .artifacts()
        .filter(Filter.ALL.flowRunIds(shown.flowRun()))
        .map(Artifacts.Artifact::key)
        .toList();
  }

  @Test
  void what_was_told_before_the_position_was_written_is_not_told_twice() throws Exception {
    try (MirroredRuns runs = runs()) {
      RunHandle handle =
          runs.start(named("twice", "tasks: [{id: only, type: shell, command: \"exit 1\"}]"));
      assertThat(handle.await().name()).isEqualTo("Failed");
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      List<String> states = shown.states();
      List<String> artifacts = artifacts(shown);
      assertThat(states).containsExactly("Pending", "Running", "Failed");
      Path file = runs.store().beside(handle.run(), "prefect");
      Position position = Position.read(file, runs.mirrors().server());

      // The process ended in the midst of the first portion.
      position.withTold(0).withStored(0).withComplete(0).write(file);
      assertThat(runs.mirrors().sync(List.of(handle.run()), _ -> {})).isEmpty();
      assertThat(shown.states()).isEqualTo(states);
      assertThat(artifacts(shown)).isEqualTo(artifacts);

      // Or the position is lost.
      Files.delete(file);
      assertThat(runs.mirrors().sync(List.of(handle.run()), _ -> {})).isEmpty();
      assertThat(runs.mirrors().flowRun(handle.run())).contains(shown.flowRun());
      assertThat(shown.states()).isEqualTo(states);
      assertThat(artifacts(shown)).isEqualTo(artifacts);
    }
  }

  @Test
  void what_the_server_turns_out_not_to_have_is_told_again_and_nothing_else() throws Exception {
    String spec = named("gap", "tasks: [{id: each, type: compute, map: [1, 2, 3], value: 1}]");
    var flow = client.flows().ensure("gap-" + UUID.randomUUID(), List.of(), Map.of());
    var given = client.flowRuns().create(FlowRuns.Draft.of(flow.id()));
    RunId run;
    try (MirroredRuns runs =
        new MirroredRuns(folder, URI.create("http://127.0.0.1:1/api"), Duration.ofSeconds(5))) {
      RunHandle handle = runs.start(spec, "prefect:" + given.id());
      handle.await();
      run = handle.run();
    }
    try (MirroredRuns runs = runs()) {
      Path file = runs.store().beside(run, "prefect");
      // All was sent, and lost.
      Position.start(runs.mirrors().server())
          .withFlowRun(given.id())
          .withTold(runs.history().fold(run).orElseThrow().seq())
          .write(file);
      assertThat(runs.mirrors().sync(List.of(run), _ -> {})).isEmpty();
      Shown shown = new Shown(client, given.id());
      assertThat(shown.tasks())
          .hasSize(3)
          .allSatisfy((_, state) -> assertThat(state).isEqualTo("Completed"));
      assertThat(shown.states()).containsExactly("Pending");
    }
  }

  @Test
  void a_run_that_goes_on_after_an_approval_has_expired_is_not_failed_by_the_server()
      throws Exception {
    String spec =
        named(
            "expired",
            """
            tasks:
              - {id: ask, type: approval, message: "Well?", expires: 1s}
              - {id: anyway, type: compute, value: 1, depends_on: [ask], run_if: all_done}
            """);
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      assertThat(handle.await().name()).isEqualTo("Paused");
      assertThat(runs.mirrors().awaitSent(handle.run(), Duration.ofMinutes(1))).isTrue();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Instant until =
          shown.run().state().flatMap(ServerState::stateDetails).orElseThrow().pauseTimeout().get();
      Shown.patiently().until(() -> Instant.now().isAfter(until));
      State end = runs.engine().resume(handle.run(), Optional.empty(), "test").await();
      assertThat(runs.mirrors().awaitSent(handle.run(), Duration.ofMinutes(1))).isTrue();
      assertThat(shown.states())
          .containsExactly("Pending", "Running", "Paused", "Running", end.name());
    }
  }

  @Test
  void a_run_for_a_flow_run_of_the_server_reports_into_that_one() throws Exception {
    var flow = client.flows().ensure("given-" + UUID.randomUUID(), List.of(), Map.of());
    var given = client.flowRuns().create(FlowRuns.Draft.of(flow.id()));
    try (MirroredRuns runs = runs()) {
      RunHandle handle =
          runs.start(
              named("given", "tasks: [{id: only, type: compute, value: 1}]"),
              "prefect:" + given.id());
      handle.await();
      assertThat(runs.drain()).isEmpty();
      assertThat(runs.mirrors().flowRun(handle.run())).contains(given.id());
      Shown shown = new Shown(client, given.id());
      assertThat(shown.state()).isEqualTo("Completed");
      Shown.patiently()
          .untilAsserted(() -> assertThat(shown.tasks()).isEqualTo(Map.of("only", "Completed")));
      assertThat(shown.run().labels()).containsKey("mahavishnu.run");
    }
  }

  @Test
  void a_thousand_events_arrive_and_nothing_twice() throws Exception {
    String items = IntStream.range(0, 300).mapToObj(Integer::toString).toList().toString();
    String spec = named("many", "tasks: [{id: each, type: compute, map: " + items + ", value: 1}]");
    try (MirroredRuns runs = runs()) {
      RunHandle handle = runs.start(spec);
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      assertThat(runs.drain()).isEmpty();
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(shown.tasks())
          .hasSize(300)
          .allSatisfy((_, state) -> assertThat(state).isEqualTo("Completed"));
    }
  }
}
