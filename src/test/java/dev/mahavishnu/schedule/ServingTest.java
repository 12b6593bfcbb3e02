package dev.mahavishnu.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServingTest {
  private static final String HOURLY =
      """
      flow: hourly
      tasks: [{id: a, type: compute, value: 1}]
      schedules: [{cron: "0 * * * *"}]
      """;

  private static final String ETL =
      """
      flow: etl
      parameters: [{name: day, type: string, default: today}, {name: good, type: boolean, default: true}]
      tasks:
        - {id: rows, type: compute, value: 7}
        - {id: check, type: shell, command: 'test ${{ params.good }} = true'}
      outputs: [{name: rows, value: "${{ tasks.rows.output }}"}, {name: odd, value: [1]}]
      """;

  private static final String PUBLISH =
      """
      flow: publish
      parameters:
        - {name: rows, type: integer, default: 0}
        - {name: odd, type: string, default: none}
        - {name: what, type: string, default: nothing}
        - {name: from, type: any, default: null}
      tasks: [{id: a, type: compute, value: "${{ params.rows }}"}]
      triggers:
        - after: etl
          parameters:
            - {name: what, value: "${{ run.flow }} of ${{ run.params.day }} ${{ run.state }}, ${{ run.outputs.rows + 1 }}"}
            - {name: from, value: {run: "${{ run.id }}"}}
      """;

  @TempDir Path folder;
  private final HandClock clock = new HandClock("2026-11-24T06:10:00Z");
  private Served served;

  @BeforeEach
  void open() {
    served = new Served(folder, clock);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static Serving.Options options(Missed missed) {
    return new Serving.Options(missed, Overlap.ALLOW, 16);
  }

  private static String hourly(String... times) {
    return String.join(
        "|",
        List.of(times).stream().map(t -> "schedule:cron 0 * * * * UTC@2026-11-24T" + t).toList());
  }

  @Test
  void a_schedule_starts_a_run_at_each_of_its_times() {
    served.with(HOURLY).begin().settle().at("2026-11-24T06:59:59.999Z");
    assertThat(served.runs("hourly")).isEmpty();

    served
        .at("2026-11-24T07:00:00Z")
        .settle()
        .at("2026-11-24T07:30:00Z")
        .at("2026-11-24T08:00:01Z")
        .settle();

    assertThat(String.join("|", served.causes("hourly")))
        .isEqualTo(hourly("07:00:00Z", "08:00:00Z"));
    assertThat(served.news(News.Ended.class))
        .allSatisfy(n -> assertThat(n.state().type()).isEqualTo(StateType.COMPLETED))
        .hasSize(2);
  }

  @Test
  void the_next_time_is_told() {
    served.with(HOURLY).begin();
    assertThat(served.serving().step()).contains(Instant.parse("2026-11-24T07:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"SKIP,", "ONCE,11:00:00Z", "ALL,07:00:00Z 08:00:00Z 09:00:00Z 10:00:00Z 11:00:00Z"})
  void times_at_which_nobody_served_are_missed(Missed missed, String run) {
    served.with(HOURLY).begin(options(missed));
    clock.set("2026-11-24T11:20:00Z");
    served.begin(options(missed)).settle();

    String[] times = run == null ? new String[0] : run.split(" ");
    assertThat(String.join("|", served.causes("hourly"))).isEqualTo(hourly(times));
    assertThat(served.news(News.Skipped.class).stream().mapToLong(News.Skipped::times).sum())
        .isEqualTo(5 - times.length);
    served.begin(options(missed)).at("2026-11-24T11:50:00Z");
    assertThat(served.runs("hourly")).hasSize(times.length);
  }

  @Test
  void a_machine_that_slept_has_missed_times_and_a_short_delay_is_none() {
    served.with(HOURLY).begin(options(Missed.SKIP)).at("2026-11-24T07:00:59Z").settle();
    assertThat(served.runs("hourly")).hasSize(1);
    served.at("2026-11-24T12:00:30Z").settle();
    assertThat(String.join("|", served.causes("hourly")))
        .isEqualTo(hourly("07:00:00Z", "12:00:00Z"));
    assertThat(served.news(News.Skipped.class))
        .hasSize(1)
        .first()
        .extracting(News.Skipped::times)
        .isEqualTo(4L);
  }

  @Test
  void all_missed_times_are_a_hundred_at_most() {
    served.with(HOURLY).begin(options(Missed.ALL)).at("2026-12-24T07:00:00Z").settle();
    assertThat(served.runs("hourly")).hasSize(Missed.MOST + 1);
    assertThat(served.news(News.Skipped.class)).hasSize(1);
  }

  @Test
  void a_long_sleep_of_a_schedule_of_seconds_is_over_soon() {
    served
        .with("flow: tick\ntasks: [{id: a, type: compute, value: 1}]\nschedules: [{every: 1s}]\n")
        .begin(new Serving.Options(Missed.ONCE, Overlap.ALLOW, 200))
        .at("2027-02-24T07:00:00Z")
        .settle();
    // The last minute is late and not missed.
    assertThat(served.runs("tick")).hasSize(62);
  }

  @Test
  void a_clock_that_goes_back_and_forth_starts_nothing_twice() {
    served.with(HOURLY).begin().at("2026-11-24T07:00:10Z").settle();
    served
        .at("2026-11-24T06:59:50Z")
        .at("2026-11-24T07:00:05Z")
        .at("2026-11-24T06:30:00Z")
        .at("2026-11-24T07:01:00Z");
    served.begin().at("2026-11-24T07:02:00Z").at("2026-11-24T08:00:00Z").settle();
    assertThat(String.join("|", served.causes("hourly")))
        .isEqualTo(hourly("07:00:00Z", "08:00:00Z"));
  }

  @Test
  void a_clock_that_was_a_year_ahead_does_not_silence_a_schedule() {
    served.with(HOURLY).begin().at("2027-11-24T07:00:10Z").settle().at("2026-11-24T06:30:00Z");
    served.at("2026-11-24T07:00:00Z").settle();
    assertThat(served.causes("hourly")).contains(hourly("07:00:00Z"));
    assertThat(served.news(News.Note.class))
        .anySatisfy(n -> assertThat(n.text()).contains("the clock went back"));
  }

  @Test
  void a_changed_schedule_is_new_and_one_that_came_back_too() {
    served.with(HOURLY).begin().without("hourly").at("2026-11-24T07:00:10Z");
    served.with(HOURLY).at("2026-11-24T07:30:00Z").settle();
    assertThat(served.runs("hourly")).isEmpty();
    served
        .with(HOURLY.replace("0 *", "45 *"))
        .at("2026-11-24T07:31:00Z")
        .at("2026-11-24T07:45:00Z")
        .settle();
    served.at("2026-11-24T08:00:00Z").settle();
    assertThat(served.causes("hourly"))
        .containsExactly("schedule:cron 45 * * * * UTC@2026-11-24T07:45:00Z");
  }

  @Test
  void a_flow_may_overlap_itself_or_not() throws IOException {
    String slow =
        """
        flow: slow
        tasks: [{id: a, type: shell, command: 'until test -f go; do sleep 0.05; done'}]
        schedules: [{every: 1m}]
        """;
    served.with(slow).begin(new Serving.Options(Missed.ONCE, Overlap.SKIP, 16));
    served.at("2026-11-24T06:11:00Z").at("2026-11-24T06:12:00Z");
    assertThat(served.serving().going()).isEqualTo(1);
    assertThat(served.news(News.NotStarted.class))
        .singleElement()
        .extracting(News.NotStarted::why)
        .asString()
        .contains("its run before");
    Files.createFile(folder.resolve("go"));
    served.settle();
    Files.delete(folder.resolve("go"));

    served.begin(new Serving.Options(Missed.ONCE, Overlap.ALLOW, 2));
    served.at("2026-11-24T06:13:00Z").at("2026-11-24T06:14:00Z").at("2026-11-24T06:15:00Z");
    assertThat(served.serving().going()).isEqualTo(2);
    Files.createFile(folder.resolve("go"));
    served.settle();
    assertThat(served.causes("slow")).hasSize(4).last().asString().endsWith("06:15:00Z");
  }

  @Test
  void a_flow_whose_parameters_nobody_gives_does_not_run_and_says_so() {
    served
        .with(
            "flow: needy\n"
                + "parameters: [{name: n, type: integer}]\n"
                + "tasks: [{id: a, type: compute, value: 1}]\n"
                + "schedules: [{every: 1m}]\n")
        .begin()
        .at("2026-11-24T06:11:00Z");
    assertThat(served.news(News.NotStarted.class))
        .singleElement()
        .extracting(News.NotStarted::why)
        .asString()
        .contains("`n`", "must be given");
    served.begin();
    assertThat(served.news(News.NotStarted.class)).hasSize(1);
  }

  @Test
  void what_follows_gets_the_outputs_and_parameters_of_the_run_that_ended() throws Exception {
    served.with(ETL).with(PUBLISH).begin();
    clock.on(Duration.ofSeconds(1));
    RunId etl = served.elsewhere(ETL, "{\"day\": \"2026-11-23\"}");
    served.at("2026-11-24T06:10:02Z").settle();

    RunId publish = served.runs("publish").getFirst();
    assertThat(served.created(publish).parameters().toString())
        .isEqualTo(
            "{\"rows\":7,\"odd\":\"none\",\"what\":\"etl of 2026-11-23 COMPLETED,"
                + " 8\",\"from\":{\"run\":\""
                + etl
                + "\"}}");
    assertThat(served.created(publish).requester()).startsWith("trigger:" + etl + "@");
    served.at("2026-11-24T06:20:00Z").settle().begin().at("2026-11-24T06:30:00Z").settle();
    assertThat(served.runs("publish")).hasSize(1);
  }

  @Test
  void an_end_while_nobody_served_counts_and_one_before_the_trigger_does_not() throws Exception {
    served.with(ETL).begin();
    clock.on(Duration.ofSeconds(1));
    served.elsewhere(ETL, "{}");
    served.at("2026-11-24T06:10:05Z").with(PUBLISH).at("2026-11-24T06:10:10Z").settle();
    assertThat(served.runs("publish")).isEmpty();
    clock.set("2026-11-24T06:20:00Z");
    RunId second = served.elsewhere(ETL, "{}");
    clock.set("2026-11-24T06:30:00Z");
    served.begin().settle();
    assertThat(served.runs("publish")).hasSize(1);
    assertThat(served.causes("publish").getFirst()).contains(second.text());
  }

  @ParameterizedTest
  @CsvSource({"completed,1,0", "failed,0,1", "any,1,1", "cancelled,0,0", "crashed,0,0"})
  void only_the_ends_that_the_trigger_names_count(String state, int afterGood, int afterBad)
      throws Exception {
    String follows =
        "flow: follows\ntasks: [{id: a, type: compute, value: 1}]\ntriggers: [{after: etl, state: "
            + state
            + "}]\n";
    served.with(ETL).with(follows).begin();
    clock.on(Duration.ofSeconds(1));
    served.elsewhere(ETL, "{}");
    served.serving().step();
    served.settle();
    assertThat(served.runs("follows")).hasSize(afterGood);
    clock.on(Duration.ofMinutes(1));
    RunId bad = served.elsewhere(ETL, "{\"good\": false}");
    served.settle();
    assertThat(served.runs("follows")).hasSize(afterGood + afterBad);
    // It fails again when it is resumed: another end.
    clock.on(Duration.ofMinutes(1));
    served.engine().resume(bad, Optional.empty(), "test").await();
    served.settle();
    assertThat(served.runs("follows")).hasSize(afterGood + 2 * afterBad);
  }

  @Test
  void chains_follow_and_rings_are_told_of() {
    String link = "flow: %s\ntasks: [{id: a, type: compute, value: 1}]\ntriggers: [{after: %s}]\n";
    served
        .with(HOURLY)
        .with(link.formatted("b", "hourly"))
        .with(link.formatted("c", "b"))
        .with(link.formatted("x", "y"))
        .with(link.formatted("y", "z"))
        .with(link.formatted("z", "x"))
        .begin()
        .at("2026-11-24T07:00:00Z")
        .settle();
    assertThat(served.runs("b")).hasSize(1);
    assertThat(served.runs("c")).hasSize(1);
    assertThat(served.news(News.Note.class))
        .extracting(News.Note::text)
        .contains("flow x does not follow y: the triggers form a ring, x, y, z");
  }

  @Test
  void a_parameter_without_a_value_keeps_the_flow_from_following() throws Exception {
    served.with(ETL).with(PUBLISH.replace("run.outputs.rows + 1", "run.outputs.none + 1")).begin();
    clock.on(Duration.ofSeconds(1));
    served.elsewhere(ETL, "{}");
    served.settle();
    assertThat(served.news(News.NotStarted.class))
        .singleElement()
        .extracting(News.NotStarted::why)
        .asString()
        .contains("`what`");
  }

  @Test
  void what_was_decided_and_not_started_is_started_once_by_the_next() throws Exception {
    served.with(HOURLY).begin(new Serving.Options(Missed.SKIP, Overlap.ALLOW, 16));
    // As if killed between decision and start, and between a start and the word that it was.
    Path ledger = served.store.folder().resolve("serve/ledger");
    Intent lost = intent("2026-11-24T07:00:00Z", "261124-070000-aaaa");
    Intent kept = intent("2026-11-24T08:00:00Z", "261124-080000-bbbb");
    append(ledger, lost);
    append(ledger, kept);
    served.start(HOURLY, kept.cause(), kept.run());
    Files.writeString(ledger, "{\"marks\":{\"hourly cron", StandardOpenOption.APPEND);
    clock.set("2026-11-24T08:10:00Z");

    served.begin(options(Missed.SKIP)).settle();
    served.begin(options(Missed.SKIP)).settle();

    assertThat(served.runs("hourly")).containsExactlyInAnyOrder(lost.run(), kept.run());
  }

  private static Intent intent(String due, String run) {
    return new Intent(
        "schedule:cron 0 * * * * UTC@" + due, "hourly", new RunId(run), Instant.parse(due));
  }

  private static void append(Path ledger, Intent intent) throws IOException {
    Files.writeString(
        ledger,
        "{\"intents\":[{\"cause\":\""
            + intent.cause()
            + "\",\"flow\":\"hourly\",\"run\":\""
            + intent.run()
            + "\",\"due\":\""
            + intent.due()
            + "\"}]}\n",
        StandardOpenOption.APPEND);
  }

  @Test
  void a_folder_without_a_run_in_it_is_no_run() throws Exception {
    served.with(HOURLY).begin();
    Intent half = intent("2026-11-24T07:00:00Z", "261124-070000-aaaa");
    append(served.store.folder().resolve("serve/ledger"), half);
    Files.createDirectories(
        served.store.folder().resolve("runs").resolve(half.run().text()).resolve("inbox"));
    served.begin().settle();
    assertThat(served.causes("hourly")).containsExactly(half.cause());
  }

  @Test
  void runs_that_were_suspended_are_gone_on_with() throws Exception {
    served
        .with(
            "flow: long\n"
                + "tasks: [{id: a, type: shell, command: 'until test -f go; do sleep 0.05;"
                + " done'}]\n"
                + "schedules: [{every: 1h}]\n")
        .begin()
        .at("2026-11-24T07:00:00Z");
    await().atMost(Duration.ofSeconds(20)).until(() -> served.serving().going() == 1);
    served.serving().suspend();
    await().atMost(Duration.ofSeconds(30)).until(() -> served.serving().isDone());
    assertThat(served.news(News.Ended.class))
        .singleElement()
        .extracting(n -> n.state().name())
        .isEqualTo("Suspended");
    Files.createFile(folder.resolve("go"));

    served.begin().settle();
    assertThat(served.news(News.Resumed.class)).hasSize(1);
    assertThat(served.news(News.Ended.class).getLast().state().type())
        .isEqualTo(StateType.COMPLETED);
    assertThat(served.runs("long")).hasSize(1);
  }

  @Test
  void nothing_starts_once_it_is_stopped_and_the_next_one_starts_it() {
    served.with(HOURLY).begin();
    served.serving().stop();
    served.at("2026-11-24T07:00:00Z");
    assertThat(served.serving().isDone()).isTrue();
    assertThat(served.runs("hourly")).isEmpty();
    served.begin().settle();
    assertThat(served.causes("hourly")).hasSize(1);
  }
}
