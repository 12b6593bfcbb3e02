package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ServeTest {
  private static final String TICK =
      """
      flow: tick
      tasks: [{id: a, type: shell, command: 'echo one >> log'}]
      schedules: [{every: 1s}]
      """;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final AtomicReference<Runnable> interrupt = new AtomicReference<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private CommandLineOf commands;

  @BeforeEach
  void workspace() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    commands =
        new CommandLineOf(folder)
            .with("MAHAVISHNU_HOME", folder.resolve("none").toString())
            .with(
                first -> {
                  interrupt.set(first);
                  return () -> {};
                });
  }

  private void flow(String name, String spec) throws IOException {
    Files.writeString(folder.resolve("flows").resolve(name + ".yaml"), spec);
  }

  private CompletableFuture<Integer> serve(String... options) {
    List<String> words = new java.util.ArrayList<>(List.of("serve"));
    words.addAll(List.of(options));
    return CompletableFuture.supplyAsync(
        () -> Cli.run(words, commands.env(out, err)), work -> Thread.ofPlatform().start(work));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void awaitOut(String text) {
    await().atMost(LONG).untilAsserted(() -> assertThat(out()).contains(text));
  }

  @Test
  void it_says_what_comes_and_what_happens_until_it_is_told_to_end() throws Exception {
    flow("tick", TICK);
    flow(
        "follow",
        "flow: follow\ntasks: [{id: a, type: compute, value: 1}]\ntriggers: [{after: tick}]\n");
    CompletableFuture<Integer> serve = serve("--missed", "skip");
    awaitOut("follow ");
    awaitOut(" Completed after");
    await().atMost(LONG).until(() -> out().contains("started, after run "));
    Runnable ctrlC = interrupt.get();
    CommandLineOf.Result second = commands.run("serve");
    CommandLineOf.Result trigger = commands.run("workflow", "trigger", "tick");
    ctrlC.run();

    assertThat(serve.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.COMPLETED);
    assertThat(out())
        .startsWith("Serving " + folder + ": missed times skip, overlapping runs allow, at most 16")
        .contains("UTC  tick\n", "  follow after tick, completed\n", "started, every 1s UTC");
    assertThat(second.err())
        .isEqualTo(
            "mahavishnu: this workspace is served already, by process "
                + ProcessHandle.current().pid()
                + "\n");
    assertThat(second.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(trigger.out()).contains("follow follows; `serve` starts it\n");
  }

  @Test
  void an_edit_counts_at_once_and_an_invalid_one_is_told_with_its_place() throws Exception {
    flow("tick", TICK);
    CompletableFuture<Integer> serve = serve("--output", "json");
    awaitOut("\"type\":\"ended\"");
    flow("tick", TICK.replace("type: shell", "type: shel"));
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(err()).contains("as it was before stays in force"));
    int before = out().length();
    await().atMost(LONG).until(() -> out().substring(before).contains("\"type\":\"started\""));
    flow("tick", TICK.replace("echo one", "echo two"));
    Path log = folder.resolve("flows/log");
    await().atMost(LONG).until(() -> Files.readString(log).contains("two"));
    interrupt.get().run();

    assertThat(serve.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.COMPLETED);
    assertThat(err()).contains("flows/tick.yaml:2:").contains("did you mean `shell`?");
    assertThat(out().lines())
        .allSatisfy(
            line -> {
              JsonNode json = JsonMapper.shared().readTree(line);
              assertThat(json.path("type").asString()).isIn("next", "started", "ended", "skipped");
              assertThat(json.path("flow").asString()).isEqualTo("tick");
            });
  }

  @Test
  void a_file_that_cannot_be_read_is_told_once_and_edits_of_others_count() throws Exception {
    flow("tick", TICK);
    Path flows = folder.resolve("flows");
    // As an editor locks a file that is edited.
    Files.createSymbolicLink(flows.resolve(".#tick.yaml"), Path.of("me@host.42"));
    CompletableFuture<Integer> serve = serve("--missed", "skip");
    awaitOut(" Completed after");
    // A regular file of which no byte can be had.
    Files.createSymbolicLink(flows.resolve("bad.yaml"), Path.of("/proc/self/mem"));
    await().atMost(LONG).untilAsserted(() -> assertThat(err()).contains("bad.yaml can't be read"));
    flow("tick", TICK.replace("echo one", "echo two"));
    Path log = flows.resolve("log");
    await().atMost(LONG).until(() -> Files.readString(log).contains("two"));
    Files.delete(flows.resolve("bad.yaml"));
    flow("bad", TICK.replace("tick", "bad"));
    awaitOut("  bad ");
    interrupt.get().run();

    assertThat(serve.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.COMPLETED);
    assertThat(err()).containsOnlyOnce("can't be read").contains("left out until it can");
  }

  @Test
  void the_first_ctrl_c_waits_and_the_second_suspends() throws Exception {
    flow(
        "slow",
        """
        flow: slow
        tasks: [{id: a, type: shell, command: 'until test -f go; do sleep 0.1; done'}]
        schedules: [{every: 1s}]
        """);
    CompletableFuture<Integer> serve = serve("--overlap", "skip");
    awaitOut(" started, ");
    interrupt.get().run();
    awaitOut("no run starts any more; waiting for 1 that goes on");
    assertThat(serve.isDone()).isFalse();
    interrupt.get().run();
    assertThat(serve.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(out()).contains("Suspended after");
    Files.createFile(folder.resolve("flows/go"));
    out.reset();

    CompletableFuture<Integer> next = serve("--missed", "skip");
    awaitOut(" is gone on with");
    awaitOut(" Completed after");
    interrupt.get().run();
    assertThat(next.get(60, TimeUnit.SECONDS)).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void next_times_are_shown_on_the_clock_of_their_zone() throws IOException {
    flow(
        "daily",
        """
        flow: daily
        tasks: [{id: a, type: compute, value: 1}]
        schedules: [{cron: "30 6 * * *", timezone: Asia/Kathmandu}]
        """);
    CommandLineOf.Result dry = commands.run("serve", "daily", "--dry-run", "-n", "2");
    CommandLineOf.Result show = commands.run("workflow", "show", "daily");

    assertThat(dry.lines())
        .hasSize(2)
        .allSatisfy(l -> assertThat(l).endsWith(" 06:30:00 +05:45 Asia/Kathmandu  daily"));
    assertThat(show.lines().subList(show.lines().size() - 4, show.lines().size()))
        .satisfies(lines -> assertThat(lines.getFirst()).isEqualTo("next times"))
        .last()
        .asString()
        .endsWith(" 06:30:00 +05:45 Asia/Kathmandu");
    assertThat(folder.resolve(".mahavishnu")).doesNotExist();
  }

  @Test
  void what_it_cannot_do_is_one_line() throws IOException {
    flow("tick", TICK);
    assertThat(commands.run("serve", "tik").err())
        .isEqualTo("mahavishnu: no flow `tik` in this workspace; did you mean `tick`?\n");
    assertThat(commands.run("serve", "--missed", "never").code()).isEqualTo(ExitCode.USAGE);
    assertThat(commands.run("serve", "--limit", "0").err()).contains("--limit: expected");
    assertThat(commands.run("serve", "--grace", "soon").err()).contains("--grace: expected");
    assertThat(commands.run("-c", "serve tick").err()).contains("run it outside the shell");
    flow("bad", "flow: bad\n");
    assertThat(commands.run("serve", "bad").code()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_run_by_hand_tells_what_would_follow() throws IOException {
    flow("first", "flow: first\ntasks: [{id: a, type: compute, value: 1}]\n");
    flow(
        "then",
        "flow: then\ntasks: [{id: a, type: compute, value: 1}]\ntriggers: [{after: first}]\n");
    flow(
        "alarm",
        "flow: alarm\n"
            + "tasks: [{id: a, type: compute, value: 1}]\n"
            + "triggers: [{after: first, state: failed}]\n");
    flow(
        "stopped",
        "flow: stopped\n"
            + "tasks: [{id: a, type: compute, value: 1}]\n"
            + "triggers: [{after: first, state: cancelled}]\n");
    assertThat(commands.run("workflow", "trigger", "first").out())
        .endsWith("then follows when `mahavishnu serve` runs\n");
    assertThat(commands.run("workflow", "trigger", "then").out()).doesNotContain("follow");
    flow("first", "flow: first\ntasks: [{id: a, type: shell, command: 'false'}]\n");
    assertThat(commands.run("workflow", "trigger", "first").out())
        .endsWith("alarm follows when `mahavishnu serve` runs\n")
        .doesNotContain("stopped");
    assertThat(commands.run("workflow", "validate").code()).isEqualTo(ExitCode.COMPLETED);
    flow(
        "first",
        "flow: first\ntasks: [{id: a, type: compute, value: 1}]\ntriggers: [{after: then}]\n");
    CommandLineOf.Result ring = commands.run("workflow", "validate");
    assertThat(ring.err()).isEqualTo("the triggers of these flows form a ring: first, then\n");
    assertThat(ring.code()).isEqualTo(ExitCode.INVALID);
  }
}
