package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    Translation translation = new Translation(runs::seal, Optional.of("abc"));
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
}
