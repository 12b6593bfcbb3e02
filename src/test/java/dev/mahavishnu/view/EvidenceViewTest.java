package dev.mahavishnu.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskCounts;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class EvidenceViewTest {
  private static final Instant END = Story.START.plusSeconds(184);

  private static RunSummary run(State state, boolean resumable) {
    return new RunSummary(
        Story.RUN,
        "etl",
        state,
        resumable,
        Story.START,
        Optional.of(Story.START),
        state.isFinal() ? Optional.of(END) : Optional.empty(),
        new TaskCounts(1004, 960, 0, 0, 38, 2, 0, 0, 0, 4));
  }

  private static Evidence evidence(
      RunSummary run,
      List<Evidence.Failure> failures,
      List<Evidence.Left> neverRan,
      List<Evidence.Open> open,
      List<Evidence.Took> slowest) {
    return new Evidence(
        run,
        "/flows",
        Story.spec("etl", "load"),
        JsonNodeFactory.instance.objectNode(),
        failures,
        failures.isEmpty() ? 0 : 36,
        neverRan,
        List.of(),
        open,
        slowest);
  }

  private static String text(Evidence evidence) {
    return String.join(
        "\n",
        new EvidenceView(new Palette(false, true), 90, ZoneOffset.UTC)
            .lines(evidence, END.plusSeconds(60)));
  }

  @Test
  void a_failed_run_shows_what_failed_first_with_its_last_words_and_what_did_not_run() {
    Evidence.Failure item =
        new Evidence.Failure(
            TaskKey.parse("load[36]"),
            Story.failed(
                "exited with 1: no such file: orders-36.csv, which the step before should have left"
                    + " in the folder"),
            3,
            3,
            END,
            Optional.of(new Evidence.Items(37, 1000, "\"orders-36.csv\"")),
            OptionalInt.of(1),
            List.of("attempt 1: exited with 1: no such file: orders-36.csv"),
            List.of(
                new Evidence.Field("type", "shell"),
                new Evidence.Field("command", "set -e\n./load ${{ item }}\n"),
                new Evidence.Field("retries", "2")),
            List.of(
                new Evidence.Numbered(9, "stdout", "loading"),
                new Evidence.Numbered(10, "stderr", "no such file:\u001b[31m orders-36.csv")));
    assertThat(
            text(
                evidence(
                    run(Story.failed("load failed"), true),
                    List.of(item),
                    List.of(
                        new Evidence.Left(TaskKey.parse("report"), "load failed"),
                        new Evidence.Left(TaskKey.parse("mail"), "load failed")),
                    List.of(),
                    List.of())))
        .isEqualTo(
            """
            ✗ Failed etl 261123-213045-k7qd started 2026-11-23 21:30:45, 3m04s: 960 completed, 38 fai…
              load failed
            load[36] Failed, attempt 3 of 3 at 2026-11-23 21:33:49
              exited with 1: no such file: orders-36.csv, which the step before should have left in
              the folder
              37 of 1,000 items failed; this was the first
              item      "orders-36.csv"
              attempt 1: exited with 1: no such file: orders-36.csv
              command   set -e …
                 9 | loading
                10 | no such file: orders-36.csv
            and 36 more task runs failed
            not run     report, mail: load failed
            `run resume 261123-213045-k7qd` goes on with it; what is done is not done again\
            """);
  }

  @Test
  void a_run_that_goes_on_shows_what_it_waits_for() {
    State waits = new State.Paused(State.Paused.Why.PAUSED, "Load 1,200 rows?");
    State retry =
        new State.Scheduled(
            State.Scheduled.Why.AWAITING_RETRY, Optional.of(END.plusSeconds(90)), "exited with 1");
    assertThat(
            text(
                evidence(
                    run(Story.RUNNING, false),
                    List.of(),
                    List.of(),
                    List.of(
                        new Evidence.Open(TaskKey.parse("ask"), waits, 0, END, List.of()),
                        new Evidence.Open(TaskKey.parse("fetch"), retry, 2, END, List.of())),
                    List.of())))
        .isEqualTo(
            """
            ⠋ Running etl 261123-213045-k7qd started 2026-11-23 21:30:45: 960 completed, 38 failed, 2…
            ask Paused for 1m00s: Load 1,200 rows?
            fetch AwaitingRetry, attempt 2 for 1m00s, until 2026-11-23 21:35:19: exited with 1\
            """);
  }

  @Test
  void a_run_that_went_well_shows_where_its_time_went() {
    Evidence.Took took = new Evidence.Took(TaskKey.parse("load"), Duration.ofSeconds(170));
    assertThat(
            text(
                evidence(
                    run(State.Completed.DONE, false),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(took))))
        .endsWith("longest     load 2m50s");
  }
}
