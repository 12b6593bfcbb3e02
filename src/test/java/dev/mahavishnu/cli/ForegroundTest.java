package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that somebody stops, from this process and from others. */
final class ForegroundTest {
  private static final String SLOW =
      """
      flow: slow
      tasks:
        - {id: first, type: shell, command: 'echo first >> log'}
        - {id: long, type: shell, command: 'echo $$ > pid; test -f enough || sleep 60', depends_on: [first]}
        - {id: after, type: shell, command: 'echo after >> log', depends_on: [long]}
      """;

  @TempDir Path folder;
  private final AtomicReference<Runnable> interrupt = new AtomicReference<>();
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/slow.yaml"), SLOW);
    commands =
        new CommandLineOf(folder)
            .with("MAHAVISHNU_HOME", folder.resolve("none").toString())
            .with(
                first -> {
                  interrupt.set(first);
                  return () -> {};
                });
  }

  private long childOnceThere() {
    Path pid = folder.resolve("flows/pid");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pid) && Files.size(pid) > 1);
    try {
      return Long.parseLong(Files.readString(pid).strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A process that has ended and that nobody has asked for yet does not live. */
  private static boolean lives(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void an_interruption_suspends_the_run_which_can_be_resumed() throws Exception {
    CompletableFuture<CommandLineOf.Result> trigger =
        CompletableFuture.supplyAsync(() -> commands.run("workflow", "trigger", "slow"));
    long child = childOnceThere();
    interrupt.get().run();
    CommandLineOf.Result stopped = trigger.get(30, TimeUnit.SECONDS);
    Files.createFile(folder.resolve("flows/enough"));
    boolean childLived = lives(child);
    CommandLineOf.Result resumed = commands.run("run", "resume", "last");

    assertThat(stopped.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(stopped.out()).contains("Suspended slow", "go on with: mahavishnu run resume");
    assertThat(childLived).isFalse();
    assertThat(resumed.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(Files.readAllLines(folder.resolve("flows/log"))).containsExactly("first", "after");
  }

  @Test
  void a_run_without_waiting_lives_in_a_process_of_its_own_until_it_is_cancelled() {
    CommandLineOf.Result started = commands.run("workflow", "trigger", "slow", "--no-wait");
    assertThat(started.err()).contains("run watch");
    assertThat(started.code()).isEqualTo(ExitCode.COMPLETED);
    String run = started.out().strip();
    long child = childOnceThere();

    CommandLineOf.Result resumed = commands.run("run", "resume", run);
    CommandLineOf.Result deleted = commands.run("run", "delete", run);
    CommandLineOf.Result cancelled = commands.run("run", "cancel", run);

    assertThat(resumed.err()).contains("is held by process");
    assertThat(resumed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(deleted.err()).contains("is held by process");
    assertThat(cancelled.out()).startsWith("run " + run + " is Cancelled");
    assertThat(cancelled.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(lives(child)).isFalse();
    CommandLineOf.Result watched = commands.run("run", "watch", run);
    assertThat(watched.out()).contains("Cancelled slow");
    assertThat(watched.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_run_in_another_process_is_paused_resumed_and_watched_to_its_end() throws IOException {
    Files.writeString(
        folder.resolve("flows/ticks.yaml"),
        """
        flow: ticks
        parameters:
          - {name: n, type: "list<integer>"}
        tasks:
          - id: tick
            type: shell
            map: ${{ params.n }}
            concurrency: 1
            command: test -f enough || sleep 0.2; echo ${{ item }} >> ticks
        """);
    List<Integer> numbers = IntStream.range(0, 40).boxed().toList();
    Path ticks = folder.resolve("flows/ticks");
    String run =
        commands
            .run("workflow", "trigger", "ticks", "--no-wait", "--param", "n=" + numbers)
            .out()
            .strip();
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(ticks));

    CommandLineOf.Result paused = commands.run("run", "pause", run);
    CommandLineOf.Result list = commands.run("run", "list");
    Files.createFile(folder.resolve("flows/enough"));
    CommandLineOf.Result resumed = commands.run("run", "resume", run);

    assertThat(paused.out()).startsWith("run " + run + " is Paused; go on with: ");
    assertThat(list.out()).contains("Paused");
    assertThat(resumed.out()).contains("Completed ticks");
    assertThat(resumed.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(Files.readAllLines(ticks))
        .containsExactlyElementsOf(numbers.stream().map(String::valueOf).toList());
  }

  @Test
  void what_is_wrong_is_told_here_even_where_the_run_was_to_be_elsewhere() {
    CommandLineOf.Result result =
        commands.run("workflow", "trigger", "slow", "--no-wait", "--param", "x=1");

    assertThat(result.err()).contains("has no parameter `x`");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
  }
}
