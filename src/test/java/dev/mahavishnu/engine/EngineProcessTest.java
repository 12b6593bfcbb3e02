package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.Orphans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The engine with real processes, a real disk and specs as people write them. */
class EngineProcessTest {
  @TempDir Path folder;
  private final Map<String, FlowSource> flows = new HashMap<>();
  private Store store;
  private Engine engine;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(Map.of("TOKEN", "hunter2-hunter2"), folder),
            ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList(),
            new EngineLimits(8, Map.of("db", 1), Duration.ofMillis(300), Duration.ofSeconds(5)),
            Clock.systemUTC(),
            new SplittableRandom(),
            name -> Optional.ofNullable(flows.get(name)),
            Orphans::end);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private FlowSource source(String spec) {
    return switch (new FlowReader(new Expressions()).read("test.yaml", spec, folder)) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  private RunHandle submit(String spec) {
    return submit(spec, "{}");
  }

  private RunHandle submit(String spec, String parameters) {
    return engine.submit(
        new Submission(
            source(spec), JsonMapper.shared().readTree(parameters), Optional.empty(), "test"));
  }

  private RunFold fold(RunId run) {
    return store.history().fold(run).orElseThrow();
  }

  private String outputs(RunId run) {
    return store.history().output(run, fold(run).outputs()).toString();
  }

  private String log(RunId run) {
    return store.history().logs(run, 0).lines().stream()
        .map(LogLine::text)
        .collect(Collectors.joining("\n"));
  }

  private String message(RunId run, String task) {
    return fold(run).root().task(task).orElseThrow().state().message();
  }

  private void awaitFile(String name) {
    await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve(name)));
  }

  @Test
  void a_pipeline_of_scripts_hands_its_values_on() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: pipeline
            parameters:
              - {name: who, type: string, default: world}
            tasks:
              - {id: a, type: shell, command: 'echo "hello ${{ params.who }}"'}
              - {id: b, type: shell, command: 'printf "{\\"n\\": 3}" > "$MAHAVISHNU_OUTPUT"'}
              - {id: c, type: compute, value: '${{ tasks.a.output }}, ${{ tasks.b.output.n }} times'}
            """,
            "{\"who\": \"$(touch canary) 'q'\"}");
    assertThat(run.await().name()).isEqualTo("Completed");
    assertThat(outputs(run.run())).isEqualTo("{\"c\":\"hello $(touch canary) 'q', 3 times\"}");
    assertThat(folder.resolve("canary")).doesNotExist();
  }

  @Test
  void a_cancel_leaves_no_process_behind() throws Exception {
    RunHandle run =
        submit(
            """
            flow: stubborn
            tasks:
              - id: a
                type: shell
                command: |
                  trap '' TERM
                  sleep 300 & sleep 301 &
                  touch up
                  wait
            """);
    awaitFile("up");
    run.command(new Command.Cancel("ann"));
    assertThat(run.await().name()).isEqualTo("Cancelled");
    assertThat(marked(run.run())).isEmpty();
    assertThat(fold(run.run()).root().task("a").orElseThrow().state().name())
        .isEqualTo("Cancelled");
  }

  /** Processes whose environment carries the run's mark. */
  private static List<Long> marked(RunId run) throws IOException {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(p -> environment(p).contains("MAHAVISHNU_ATTEMPT=" + run))
          .map(ProcessHandle::pid)
          .toList();
    }
  }

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "environ"),
          java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void a_timeout_kills_and_says_so_and_is_tried_again() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: slow
            tasks:
              - {id: a, type: shell, command: 'echo x >> tries; sleep 60', timeout: 300ms, retries: 1, retry_delay: 10ms}
            """);
    assertThat(run.await().name()).isEqualTo("Failed");
    assertThat(message(run.run(), "a")).isEqualTo("timed out after 300ms");
    assertThat(folder.resolve("tries")).hasContent("x\nx");
  }

  @Test
  void a_suspended_run_is_resumed_by_another_engine() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: long
            tasks:
              - {id: a, type: shell, command: 'echo a >> done'}
              - {id: b, type: shell, command: 'touch up; [ -e go ] || sleep 60; echo b >> done', depends_on: [a]}
            """);
    awaitFile("up");
    run.command(new Command.Suspend("ann"));
    assertThat(run.await().name()).isEqualTo("Suspended");
    ResumePlan plan = engine.planResume(run.run(), Optional.empty());
    assertThat(plan.reuse()).containsExactly("a");
    assertThat(plan.run()).containsExactly("b");
    folder.resolve("go").toFile().mkdir();
    assertThat(engine.resume(run.run(), Optional.empty(), "test").await().name())
        .isEqualTo("Completed");
    assertThat(folder.resolve("done")).hasContent("a\nb");
  }

  @Test
  void a_cached_task_does_not_run_again_in_another_run() throws InterruptedException {
    String spec =
        """
        flow: cached
        parameters: [{name: n, type: integer}]
        tasks:
          - {id: a, type: shell, command: 'echo ran >> log; echo "n is ${{ params.n }}"', cache: inputs}
        """;
    for (String n : List.of("1", "1", "2")) {
      RunHandle run = submit(spec, "{\"n\": " + n + "}");
      assertThat(run.await().name()).isEqualTo("Completed");
      assertThat(outputs(run.run())).isEqualTo("{\"a\":\"n is " + n + "\"}");
    }
    assertThat(folder.resolve("log")).hasContent("ran\nran");
  }

  @Test
  void a_secret_reaches_the_task_and_nothing_that_people_see() throws Exception {
    RunHandle run =
        submit(
            """
            flow: secretive
            secrets: [TOKEN]
            tasks:
              - {id: a, type: shell, command: 'echo "got ${{ secrets.TOKEN }}"'}
              - {id: b, type: shell, command: 'test "${{ tasks.a.output }}" = "got ${{ secrets.TOKEN }}"'}
            """);
    assertThat(run.await().name()).as(log(run.run())).isEqualTo("Completed");
    assertThat(log(run.run())).contains("got ***").doesNotContain("hunter2");
    try (Stream<Path> files = Files.walk(store.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes).as(file.toString()).doesNotContain("hunter2");
      }
    }
  }

  @Test
  void a_missing_secret_is_named_before_anything_runs() {
    assertThatThrownBy(
            () ->
                submit(
                    """
                    flow: x
                    secrets: [NOT_SET_ANYWHERE]
                    tasks: [{id: a, type: compute, value: 1}]
                    """))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("NOT_SET_ANYWHERE");
  }

  @Test
  void tasks_with_a_limited_tag_run_one_at_a_time() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: tagged
            tasks:
              - id: a
                type: shell
                tags: [db]
                map: [1, 2, 3, 4]
                command: 'mkdir lock && sleep 0.05 && rmdir lock'
            """);
    assertThat(run.await().name()).as(log(run.run())).isEqualTo("Completed");
  }

  @Test
  void a_flow_made_at_run_time_is_validated_and_run() throws InterruptedException {
    String outer =
        """
        flow: outer
        tasks:
          - id: gen
            type: compute
            value:
              flow: made
              parameters: [{name: n, type: integer}]
              tasks: [{id: x, type: %s, value: "$${{ params.n + 1 }}"}]
          - {id: sub, type: flow, spec: '${{ tasks.gen.output }}', parameters: [{name: n, value: 41}]}
        """;
    RunHandle good = submit(outer.formatted("compute"));
    assertThat(good.await().name()).as(message(good.run(), "sub")).isEqualTo("Completed");
    assertThat(outputs(good.run())).isEqualTo("{\"sub\":{\"x\":42}}");
    RunHandle bad = submit(outer.formatted("komputer"));
    assertThat(bad.await().name()).isEqualTo("Failed");
    assertThat(message(bad.run(), "sub")).contains("komputer").contains("compute");
  }

  @Test
  void a_named_subflow_runs_with_its_parameters() throws InterruptedException {
    flows.put(
        "inner",
        source(
            """
            flow: inner
            parameters: [{name: n, type: integer}]
            tasks: [{id: x, type: compute, value: '${{ params.n * 2 }}'}]
            outputs: [{name: twice, value: '${{ tasks.x.output }}'}]
            """));
    RunHandle run =
        submit(
            """
            flow: outer
            tasks:
              - {id: subs, type: flow, flow: inner, map: [1, 2, 3], parameters: [{name: n, value: '${{ item }}'}]}
              - {id: sum, type: compute, value: '${{ tasks.subs.output[2].twice }}'}
            """);
    assertThat(run.await().name()).isEqualTo("Completed");
    assertThat(outputs(run.run())).isEqualTo("{\"sum\":6}");
    assertThat(fold(run.run()).task(TaskKey.parse("subs[1]/x"))).isPresent();
  }

  @Test
  void an_edited_flow_reuses_every_task_that_did_not_change() throws InterruptedException {
    String spec =
        """
        flow: edited
        tasks:
          - {id: a, type: shell, command: 'echo a >> ran; echo 1'}
          - {id: b, type: shell, command: 'echo b >> ran; echo "${{ tasks.a.output }}"'}
          - {id: c, type: shell, command: 'echo c >> ran; %s', depends_on: [b]}
        """;
    RunHandle first = submit(spec.formatted("false"));
    assertThat(first.await().name()).isEqualTo("Failed");
    FlowSource edited = source(spec.formatted("true"));
    ResumePlan plan = engine.planResume(first.run(), Optional.of(edited));
    assertThat(plan.reuse()).containsExactly("a", "b");
    assertThat(plan.run()).containsExactly("c");
    RunHandle second = engine.resume(first.run(), Optional.of(edited), "test");
    assertThat(second.await().name()).isEqualTo("Completed");
    assertThat(folder.resolve("ran")).hasContent("a\nb\nc\nc");
    assertThat(fold(second.run()).counts().cached()).isEqualTo(2);
    RunHandle third = engine.retry(second.run(), Optional.of("b"), "test");
    assertThat(third.await().name()).isEqualTo("Completed");
    assertThat(folder.resolve("ran")).hasContent("a\nb\nc\nc\nb\nc");
  }

  @Test
  void an_approval_waits_without_a_process_and_goes_on_when_given() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: careful
            tasks:
              - {id: ok, type: approval, message: 'deploy ${{ run.flow }}?'}
              - {id: go, type: shell, command: 'touch went', depends_on: [ok]}
            """);
    assertThat(run.await().name()).isEqualTo("Paused");
    assertThat(message(run.run(), "ok")).isEqualTo("deploy careful?");
    assertThat(store.isHeld(run.run())).isFalse();
    RunHandle went =
        engine
            .command(run.run(), new Command.Approve("ann", Optional.empty(), "fine"))
            .orElseThrow();
    assertThat(went.await().name()).isEqualTo("Completed");
    assertThat(folder.resolve("went")).exists();
  }

  @Test
  void the_plan_of_a_resume_is_what_the_resume_does() throws InterruptedException {
    RunHandle first =
        submit(
            """
            flow: planned
            tasks:
              - {id: a, type: shell, command: 'true'}
              - {id: b, type: shell, command: 'test -e go', depends_on: [a]}
              - {id: c, type: compute, value: 1, depends_on: [b]}
            on_failure:
              - {id: tell, type: shell, command: 'true'}
            """);
    assertThat(first.await().name()).isEqualTo("Failed");
    ResumePlan plan = engine.planResume(first.run(), Optional.empty());
    assertThat(plan.reuse()).containsExactly("a");
    assertThat(plan.run()).containsExactly("b", "c", "tell");
    folder.resolve("go").toFile().mkdir();
    RunHandle second = engine.resume(first.run(), Optional.empty(), "test");
    assertThat(second.await().name()).isEqualTo("Completed");
    assertThat(fold(first.run()).counts().skipped()).isEqualTo(1);
    assertThatThrownBy(() -> engine.resume(first.run(), Optional.empty(), "test"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("run retry");
  }

  @Test
  void a_command_from_elsewhere_reaches_who_holds_the_run() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: far
            tasks: [{id: a, type: shell, command: 'touch up; sleep 60'}]
            """);
    awaitFile("up");
    try (Store other = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC())) {
      other.send(run.run(), new Command.Cancel("bob"));
    }
    assertThat(run.await().name()).isEqualTo("Cancelled");
    assertThat(fold(run.run()).state().message()).isEqualTo("by bob");
  }

  @Test
  void a_declared_output_that_is_not_delivered_fails_the_task() throws InterruptedException {
    RunHandle run =
        submit(
            """
            flow: typed
            tasks:
              - {id: a, type: shell, command: 'echo hello', output: {type: integer}}
            """);
    assertThat(run.await().name()).isEqualTo("Failed");
    assertThat(message(run.run(), "a")).contains("expected integer");
  }
}
