package dev.mahavishnu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Chronicle.Told;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of real runs. */
final class ChronicleReaderTest {
  @TempDir Path folder;
  private RealRuns runs;

  @BeforeEach
  void open() {
    runs = new RealRuns(folder, Map.of("TOKEN", "s3cr3t-t0k3n"));
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private Chronicle chronicle(RunId run) {
    return new ChronicleReader(runs.history(), text -> text.replace("hush", "***"))
        .read(run, Instant.now())
        .orElseThrow();
  }

  private static Told told(Chronicle chronicle, String task) {
    return chronicle.tasks().stream()
        .filter(t -> t.task().text().equals(task))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_attempt_that_failed_its_wait_and_the_one_that_did_it_are_told_apart()
      throws InterruptedException {
    Chronicle chronicle =
        chronicle(
            runs.run(
                """
                flow: f
                tasks:
                  - id: flaky
                    type: shell
                    command: 'test -f there || { touch there; echo hush >&2; exit 3; }; echo 7'
                    retries: 2
                    retry_delay: 20ms
                  - {id: never, type: compute, value: 1, when: 'false'}
                on_failure:
                  - {id: alarm, type: compute, value: 1}
                outputs:
                  - {name: rows, value: "${{ tasks.flaky.output }}"}
                """));

    Told flaky = told(chronicle, "flaky");
    assertThat(flaky.stretches())
        .extracting(s -> s.attempt() + (s.ran() ? " ran " : " waited ") + s.state().name())
        .containsExactly("1 ran Failed", "1 waited AwaitingRetry", "2 ran Completed");
    assertThat(flaky.stretches().getFirst().state().message()).isEqualTo("exited with 3: ***");
    assertThat(flaky.stretches()).allSatisfy(s -> assertThat(s.to()).isPresent());
    assertThat(flaky.output()).isEqualTo("7");
    assertThat(told(chronicle, "never").state().name()).isEqualTo("Skipped");
    assertThat(told(chronicle, "never").stretches()).isEmpty();
    assertThat(told(chronicle, "alarm").state().message()).isEqualTo("the flow did not fail");
    assertThat(chronicle.outputs()).containsExactly(new Chronicle.Value("rows", "7"));
    assertThat(chronicle.deeds())
        .extracting(Chronicle.Deed::what)
        .satisfies(
            what -> {
              assertThat(what).first().isEqualTo("created by test");
              assertThat(what).last().isEqualTo("Completed");
            });
  }

  @Test
  void of_a_long_log_the_first_and_the_last_lines_are_told_redacted() throws InterruptedException {
    Chronicle chronicle =
        chronicle(
            runs.run(
                """
                flow: f
                tasks:
                  - {id: much, type: shell, command: 'i=0; while [ $i -lt 200 ]; do echo "hush $i"; i=$((i+1)); done'}
                """));

    Chronicle.Log log = told(chronicle, "much").log();
    assertThat(log.first()).hasSize(30).first().extracting(LogLine::text).isEqualTo("*** 0");
    assertThat(log.left()).isEqualTo(100);
    assertThat(log.last()).hasSize(70).last().extracting(LogLine::text).isEqualTo("*** 199");
  }

  @Test
  void logs_of_many_tasks_share_one_bound_and_those_of_what_failed_come_first()
      throws InterruptedException {
    String tasks =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    "  - {id: t"
                        + i
                        + ", type: shell, command: 'head -c 60000 /dev/zero | tr \"\\0\" x | fold"
                        + " -w 450; exit "
                        + (i == 19 ? 1 : 0)
                        + "'}\n")
            .collect(Collectors.joining());
    Chronicle chronicle = chronicle(runs.run("flow: f\ntasks:\n" + tasks));

    assertThat(
            chronicle.tasks().stream()
                .flatMap(
                    t ->
                        java.util.stream.Stream.concat(
                            t.log().first().stream(), t.log().last().stream()))
                .mapToInt(line -> line.text().length())
                .sum())
        .isBetween(550_000, 600_000);
    assertThat(told(chronicle, "t19").log().last()).hasSize(70);
    assertThat(told(chronicle, "t18").log().first()).isEmpty();
    assertThat(told(chronicle, "t18").log().left()).isEqualTo(134);
  }

  @Test
  void the_items_of_a_large_map_are_told_together_and_those_that_failed_by_themselves()
      throws InterruptedException {
    String items =
        IntStream.range(0, 3_000).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    Chronicle chronicle =
        chronicle(
            runs.run(
                "flow: f\n"
                    + "tasks:\n"
                    + "  - {id: all, type: compute, value: '${{ 1 / (item - 2000) }}', map: ["
                    + items
                    + "]}\n"));

    Chronicle.Items all = told(chronicle, "all").items().orElseThrow();
    assertThat(all.size()).isEqualTo(3_000);
    assertThat(all.counts())
        .containsExactly(
            new Chronicle.Count(MapFold.End.COMPLETED, 2_999),
            new Chronicle.Count(MapFold.End.FAILED, 1));
    assertThat(all.open()).isZero();
    assertThat(all.from()).isBefore(all.to());
    assertThat(all.busy()).hasSize(120).anySatisfy(n -> assertThat(n).isPositive());
    assertThat(all.more()).isEqualTo(3_000 - (chronicle.tasks().size() - 1));
    assertThat(chronicle.tasks()).hasSizeLessThan(15);
    assertThat(told(chronicle, "all[2000]").state().message()).contains("division by zero");
    assertThat(told(chronicle, "all[2000]").depth()).isEqualTo(1);
  }

  @Test
  void a_secret_output_is_not_told() throws InterruptedException {
    Chronicle chronicle =
        chronicle(
            runs.run(
                """
                flow: f
                secrets: [TOKEN]
                tasks:
                  - {id: a, type: shell, command: 'echo "got ${{ secrets.TOKEN }}"'}
                """));

    assertThat(told(chronicle, "a").output()).isEqualTo("(secret)");
    assertThat(chronicle.outputs()).containsExactly(new Chronicle.Value("all", "(secret)"));
    assertThat(chronicle.toString()).doesNotContain("s3cr3t");
  }

  @Test
  void what_was_put_aside_and_taken_up_again_was_attempted_twice() throws Exception {
    RunHandle handle =
        runs.start(
            """
            flow: f
            tasks:
              - {id: long, type: shell, command: 'test -f there || { touch there; sleep 60; }'}
            """);
    await().until(() -> folder.resolve("there").toFile().exists());
    handle.command(new Command.Suspend("tester"));
    handle.await();
    Chronicle aside = chronicle(handle.run());
    runs.resume(handle.run());
    Chronicle done = chronicle(handle.run());

    assertThat(told(aside, "long").state().name()).isEqualTo("Scheduled");
    assertThat(told(aside, "long").stretches())
        .extracting(s -> s.attempt() + (s.ran() ? " ran " : " waits ") + s.state().name())
        .containsExactly("1 ran Cancelled", "1 waits Scheduled");
    assertThat(told(aside, "long").stretches().getFirst().state().message())
        .isEqualTo("stopped by tester");
    assertThat(told(done, "long").stretches()).filteredOn(Chronicle.Stretch::ran).hasSize(2);
    assertThat(told(done, "long").stretches().getLast().state().name()).isEqualTo("Completed");
    assertThat(done.deeds()).extracting(Chronicle.Deed::what).contains("tester suspended it");
  }
}
