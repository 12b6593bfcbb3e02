package dev.mahavishnu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.RunHandle;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of real runs. */
final class EvidenceReaderTest {
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

  private Evidence evidence(RunId run) {
    return new EvidenceReader(runs.history(), text -> text.replace("hush", "***"))
        .read(run)
        .orElseThrow();
  }

  @Test
  void a_task_that_failed_comes_with_its_attempts_its_spec_and_its_last_lines()
      throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: daily
            tasks:
              - {id: fetch, type: shell, command: 'echo fetched'}
              - id: load
                type: shell
                command: 'for i in $(seq 30); do echo line $i; done; cat missing-${{ tasks.fetch.output }}-hush.csv'
                retries: 1
                retry_delay: 10ms
              - {id: report, type: shell, command: 'echo ${{ tasks.load.output }}'}
              - {id: never, type: shell, command: 'echo', when: 'false'}
            """);
    Evidence evidence = evidence(run);
    assertThat(evidence.summary().state().name()).isEqualTo("Failed");
    assertThat(evidence.failures()).hasSize(1);
    Evidence.Failure load = evidence.failures().getFirst();
    assertThat(load.task().text()).isEqualTo("load");
    assertThat(load.attempt()).isEqualTo(2);
    assertThat(load.attempts()).isEqualTo(2);
    assertThat(load.exit()).hasValue(1);
    assertThat(load.state().message())
        .startsWith("exited with 1: cat: missing-fetched-***.csv: No such file");
    assertThat(load.earlier()).singleElement().asString().startsWith("attempt 1: exited with 1");
    assertThat(load.definition())
        .contains(new Evidence.Field("retries", "1"))
        .anySatisfy(
            field ->
                assertThat(field.text()).contains("cat missing-${{ tasks.fetch.output }}-***"));
    assertThat(load.log()).hasSizeBetween(20, 21);
    assertThat(load.log().getLast().line()).isEqualTo(31);
    assertThat(load.log())
        .anySatisfy(line -> assertThat(line.text()).contains("missing-fetched-***.csv"));
    assertThat(evidence.neverRan())
        .extracting(left -> left.task().text())
        .containsExactly("report");
    assertThat(evidence.skipped()).extracting(left -> left.task().text()).containsExactly("never");
    assertThat(evidence.spec()).doesNotContain("hush");
    assertThat(evidence.open()).isEmpty();
  }

  @Test
  void of_a_thousand_items_the_first_that_failed_stands_for_all() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: many
            tasks:
              - id: each
                type: shell
                map: '${{ [1, 2, 3, 4, 5, 6] }}'
                concurrency: 1
                command: 'echo item ${{ item }}; [ ${{ item }} -lt 4 ]'
            """);
    Evidence evidence = evidence(run);
    assertThat(evidence.failures()).hasSize(1);
    Evidence.Failure first = evidence.failures().getFirst();
    assertThat(first.task().text()).isEqualTo("each[3]");
    assertThat(first.items()).contains(new Evidence.Items(3, 6, "4"));
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(first.log()).extracting(Evidence.Numbered::text).containsExactly("item 4");
    assertThat(evidence.moreFailures()).isEqualTo(2);
  }

  @Test
  void of_a_subflow_the_task_inside_is_what_failed() throws InterruptedException {
    RunId run =
        runs.run(
            """
            flow: outer
            tasks:
              - id: sub
                type: flow
                spec: {flow: inner, tasks: [{id: bad, type: shell, command: 'exit 7'}]}
            """);
    assertThat(evidence(run).failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.task().text()).isEqualTo("sub/bad");
              assertThat(failure.exit()).hasValue(7);
              assertThat(failure.definition()).contains(new Evidence.Field("command", "exit 7"));
            });
  }

  @Test
  void a_run_that_waits_for_a_person_says_for_what() throws InterruptedException {
    RunHandle run =
        runs.start(
            """
            flow: asks
            tasks:
              - {id: ask, type: approval, message: 'Load it?'}
              - {id: load, type: shell, command: 'echo', depends_on: [ask]}
            """);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !evidence(run.run()).open().isEmpty() && paused(evidence(run.run())));
    Evidence evidence = evidence(run.run());
    assertThat(evidence.failures()).isEmpty();
    assertThat(evidence.open())
        .singleElement()
        .satisfies(open -> assertThat(open.state().message()).isEqualTo("Load it?"));
    assertThat(evidence.neverRan()).isEmpty();
    run.command(new Command.Cancel("test"));
    run.await();
  }

  private static boolean paused(Evidence evidence) {
    return evidence.open().getFirst().state() instanceof State.Paused;
  }

  @Test
  void a_run_that_went_well_has_but_its_times() throws InterruptedException {
    RunId run = runs.run("{flow: fine, tasks: [{id: a, type: shell, command: 'echo'}]}");
    Evidence evidence = evidence(run);
    assertThat(evidence.failures()).isEmpty();
    assertThat(evidence.neverRan()).isEmpty();
    assertThat(evidence.slowest())
        .singleElement()
        .satisfies(t -> assertThat(t.time()).isPositive());
  }

  @Test
  void a_run_that_is_not_there_has_no_evidence() {
    assertThat(
            new EvidenceReader(runs.history(), text -> text).read(new RunId("261123-213045-k7qd")))
        .isEmpty();
  }

  @Test
  void tasks_are_counted_over_the_runs_of_a_flow() throws InterruptedException {
    String spec =
        "{flow: t, tasks: [{id: a, type: shell, command: 'echo'},"
            + " {id: b, type: shell, command: 'exit 1', depends_on: [a]},"
            + " {id: c, type: shell, map: '${{ [1, 2] }}', command: 'exit 1'}]}";
    runs.run(spec);
    runs.run(spec);
    RunReport report =
        new RunReports(runs.history(), Clock.systemUTC())
            .answer(
                new RunQuery(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    RunQuery.By.TASK,
                    RunQuery.Order.MOST_FAILED,
                    10));
    assertThat(report.looked()).isEqualTo(2);
    assertThat(RunReportTable.of(report, ZoneOffset.UTC).rows())
        .extracting(row -> row.subList(0, 4))
        .containsExactly(
            List.of("t", "c", "2", "4"), List.of("t", "b", "2", "2"), List.of("t", "a", "2", "0"));
  }
}
