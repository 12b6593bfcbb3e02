package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mahavishnu.ChildJvm;
import dev.mahavishnu.run.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** A run in a process of its own writes its last word after the answer to who asked it to end. */
  @AfterEach
  void nobody_is_left_in_the_folder() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.allProcesses().noneMatch(this::isHere));
  }

  private boolean isHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
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
  void a_process_that_goes_on_beside_the_question_gets_the_answer() throws IOException {
    Files.writeString(
        folder.resolve("flows/asks.yaml"),
        """
        flow: asks
        tasks:
          - {id: ask, type: approval, message: Well?}
          - {id: long, type: shell, command: 'echo $$ > pid; test -f enough || sleep 60'}
          - {id: after, type: compute, value: yes, depends_on: [ask]}
        """);
    String run = commands.run("workflow", "trigger", "asks", "--no-wait").out().strip();
    childOnceThere();

    CommandLineOf.Result approved = commands.run("run", "approve", run);
    CommandLineOf.Result again = commands.run("run", "approve", run);
    CommandLineOf.Result cancelled = commands.run("run", "cancel", run);

    assertThat(approved.out()).isEqualTo("ask got the answer\n");
    assertThat(again.err()).contains("waits for nobody");
    assertThat(cancelled.code()).isEqualTo(ExitCode.COMPLETED);
  }

  private Process program(String... args) throws IOException {
    List<String> command = new ArrayList<>(ChildJvm.of(Main.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  private static void signal(Process process, String name) throws Exception {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void a_signal_suspends_the_run_and_ends_in_130(String signal) throws Exception {
    Process process = program("workflow", "trigger", "slow");
    long child = childOnceThere();
    signal(process, signal);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(Files.readString(folder.resolve("said"))).contains("Suspended slow");
    assertThat(lives(child)).isFalse();
  }

  /** The first signal has become a command of the run. */
  private boolean isToldToStop() {
    Env env = commands.env(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    try (Workbench bench = new Workbench(env)) {
      return bench.store().history().events(new Runs(bench).find("last"), 1).stream()
          .anyMatch(recorded -> recorded.event() instanceof RunEvent.Commanded);
    }
  }

  @Test
  void a_second_signal_ends_the_program_at_once() throws Exception {
    Files.writeString(
        folder.resolve("flows/stubborn.yaml"),
        """
        flow: stubborn
        tasks:
          - {id: a, type: shell, command: "trap '' TERM INT; echo $$ > pid; sleep 60"}
        """);
    Process process = program("workflow", "trigger", "stubborn", "--set", "engine.grace=50s");
    childOnceThere();
    signal(process, "INT");
    await().atMost(Duration.ofSeconds(20)).until(this::isToldToStop);
    signal(process, "INT");

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(commands.run("run", "list").out()).contains("Crashed (resumable)");
    assertThat(commands.run("run", "cancel", "last").out()).contains("is Cancelled");
  }

  @Test
  void what_is_wrong_is_told_here_even_where_the_run_was_to_be_elsewhere() {
    CommandLineOf.Result result =
        commands.run("workflow", "trigger", "slow", "--no-wait", "--param", "x=1");

    assertThat(result.err()).contains("has no parameter `x`");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
  }
}
