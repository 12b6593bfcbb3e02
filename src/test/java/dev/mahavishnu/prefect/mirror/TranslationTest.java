package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.StateChange;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunEvent.TaskMoved;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs of the real engine, and what a server is to be told of them. */
final class TranslationTest {
  @TempDir Path folder;
  private RealRuns runs;

  @BeforeEach
  void open() {
    runs = new RealRuns(folder);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private List<Report> reports(RunId run) {
    List<Report> reports = reports(runs.history().events(run, 1));
    assertThat(reports(runs.history().events(run, 1))).isEqualTo(reports);
    inOrder(reports);
    return reports;
  }

  private List<Report> reports(List<Recorded> events) {
    Translation translation = new Translation(runs::seal, _ -> Optional.of("abc"));
    List<Report> reports = new ArrayList<>();
    events.forEach(event -> reports.addAll(translation.next(event)));
    return reports;
  }

  /** What the server relies on, of whatever run. */
  static void inOrder(List<Report> reports) {
    Instant last = Instant.EPOCH;
    Set<UUID> ids = new HashSet<>();
    Set<String> flowRuns = new HashSet<>();
    for (Report report : reports) {
      switch (report) {
        case Report.FlowRunMade r -> assertThat(flowRuns.add(r.flowRun())).isTrue();
        case Report.FlowRunMoved r -> {
          assertThat(r.at()).isAfter(last);
          assertThat(ids.add(r.transition())).isTrue();
          last = r.at();
        }
        case Report.TaskRunMoved r -> {
          assertThat(r.at()).isAfter(last);
          assertThat(ids.add(r.event())).isTrue();
          last = r.at();
          assertThat(r.change().runTime()).isNotNegative();
        }
        case Report.TaskRunMade _, Report.ArtifactMade _ -> {}
      }
      assertThat(flowRuns).contains(report.flowRun());
    }
  }

  private void told(RunId run, String expected) {
    assertThat(ReportText.of(reports(run))).isEqualTo(expected);
  }

  @Test
  void tasks_with_their_dependencies() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: shop
            concurrency: 1
            parameters: [{name: day, type: string, default: monday}]
            tasks:
              - {id: orders, type: compute, value: "${{ params.day }}"}
              - {id: stock, type: shell, command: "true", depends_on: [orders]}
              - {id: report, type: compute, value: "${{ tasks.orders.output }}", depends_on: [stock]}
              - {id: never, type: compute, value: 1, when: "params.day == 'sunday'", depends_on: [report]}
            """);

    told(
        run,
        """
        flow run RUN of shop {"day":"monday"}
        flow run Running
        orders Running
        orders Completed
        stock {wait_for: orders} Pending
        stock Running
        stock Completed
        report {orders: orders, wait_for: stock} Running
        report Completed
        never {wait_for: report} Skipped (when: params.day == 'sunday')
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void retries_failures_and_what_follows_from_them() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: shop
            concurrency: 1
            tasks:
              - {id: shaky, type: shell, command: "test -f m || { touch m; exit 3; }", retries: 2, retry_delay: 1ms}
              - {id: slow, type: shell, command: "sleep 60", timeout: 50ms, depends_on: [shaky]}
              - {id: after, type: compute, value: 1, depends_on: [slow]}
              - {id: rescue, type: compute, value: 1, depends_on: [slow], run_if: one_failed}
            on_failure:
              - {id: tell, type: compute, value: "${{ tasks.slow.state }}"}
            """);

    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        shaky Pending
        shaky Running
        shaky AwaitingRetry (exited with 3)
        shaky Pending
        shaky Retrying runs: 2
        shaky Completed runs: 2
        slow {wait_for: shaky} Pending
        slow Running
        slow TimedOut (timed out after 50ms)
        after {wait_for: slow} UpstreamFailed (did not run: slow failed)
        rescue {wait_for: slow} Running
        rescue Completed
        tell {slow: slow} Running
        tell Completed
        flow run Failed (2 of 4 tasks did not complete: slow, after)
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void mapped_tasks_have_a_task_run_an_item_and_none_for_the_whole() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: shop
            concurrency: 1
            tasks:
              - {id: parts, type: compute, value: "${{ item }}", map: [1, 2, 3]}
              - {id: each, type: compute, value: "${{ item }}", map: "${{ tasks.parts.output }}"}
              - {id: pairs, type: compute, value: "${{ item }}", map: "${{ tasks.parts.output }}", batch: 2, depends_on: [each]}
              - {id: none, type: compute, value: "${{ item }}", map: [], depends_on: [pairs]}
              - {id: all, type: compute, value: "${{ tasks.each.output }}", depends_on: [none]}
            """);

    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        parts[0] Running
        parts[0] Completed
        parts[1] Running
        parts[1] Completed
        parts[2] Running
        parts[2] Completed
        each[0] {parts: parts[0]} Running
        each[0] Completed
        each[1] {parts: parts[1]} Running
        each[1] Completed
        each[2] {parts: parts[2]} Running
        each[2] Completed
        pairs[0] {parts: parts[0] parts[1] parts[2], wait_for: each[0] each[1] each[2]} Running
        pairs[0] Completed
        pairs[1] {parts: parts[0] parts[1] parts[2], wait_for: each[0] each[1] each[2]} Running
        pairs[1] Completed
        none {wait_for: pairs[0] pairs[1]} Running
        none Completed
        all {each: each[0] each[1] each[2], wait_for: none} Running
        all Completed
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void what_is_cached_says_so() throws InterruptedException {
    String spec =
        """
        flow: shop
        tasks:
          - {id: costly, type: shell, command: "echo 1", cache: inputs}
        """;
    runs.run(spec);
    RunId run = runs.run(spec);

    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        costly Pending
        costly Cached
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void subflows_are_flow_runs_of_a_task_run() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: shop
            concurrency: 1
            tasks:
              - {id: first, type: compute, value: 1}
              - id: sub
                type: flow
                depends_on: [first]
                map: [7, 8]
                parameters: [{name: n, value: "${{ item }}"}]
                spec:
                  flow: inner
                  parameters: [{name: n, type: integer}]
                  tasks:
                    - {id: a, type: compute, value: "${{ params.n }}"}
                    - {id: deep, type: flow, depends_on: [a],
                       spec: {flow: deepest, tasks: [{id: z, type: compute, value: 1}]}}
              - {id: last, type: compute, value: "${{ tasks.sub.output }}"}
            """);

    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        first Running
        first Completed
        made sub[0] {wait_for: first}
          flow run RUN/sub[0] of inner {"n":7} in sub[0]
          flow run Running
          a Running
          a Completed
          made deep {wait_for: a}
          flow run RUN/sub[0]/deep of deepest {} in deep
          flow run Running
          z Running
          z Completed
          flow run Completed
          flow run Completed
        made sub[1] {wait_for: first}
          flow run RUN/sub[1] of inner {"n":8} in sub[1]
          flow run Running
          a Running
          a Completed
          made deep {wait_for: a}
          flow run RUN/sub[1]/deep of deepest {} in deep
          flow run Running
          z Running
          z Completed
          flow run Completed
          flow run Completed
        last {sub: sub[0]/ sub[1]/} Running
        last Completed
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void a_subflow_that_is_tried_again_is_another_flow_run_of_the_same_task_run()
      throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: shop
            concurrency: 1
            tasks:
              - id: sub
                type: flow
                retries: 1
                retry_delay: 1ms
                spec:
                  flow: inner
                  tasks:
                    - {id: a, type: shell, command: "test -f m || { touch m; exit 3; }"}
            """);

    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        made sub
          flow run RUN/sub of inner {} in sub
          flow run Running
          a Pending
          a Running
          a Failed (exited with 3)
          flow run Failed (1 of 1 tasks did not complete: a; tried again at TIME)
        made sub
          flow run RUN/sub of inner {} in sub
          flow run Running
          a Pending
          a Running
          a Completed
          flow run Completed
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void a_run_that_waits_for_approval_is_paused() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: shop
            tasks:
              - {id: ask, type: approval, message: "Really?"}
              - {id: go, type: compute, value: 1, depends_on: [ask]}
            """);
    List<Report> paused = reports(run);
    runs.command(run, new Command.Approve("ann", Optional.of("ask"), "yes"));

    assertThat(reports(run)).startsWith(paused.toArray(Report[]::new));
    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        ask Paused (Really?)
        flow run Paused (waiting for approval of ask)
        flow run Running
        ask Completed (approved by ann: yes)
        go {wait_for: ask} Running
        go Completed
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void a_run_that_stands_is_paused_and_what_is_edited_then_is_told_as_it_is()
      throws InterruptedException {
    RunId run =
        runs.stopped(
            """
            flow: shop
            tasks:
              - {id: orders, type: compute, value: 1}
              - {id: report, type: compute, value: "${{ tasks.orders.output }}"}
            """,
            "report");
    List<Report> paused = reports(run);
    runs.edit(
        run,
        """
        flow: shop
        tasks:
          - {id: orders, type: compute, value: 1}
          - {id: stock, type: compute, value: 2, depends_on: [orders]}
          - {id: report, type: compute, value: "${{ tasks.orders.output + tasks.stock.output }}"}
        """);

    assertThat(reports(run)).startsWith(paused.toArray(Report[]::new));
    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        orders Running
        orders Completed
        flow run Paused (before report (breakpoint report))
        flow run Running
        stock {wait_for: orders} Running
        stock Completed
        report {orders: orders, stock: stock} Running
        report Completed
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void a_failed_run_that_is_resumed_goes_on() throws InterruptedException, IOException {
    RunId run =
        runs.run(
            """
            flow: shop
            concurrency: 1
            tasks:
              - {id: good, type: compute, value: 1}
              - {id: bad, type: shell, command: "test -f m", map: [1, 2], depends_on: [good]}
              - {id: after, type: compute, value: 1, depends_on: [bad]}
              - id: sub
                type: flow
                depends_on: [after]
                run_if: all_done
                spec: {flow: inner, tasks: [{id: a, type: shell, command: "test -f m"}]}
            on_failure:
              - {id: tell, type: compute, value: 1}
            """);
    Files.createFile(folder.resolve("m"));
    runs.resume(run);

    told(
        run,
        """
        flow run RUN of shop {}
        flow run Running
        good Running
        good Completed
        bad[0] {wait_for: good} Pending
        bad[0] Running
        bad[0] Failed (exited with 1)
        bad[1] {wait_for: good} Pending
        bad[1] Running
        bad[1] Failed (exited with 1)
        after {wait_for: bad[0] bad[1]} UpstreamFailed (did not run: bad failed)
        made sub {wait_for: after}
          flow run RUN/sub of inner {} in sub
          flow run Running
          a Pending
          a Running
          a Failed (exited with 1)
          flow run Failed (1 of 1 tasks did not complete: a)
        tell Running
        tell Completed
        flow run Failed (3 of 4 tasks did not complete: bad, after, sub)
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        tell Pending
        bad[0] Pending
        bad[1] Pending
        after Pending
          a Pending
          flow run Retrying
        flow run Retrying
          a Running runs: 2
          a Completed runs: 2
          flow run Completed
        bad[0] Running runs: 2
        bad[0] Completed runs: 2
        bad[1] Running runs: 2
        bad[1] Completed runs: 2
        after Running
        after Completed
        tell Skipped (the flow did not fail)
        flow run Completed
        artifact mahavishnu-shop-summary
        artifact mahavishnu-shop-timings
        """);
  }

  @Test
  void what_a_cancelled_run_leaves_behind_is_cancelled() throws InterruptedException {
    RunHandle handle =
        runs.start(
            """
            flow: shop
            concurrency: 2
            tasks:
              - {id: one, type: compute, value: 1}
              - {id: many, type: shell, command: "test ${{ item }} = 2 && exit 1; sleep 60", map: [1, 2, 3],
                 retries: 1, retry_delay: 60s, concurrency: 2, depends_on: [one]}
              - id: sub
                type: flow
                depends_on: [one]
                spec: {flow: inner, tasks: [{id: a, type: approval, message: "Well?"}]}
              - {id: after, type: compute, value: 1, depends_on: [many, sub]}
            """);
    CountDownLatch waiting = new CountDownLatch(3);
    handle.follow(
        event -> {
          if (event.event() instanceof RunEvent.TaskMoved moved
              && (moved.state().name().equals("AwaitingRetry")
                  || moved.state().name().equals("Paused")
                  || (moved.task().text().equals("many[0]") && moved.child().isPresent()))) {
            waiting.countDown();
          }
        });
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    handle.command(new Command.Cancel("ann"));
    handle.await();

    List<String> lines = ReportText.of(reports(handle.run())).lines().toList();
    assertThat(lines.subList(lines.indexOf("flow run Cancelling (by ann)"), lines.size()))
        .containsExactlyInAnyOrder(
            "flow run Cancelling (by ann)",
            "many[0] Cancelled (by ann)",
            "many[1] Cancelled (by ann)",
            "  flow run Cancelled (by ann)",
            "  a Cancelled (by ann)",
            "after {wait_for: many[0] many[1] ? sub/} Cancelled (by ann)",
            "flow run Cancelled (by ann)",
            "artifact mahavishnu-shop-summary",
            "artifact mahavishnu-shop-timings");
  }

  @Test
  void of_a_run_whose_process_died_the_next_one_says_so_first() {
    Journal journal =
        new Journal(
            """
            {"tasks": [
              {"id": "a", "type": "shell"},
              {"id": "sub", "type": "flow"},
              {"id": "b", "type": "shell", "depends_on": ["a"]}]}
            """);
    journal
        .add(new RunEvent.Opened(1, "here"))
        .add(new RunEvent.Moved(new State.Running(false)))
        .add(TaskMoved.to(TaskKey.of("", "a"), 1, new State.Running(false)))
        .add(
            new RunEvent.Nested(
                TaskKey.of("", "sub"),
                "inner",
                "{}",
                "/",
                1,
                JsonNodeFactory.instance.objectNode()))
        .add(TaskMoved.to(TaskKey.of("", "sub"), 1, new State.Running(false)))
        .add(TaskMoved.to(TaskKey.of("sub", "z"), 1, new State.Running(false)));
    Translation left = new Translation(runs::seal, _ -> Optional.of("abc"));
    List<Report> told = new ArrayList<>();
    journal.events.forEach(event -> told.addAll(left.next(event)));
    List<Report> died = left.died();

    int before = journal.events.size();
    journal
        .later()
        .add(new RunEvent.Opened(2, "here"))
        .add(new RunEvent.Moved(new State.Running(true)))
        .add(TaskMoved.to(TaskKey.of("", "a"), 1, new State.Running(false)))
        .add(TaskMoved.to(TaskKey.of("", "a"), 1, State.Completed.DONE));
    List<Report> next = reports(journal.events);
    inOrder(next);

    assertThat(reports(journal.events.subList(0, before))).isEqualTo(told);
    assertThat(next.subList(told.size(), told.size() + died.size())).isEqualTo(died);
    assertThat(left.died()).isEmpty();
    assertThat(ReportText.of(next))
        .isEqualTo(
            """
            flow run RUN of shop {}
            flow run Running
            a Running
            made sub
              flow run RUN/sub of inner {} in sub
              flow run Running
              z Running
            a Crashed (the process that ran it died)
              z Crashed (the process that ran it died)
              flow run Crashed (the process that ran it died)
            flow run Crashed (the process that ran it died)
            flow run Retrying
              flow run Retrying
            a Running runs: 2
            a Completed runs: 2
            """);
    Report.TaskRunMoved last = (Report.TaskRunMoved) next.getLast();
    // The hour in which nothing ran does not count.
    assertThat(last.change().runTime()).isLessThan(60_000_000L);
  }

  @Test
  void a_flow_run_that_never_began_is_not_left_pending() {
    Journal journal = new Journal("{\"tasks\": [{\"id\": \"sub\", \"type\": \"flow\"}]}");
    RunEvent.Nested nested =
        new RunEvent.Nested(
            TaskKey.of("", "sub"), "inner", "{}", "/", 1, JsonNodeFactory.instance.objectNode());

    assertThat(ReportText.of(reports(journal.add(nested).add(nested).events)))
        .isEqualTo(
            """
            flow run RUN of shop {}
            made sub
              flow run RUN/sub of inner {} in sub
              flow run Crashed (the process that ran it died)
            made sub
              flow run RUN/sub of inner {} in sub
            """);
  }

  @Test
  void a_suspended_run_has_not_died() {
    Journal journal = new Journal("{}");
    journal
        .add(new RunEvent.Opened(1, "here"))
        .add(new RunEvent.Moved(new State.Running(false)))
        .add(new RunEvent.Moved(new State.Paused(State.Paused.Why.SUSPENDED, "by ann")));
    Translation translation = new Translation(runs::seal, _ -> Optional.empty());
    journal.events.forEach(translation::next);

    assertThat(translation.died()).isEmpty();
    assertThat(translation.next(journal.add(new RunEvent.Opened(2, "here")).events.getLast()))
        .isEmpty();
  }

  @Test
  void a_pause_of_a_workers_run_holds_no_process() {
    assertThat(paused("trigger").toString())
        .contains("\"pause_reschedule\":false", "\"Suspended\"");
    assertThat(paused("prefect:" + new UUID(1, 2)).toString())
        .contains("\"pause_reschedule\":true", "\"Suspended\"");
  }

  private StateChange paused(String requester) {
    List<Report> reports =
        reports(
            new Journal("{}", requester)
                .add(new RunEvent.Moved(new State.Paused(State.Paused.Why.SUSPENDED, "by ann")))
                .events);
    return ((Report.FlowRunMoved) reports.getLast()).change();
  }

  @Test
  void an_approval_that_expires_ends_the_pause_with_it() {
    Journal journal =
        new Journal("{\"tasks\": [{\"id\": \"a\", \"type\": \"approval\", \"expires\": \"1h\"}]}");
    State.Paused asked = new State.Paused(State.Paused.Why.PAUSED, "Well?");
    journal
        .add(TaskMoved.to(TaskKey.of("", "a"), 1, asked))
        .add(new RunEvent.Moved(new State.Paused(State.Paused.Why.PAUSED, "waiting")));

    assertThat(((Report.FlowRunMoved) reports(journal.events).getLast()).change().toString())
        .contains("\"pause_timeout\":\"2026-11-23T13:00:00.001Z\"");
  }

  @Test
  void between_large_maps_only_some_edges_are_told() {
    Journal journal =
        new Journal(
            """
            {"tasks": [
              {"id": "many", "type": "compute", "map": "x"},
              {"id": "more", "type": "compute", "map": "${{ tasks.many.output.filter(x, true) }}"},
              {"id": "one", "type": "compute", "depends_on": ["many"]}]}
            """);
    Output items = new Output.Inline("", JsonNodeFactory.instance.arrayNode());
    journal
        .add(new RunEvent.Mapped(TaskKey.of("", "many"), 5_000, items))
        .add(new RunEvent.Mapped(TaskKey.of("", "more"), 4_000, items))
        .add(TaskMoved.to(new TaskKey("", "more", 7), 1, new State.Running(false)))
        .add(TaskMoved.to(TaskKey.of("", "one"), 1, new State.Running(false)));
    List<Report> reports = reports(journal.events);

    assertThat(inputs(reports.get(1)).get("many")).hasSize(2).doesNotHaveDuplicates();
    assertThat(inputs(reports.get(2)).get("wait_for")).hasSize(500).doesNotHaveDuplicates();
  }

  private static Map<String, List<TaskRunFields.Input>> inputs(Report report) {
    return ((Report.TaskRunMoved) report).change().fields().inputs();
  }

  @Test
  void parameters_that_no_server_takes_are_left_out() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("small", 1).put("large", "x".repeat(600_000));
    Journal journal = new Journal("{}", "test", parameters);

    assertThat(((Report.FlowRunMade) reports(journal.events).getFirst()).parameters().toString())
        .isEqualTo("{\"small\":1,\"large\":\"(600002 characters, too long to be shown here)\"}");
  }

  @Test
  void the_size_of_parameters_is_counted_as_the_server_counts_it() {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("small", "\u4e16").put("large", "\u4e16".repeat(100_000));
    Journal journal = new Journal("{}", "test", parameters);

    assertThat(((Report.FlowRunMade) reports(journal.events).getFirst()).parameters().toString())
        .isEqualTo(
            "{\"small\":\"\u4e16\",\"large\":\"(100002 characters, too long to be shown here)\"}");
  }

  @Test
  void a_task_with_very_many_tags_is_told_with_as_many_as_an_event_may_have() {
    String tags =
        java.util.stream.IntStream.range(0, 150)
            .mapToObj(i -> "\"t" + i + "\"")
            .toList()
            .toString();
    Journal journal =
        new Journal("{\"tasks\": [{\"id\": \"a\", \"type\": \"shell\", \"tags\": " + tags + "}]}");
    journal.add(TaskMoved.to(TaskKey.of("", "a"), 1, new State.Running(false)));
    Report.TaskRunMoved moved = (Report.TaskRunMoved) reports(journal.events).getLast();
    ObjectNode event = moved.event(_ -> new UUID(0, 1));

    assertThat(event.path("related")).hasSize(100);
    assertThat(event.path("payload").path("task_run").path("tags")).hasSize(150);
  }

  @Test
  void a_line_of_the_log_belongs_to_the_flow_run_of_its_time() {
    Journal journal = new Journal("{\"tasks\": [{\"id\": \"sub\", \"type\": \"flow\"}]}");
    TaskKey sub = TaskKey.of("", "sub");
    RunEvent.Nested nested =
        new RunEvent.Nested(sub, "inner", "{}", "/", 1, JsonNodeFactory.instance.objectNode());
    journal.add(nested);
    Instant first = journal.now;
    journal.later().add(nested).add(TaskMoved.to(sub, 2, State.Completed.DONE));
    Translation translation = new Translation(runs::seal, _ -> Optional.empty());
    journal.events.forEach(translation::next);
    TaskKey task = TaskKey.of("sub", "a");

    String early = translation.place(task, first).orElseThrow().flowRun();
    String late = translation.place(task, journal.now).orElseThrow().flowRun();
    assertThat(List.of(early, late)).containsExactly("sub@2", "sub@3");
    assertThat(translation.place(sub, first).orElseThrow().flowRun()).isEqualTo(Report.ROOT);
    assertThat(translation.place(TaskKey.of("other", "a"), first)).isEmpty();
  }

  @Test
  void an_event_has_the_shape_of_prefects_own() {
    Journal journal =
        new Journal(
            """
            {"tasks": [
              {"id": "a", "type": "shell"},
              {"id": "b", "type": "shell", "depends_on": ["a"], "retries": 2, "tags": ["db"]}]}
            """);
    TaskKey b = TaskKey.of("", "b");
    Instant due = Instant.parse("2026-11-23T12:00:05Z");
    journal
        .add(new RunEvent.Moved(new State.Running(false)))
        .add(TaskMoved.to(b, 1, new State.Running(false)))
        .add(
            TaskMoved.to(
                b,
                1,
                new State.Scheduled(
                    State.Scheduled.Why.AWAITING_RETRY, Optional.of(due), "bad\0luck")));
    List<Report> reports = reports(journal.events);
    Report.TaskRunMoved last = (Report.TaskRunMoved) reports.getLast();
    UUID flowRun = new UUID(7, 7);

    assertThat(
            last.event(_ -> flowRun)
                .toPrettyString()
                .replace(last.taskRun().toString(), "B")
                .replace(inputs(last).get("wait_for").getFirst().taskRun().toString(), "A")
                .replace(last.event().toString(), "EVENT")
                .replace(flowRun.toString(), "FLOWRUN"))
        .isEqualTo(
            """
            {
              "occurred" : "2026-11-23T12:00:00.003Z",
              "event" : "prefect.task-run.AwaitingRetry",
              "id" : "EVENT",
              "resource" : {
                "prefect.resource.id" : "prefect.task-run.B",
                "prefect.resource.name" : "b",
                "prefect.run-count" : "1",
                "prefect.state-message" : "bad�luck",
                "prefect.state-name" : "AwaitingRetry",
                "prefect.state-timestamp" : "2026-11-23T12:00:00.003Z",
                "prefect.state-type" : "SCHEDULED",
                "prefect.orchestration" : "client"
              },
              "related" : [ {
                "prefect.resource.id" : "prefect.flow-run.FLOWRUN",
                "prefect.resource.role" : "flow-run"
              }, {
                "prefect.resource.id" : "prefect.tag.db",
                "prefect.resource.role" : "tag"
              } ],
              "payload" : {
                "intended" : {
                  "from" : "RUNNING",
                  "to" : "SCHEDULED"
                },
                "initial_state" : {
                  "type" : "RUNNING",
                  "name" : "Running",
                  "message" : "",
                  "state_details" : { }
                },
                "validated_state" : {
                  "type" : "SCHEDULED",
                  "name" : "AwaitingRetry",
                  "message" : "bad�luck",
                  "state_details" : {
                    "scheduled_time" : "2026-11-23T12:00:05Z"
                  },
                  "data" : null
                },
                "task_run" : {
                  "name" : "b",
                  "task_key" : "b",
                  "dynamic_key" : "0",
                  "task_inputs" : {
                    "wait_for" : [ {
                      "input_type" : "task_run",
                      "id" : "A"
                    } ]
                  },
                  "tags" : [ "db" ],
                  "labels" : { },
                  "empirical_policy" : {
                    "max_retries" : 0,
                    "retry_delay_seconds" : 0.0,
                    "retries" : 2,
                    "retry_delay" : 1
                  },
                  "run_count" : 1,
                  "flow_run_run_count" : 1,
                  "expected_start_time" : "2026-11-23T12:00:00.002Z",
                  "next_scheduled_start_time" : "2026-11-23T12:00:05Z",
                  "start_time" : "2026-11-23T12:00:00.002Z",
                  "end_time" : null,
                  "total_run_time" : 0.001
                }
              }
            }\
            """);
  }

  @Test
  void a_run_that_ended_has_a_page_a_table_and_links() {
    Journal journal =
        new Journal(
            """
            {"tasks": [{"id": "a", "type": "shell"}, {"id": "b", "type": "shell"}]}
            """,
            "test",
            JsonNodeFactory.instance.objectNode().put("day", "`mon|day`"));
    Output link =
        new Output.Inline("", JsonNodeFactory.instance.stringNode("https://example.org/a_(b)"));
    journal
        .add(new RunEvent.Moved(new State.Running(false)))
        .add(TaskMoved.to(TaskKey.of("", "a"), 1, new State.Running(false)))
        .later()
        .add(
            new TaskMoved(
                TaskKey.of("", "a"),
                1,
                State.Completed.DONE,
                Optional.empty(),
                Optional.of(link),
                Optional.empty()))
        .add(
            TaskMoved.to(
                TaskKey.of("", "b"), 1, new State.Failed(State.Failed.How.ERROR, "<b>\nno")))
        .add(new RunEvent.Moved(new State.Failed(State.Failed.How.ERROR, "1 of 2")));
    List<Report> reports = reports(journal.events);
    List<Report> artifacts = reports.subList(reports.size() - 3, reports.size());

    assertThat(markdown(artifacts.get(0)))
        .isEqualTo(
            """
            # shop: Failed

