package dev.mahavishnu.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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
    served.with(HOURLY).begin().without("hourly").at("2026-11-24T06:30:00Z");
    served.at("2026-11-24T07:30:00Z");
    served.with(HOURLY).at("2026-11-24T07:30:01Z").settle();
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
  void a_flow_that_is_not_there_for_a_moment_runs_what_it_missed_and_what_was_decided()
      throws Exception {
    served.with(HOURLY).begin().without("hourly").at("2026-11-24T07:00:10Z");
    append(
        served.store.folder().resolve("serve/ledger"),
        intent("2026-11-24T06:00:00Z", "261124-060000-aaaa"));
    served.begin().at("2026-11-24T07:20:00Z").with(HOURLY).at("2026-11-24T07:30:00Z").settle();
    assertThat(String.join("|", served.causes("hourly")))
        .isEqualTo(hourly("06:00:00Z", "07:00:00Z"));
  }

  @Test
  void while_a_file_is_invalid_nothing_of_its_flow_is_forgotten_and_nothing_refused()
      throws Exception {
    served.with(HOURLY).with(ETL).with(PUBLISH).begin();
    append(
        served.store.folder().resolve("serve/ledger"),
        intent("2026-11-24T07:00:00Z", "261124-070000-aaaa"));
    clock.set("2026-11-24T07:10:00Z");
    RunId etl = served.elsewhere(ETL, "{}");
    served.unsureOf("hourly").unsureOf("publish").begin();
    served.at("2026-11-24T09:10:00Z").at("2026-11-24T11:10:00Z");
    assertThat(served.news(News.NotStarted.class)).isEmpty();

    served.with(HOURLY).with(PUBLISH).at("2026-11-24T11:20:00Z").settle();

    assertThat(String.join("|", served.causes("hourly")))
        .isEqualTo(hourly("07:00:00Z", "11:00:00Z"));
    assertThat(served.causes("publish")).singleElement().asString().contains(etl.text());
  }

  @Test
  void a_flow_that_is_gone_for_good_is_told_of_and_not_waited_for() throws Exception {
    served.with(HOURLY).begin();
    Path ledger = served.store.folder().resolve("serve/ledger");
    append(ledger, intent("2026-11-24T06:00:00Z", "261124-060000-aaaa"));
    served.without("hourly").begin().at("2026-11-24T07:10:00Z");
    assertThat(served.news(News.NotStarted.class))
        .singleElement()
        .extracting(News.NotStarted::why)
        .isEqualTo("there is no such flow any more");
  }

  private static final String SLOW =
      """
      flow: slow
      tasks: [{id: a, type: shell, command: 'until test -f go; do sleep 0.05; done'}]
      schedules: [{every: 5m}]
      """;

  @ParameterizedTest
  @CsvSource({
    "SKIP,06:15:00Z",
    "ONCE,06:15:00Z 06:30:00Z",
    "ALL,06:15:00Z 06:20:00Z 06:25:00Z 06:30:00Z"
  })
  void times_that_are_late_because_there_is_no_room_are_missed(Missed missed, String run)
      throws Exception {
    served.with(SLOW).begin(new Serving.Options(missed, Overlap.ALLOW, 1));
    for (String time : List.of("15:00", "20:00", "25:00", "30:00", "32:00")) {
      served.at("2026-11-24T06:" + time + "Z");
    }
    Files.createFile(folder.resolve("go"));
    served.settle();

    assertThat(served.causes("slow").stream().map(c -> c.substring(c.lastIndexOf('T') + 1)))
        .containsExactly(run.split(" "));
    assertThat(served.news(News.Skipped.class).stream().mapToLong(News.Skipped::times).sum())
        .isEqualTo(4 - run.split(" ").length);
  }

  @Test
  void flows_take_turns_when_several_wait() throws Exception {
    served
        .with(SLOW)
        .with(HOURLY.replace("0 *", "22 *"))
        .begin(new Serving.Options(Missed.ALL, Overlap.ALLOW, 1));
    for (String time : List.of("15", "20", "22", "25")) {
      served.at("2026-11-24T06:" + time + ":00Z");
    }
    Files.createFile(folder.resolve("go"));
    served.settle();
    assertThat(served.news(News.Started.class))
        .extracting(News.Started::flow)
        .containsExactly("slow", "hourly", "slow", "slow");
  }

  @Test
  void a_run_that_began_is_not_begun_again_when_the_disk_is_full() {
    AtomicBoolean full = new AtomicBoolean();
    served
        .with(HOURLY)
        .with(
            (to, bytes) -> {
              if (full.get()
                  && StandardCharsets.UTF_8
                      .decode(bytes.duplicate())
                      .toString()
                      .contains("settled")) {
                to.write(bytes.slice(0, 5));
                throw new IOException("No space left on device");
              }
              to.write(bytes);
            })
        .begin();
    full.set(true);
    served.at("2026-11-24T07:00:00Z").settle();
    full.set(false);
    served.at("2026-11-24T08:00:00Z").settle();
    served.begin().settle();

    assertThat(String.join("|", served.causes("hourly")))
        .isEqualTo(hourly("07:00:00Z", "08:00:00Z"));
    assertThat(served.news(News.Note.class)).hasSize(1);
  }

  @Test
  void a_run_whose_process_was_killed_ends_with_its_last_word_and_ends_again_when_killed_again()
      throws Exception {
    String follows =
        "flow: follows\n"
            + "tasks: [{id: a, type: compute, value: 1}]\n"
            + "triggers: [{after: slow, state: crashed}]\n";
    try (Served other = new Served(Files.createDirectory(folder.resolve("other")), clock)) {
      RunHandle run = other.going(SLOW);
      served.with(follows).begin();
      // It was made before the trigger was there, and is killed after that.
      clock.on(Duration.ofMinutes(1));
      run.command(new Command.Suspend("test"));
      run.await();
      clock.on(Duration.ofMinutes(1));
      RunHandle again = other.engine().resume(run.run(), Optional.empty(), "test");
      killed(other, run.run());
      served.at("2026-11-24T06:15:00Z").settle();
      assertThat(served.runs("follows")).hasSize(1);
      served.at("2026-11-24T06:16:00Z").settle();
      assertThat(served.runs("follows")).hasSize(1);

      again.command(new Command.Suspend("test"));
      again.await();
      RunHandle third = other.engine().resume(run.run(), Optional.empty(), "test");
      killed(other, run.run());
      served.at("2026-11-24T06:20:00Z").settle();
      assertThat(served.runs("follows")).hasSize(2);
      third.command(new Command.Cancel("test"));
      third.await();
    }
  }

  /** Takes over what the other workspace has of a run that goes on there: nobody has it here. */
  private void killed(Served other, RunId run) throws IOException {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> other.store.history().fold(run).orElseThrow().counts().running() == 1);
    Path from = other.store.folder().resolve("runs").resolve(run.text());
    Path to = served.store.folder().resolve("runs").resolve(run.text());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
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
