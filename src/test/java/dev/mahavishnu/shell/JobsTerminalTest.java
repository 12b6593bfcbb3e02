package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several runs at a time, as a person at a real terminal sees them. */
@Timeout(180)
final class JobsTerminalTest {
  private static final String CTRL_Z = "\u001a";
  private static final String CTRL_U = "\u0015";

  @TempDir Path folder;
  @TempDir Path home;
  private Pty.Start start = new Pty.Start(Path.of("/"), Path.of("/"));

  @BeforeAll
  static void terminals() {
    assumeTrue(Pty.isThere(), "no util-linux script here to make a terminal");
  }

  @BeforeEach
  void enter() {
    start = new Pty.Start(folder, home);
  }

  /** Ends when the file {@code go} is there. */
  private void waiting(String name) throws IOException {
    Pty.script(folder, name, "while ! [ -e go ]; do sleep 0.05; done");
  }

  private void flow(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/" + name + ".yaml"), text);
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  private void begun(String name) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Files.exists(folder.resolve("log"))
                    && Files.readAllLines(folder.resolve("log")).contains(name));
  }

  @Test
  void two_runs_in_the_background_end_while_a_half_typed_line_stays() throws IOException {
    waiting("a");
    waiting("b");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>");
      shell.enter("run &").await("\\[1\\] \\S+ goes on in the background; fg 1 shows it");
      shell.enter("discard").await("put away").enter("run ./b.sh").await("mahavishnu b>");
      shell.enter("run &").await("\\[2\\] \\S+ goes on in the background");
      begun("a");
      begun("b");
      shell.enter("jobs").await("JOB +RUN.*\\[1\\] .* a +Running.*by itself");
      shell.await("\\[2\\]\\+ .* b +Running .*by itself");
      shell.type("half a line").awaitScreen("mahavishnu b> half a line$");
      go();
      shell.await("\\[1\\] . Completed a \\S+ in ").await("\\[2\\] . Completed b \\S+ in ");
      shell.awaitScreen("mahavishnu b> half a line$");
    }
  }

  @Test
  void ctrl_z_puts_a_run_off_the_screen_and_fg_brings_it_back() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("mahavishnu a>\\n.* a \\S+ +Running.* a +[0-9.]+s");
      shell.type("half").awaitScreen("a> half\\n").type(CTRL_Z);
      shell.await("\\[1\\] \\S+ goes on in the background; fg 1 shows it");
      shell.awaitScreen("mahavishnu a> half$");
      // What is in the background has not to do with Ctrl-C.
      shell.interrupt().awaitScreen("mahavishnu a>$");
      shell.enter("jobs").await("\\[1\\]\\+ .* a +Running +0/1 .*background");
      shell.enter("fg").awaitScreen("Running.* a +[0-9.]+s");
      shell.interrupt().await("Suspended a ");
      shell.enter("bg").await("watch it with").await("mahavishnu a>");
      go();
      shell.enter("wait").await("\\[1\\] . Completed a ");
      shell.type("\u0004");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void ctrl_z_puts_a_run_off_a_dumb_terminal_too() throws IOException {
    waiting("a");
    try (Pty shell = start.with("TERM", "dumb").run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      begun("a");
      shell.type(CTRL_Z).await("\\[1\\] \\S+ goes on in the background");
      shell.enter("jobs").await("\\[1\\]\\+ .* a +Running");
      go();
      shell.await("Completed a ").enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void ctrl_z_at_a_quiet_prompt_and_in_a_program_stops_nothing() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").type("half" + CTRL_Z + " a line");
      shell.awaitScreen("mahavishnu> half a line$").type(CTRL_U);
      shell.enter("!echo here; cat").await("\\nhere").type("one\r").await("one\\none");
      shell.type(CTRL_Z).type("two\r").await("two\\ntwo").type("\u0004");
      shell.await("mahavishnu>$").enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void a_run_that_is_left_while_lines_wait_for_it_lets_them_go_on() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>");
      shell.type("\u001b[200~run\nshow\n\u001b[201~\r").awaitScreen("Running");
      shell.type(CTRL_Z).await("goes on in the background.*tasks\\n +a +shell");
      shell.enter("fg").awaitScreen("Running");
      go();
      shell.await("Completed a ");
    }
  }

  @Test
  void a_small_and_a_large_screen_show_two_runs_and_the_line() throws IOException {
    waiting("a");
    waiting("b");
    try (Pty shell = start.sized(60, 15).run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("Running");
      shell.enter("discard").await("put away").enter("run ./b.sh").await("mahavishnu b>");
      shell.enter("run").awaitScreen(" a \\d{6}.*Running.* b \\d{6}.*Running");
      shell.type("half a line").awaitScreen("mahavishnu b> half a line\\n");
      shell.resize(200, 60);
      shell.awaitScreen(
          "mahavishnu b> half a line\\n{10,}. a \\d{6}.*Running.* a +[0-9.]+s\\n"
              + ". b \\d{6}.*Running.* b +[0-9.]+s$");
      shell.resize(60, 15);
      shell.awaitScreen("> half a line\\n+. a \\d{6}.*Running.*. b \\d{6}.*Running.*s$");
      go();
      shell.await("Completed a ").await("Completed b ");
      shell.awaitScreen("mahavishnu b> half a line$");
    }
  }

  @Test
  void what_a_task_prints_is_shown_and_can_do_no_harm() throws IOException {
    flow(
        "talks",
        """
        flow: talks
        tasks:
          - id: load
            type: shell
            working_dir: ..
            command: |
              echo '::progress 3/10 words'
              printf '\\033[2J\\033[1;1H\\033[31mlast words\\033[0m\\007\\n'
              while ! [ -e go ]; do sleep 0.05; done
              echo done
        """);
    try (Pty shell = start.run()) {
      shell.await("Say what should happen.*mahavishnu>").enter("workflow trigger talks");
      shell.awaitScreen("load +[0-9.]+s +3/10 words +last words$");
      shell.type("half").awaitScreen("Say what should happen.*mahavishnu> half\\n");
      assertThat(shell.raw()).doesNotContain("\u001b[31mlast").doesNotContain("\u0007");
      go();
      shell.await("Completed talks");
      // From now on it is known how long it takes.
      Files.delete(folder.resolve("go"));
      shell.type(CTRL_U).enter("workflow trigger talks");
      shell.awaitScreen("Running +0/1 +[0-9.]+s/~[0-9.]+s.*load +[0-9.]+s/~[0-9.]+s +3/10 words");
      go();
      shell.await("Completed talks.*Completed talks");
    }
  }

  @Test
  void wide_and_right_to_left_text_of_a_task_keeps_to_its_line() throws IOException {
    flow(
        "talks",
        """
        flow: talks
        tasks:
          - id: load
            type: shell
            working_dir: ..
            command: |
              echo 'שלום עולם 世界中の人々、これはとても長い一行です、これはとても長い一行です'
              while ! [ -e go ]; do sleep 0.05; done
          - id: next
            type: shell
            depends_on: [load]
            command: "true"
        """);
    try (Pty shell = start.sized(60, 15).run()) {
      shell.await("mahavishnu>").enter("workflow trigger talks");
      shell.awaitScreen("load +[0-9.]+s +שלום עולם 世界[^\\n]*…\\n.*next");
      shell.type("half").awaitScreen("mahavishnu> half\\n");
      go();
      shell.await("Completed talks");
    }
  }

  @Test
  void two_shells_watch_the_same_run() throws IOException {
    flow(
        "shared",
        """
        flow: shared
        tasks:
          - id: load
            type: shell
            working_dir: ..
            command: |
              echo 40% of all >> "$MAHAVISHNU_PROGRESS"
              echo a line
              while ! [ -e go ]; do sleep 0.05; done
        """);
    try (Pty one = start.run();
        Pty two = start.run()) {
      one.await("mahavishnu>").enter("workflow trigger shared").awaitScreen("load +[0-9.]+s");
      two.await("mahavishnu>").enter("watch last");
      two.awaitScreen("Running.*load +[0-9.]+s +40% of all +a line$");
      one.awaitScreen("Running.*load +[0-9.]+s +40% of all +a line$");
      two.enter("ps").await("PID +HELD BY.*shared +Running +\\d+ +shell .* 0/1, load 40%");
      go();
      one.await("Completed shared");
      two.await("Completed shared");
    }
  }

  @Test
  void a_map_of_ten_thousand_items_is_folded_and_a_half_typed_line_stays() throws IOException {
    String items =
        IntStream.range(0, 10_000).boxed().map(String::valueOf).collect(Collectors.joining(", "));
    flow(
        "big",
        """
        flow: big
        tasks:
          - {id: hold, type: shell, working_dir: .., command: 'while ! [ -e go ]; do sleep 0.05; done'}
          - {id: each, type: compute, value: "${{ item }}", map: [%s]}
        """
            .formatted(items));
    try (Pty shell = start.sized(60, 15).run()) {
      shell.await("mahavishnu>").enter("workflow trigger big");
      shell.type("half a line").awaitScreen("each +[0-9.]+s +\\d+/10000");
      shell.awaitScreen("mahavishnu> half a line\\n");
      shell.awaitScreen("Running +10000/10001.*each +[0-9.]+s +10000/10000");
      assertThat(shell.screen().lines())
          .allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(60));
      go();
      shell.await("Completed big").awaitScreen("mahavishnu> half a line$");
    }
  }

  @Test
  void top_is_painted_under_the_prompt_until_ctrl_c() throws IOException {
    Pty.script(folder, "a", "while ! [ -e go ]; do :; done");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run &");
      begun("a");
      shell.await("goes on in the background").enter("top");
      shell.awaitScreen("1 run, \\d+ process.* of tasks, .*\\d\\d%.* CPU.*RUN +FLOW +STATE +CPU%");
      shell.interrupt().awaitScreen("mahavishnu a>$");
      shell.enter("run cancel last").await("(?i)cancelled");
    }
  }
}