            `1 of 2`

            | | |
            |---|---|
            | Run | `261123-120000-aaaa` |
            | Started | 2026-11-23T12:00:00.001Z |
            | Took | 1h00m |
            | Task runs | 2: 1 Completed, 1 Failed |

            ## Parameters

            | parameter | value |
            |---|---|
            | day | `"'mon\\|day'"` |

            ## What did not complete

            | task | state | message |
            |---|---|---|
            | `b` | Failed | `<b> no` |

            ## To look further

            Where it ran:

            - `mahavishnu run show 261123-120000-aaaa`
            - `mahavishnu run logs 261123-120000-aaaa`
            - `mahavishnu run resume 261123-120000-aaaa` goes on with it
            """);
    assertThat(((ArtifactContent.Table) content(artifacts.get(1))).rows().toString())
        .isEqualTo(
            "[{\"task\":\"a\",\"state\":\"Completed\",\"attempts\":1,"
                + "\"started\":\"2026-11-23T12:00:00.002Z\",\"seconds\":3600.001}, "
                + "{\"task\":\"b\",\"state\":\"Failed\",\"attempts\":0,\"started\":\"\","
                + "\"seconds\":0.0}]");
    assertThat(markdown(artifacts.get(2))).isEqualTo("[a](https://example.org/a_%28b%29)");
    assertThat(artifacts.stream().map(r -> ((Report.ArtifactMade) r).key()))
        .containsExactly(
            "mahavishnu-shop-summary", "mahavishnu-shop-timings", "mahavishnu-shop-link-a");
  }

  private static ArtifactContent content(Report report) {
    return ((Report.ArtifactMade) report).content();
  }

  private static String markdown(Report report) {
    return ((ArtifactContent.Markdown) content(report)).text();
  }
}
