package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a person sees it, in a real terminal. */
@Timeout(180)
final class TerminalTest {
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

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  @Test
  void a_sentence_runs_is_stopped_and_is_resumed_while_the_prompt_stays_usable()
      throws IOException {
    Pty.script(folder, "a", "true");
    waiting("b");
    Pty.script(folder, "c", "true");
    try (Pty shell = start.run()) {
      shell.await("Say what should happen.*mahavishnu>");
      shell.enter("run ./a.sh then run ./b.sh then run ./c.sh");
      shell.await("\\+ flow: a_to_c.*mahavishnu a_to_c>");
      shell.enter("run");
      shell.awaitScreen("a_to_c> .*Running.*b +[0-9.]+s");
      shell.enter("run list").await("RUN +FLOW +STATE.*a_to_c +Running");
      shell.type("half a line").awaitScreen("a_to_c> half a line");
      shell.interrupt();
      shell.await("Suspended a_to_c.*go on with: .*run resume");
      shell.awaitScreen("a_to_c> half a line$");
      go();
      shell.type("\u0015");
      shell.enter("run resume last");
      shell.await("Completed a_to_c");
      shell.awaitScreen("a_to_c>$");
      assertThat(Files.readAllLines(folder.resolve("log"))).startsWith("a", "b").endsWith("c");
      assertThat(Files.readAllLines(folder.resolve("log")).stream().filter("a"::equals)).hasSize(1);
      shell.type("\u0004");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void keys_typed_before_the_prompt_are_not_lost() {
    String keys = "frobnicate the quux with fifty keys before it opens";
    try (Pty shell = start.run()) {
      shell.enter(keys);
      shell.await("not understood: `" + keys.substring(0, 19));
    }
  }

  @Test
  void a_draft_survives_a_shell_that_is_killed() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh then run ./b.sh").await("a_to_b>");
      ProcessHandle program = ProcessHandle.of(shell.pid()).orElseThrow();
      program.destroyForcibly();
      await().atMost(Duration.ofSeconds(20)).until(() -> !program.isAlive());
    }
    try (Pty shell = start.run()) {
      shell.await("the draft a_to_b from before is here.*a_to_b>");
      shell.enter("then run ./c.sh").await("\\+ task c.*a_to_c?");
      shell.enter("undo").await("- task c");
      shell.enter("undo").await("there is no draft now.*mahavishnu>");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>");
      assertThat(shell.all()).doesNotContain("from before");
    }
  }

  @Test
  void an_approval_is_asked_for_at_the_prompt() throws IOException {
    Pty.script(folder, "a", "true");
    Pty.script(folder, "b", "true");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>");
      shell.enter("run ./a.sh then wait for approval \"Ship it?\" as ship then run ./b.sh");
      shell.await("\\+ flow:.*>").enter("run");
      shell.await("ship waits for approval: Ship it\\?.*approve ship\\? \\[y/N\\]");
      shell.enter("y");
      shell.await("Completed ");
      assertThat(folder.resolve("log")).hasContent("a\nb\n");
    }
  }

  @Test
  void a_no_denies_and_no_answer_leaves_it_waiting() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>");
      shell.enter("wait for approval \"Ship it?\" as ship then run \"touch shipped\" as done");
      shell.await("\\+ flow:.*>").enter("run");
      shell.await("approve ship\\? \\[y/N\\]").enter("");
      shell.await("ship goes on waiting: run approve");
      shell.enter("run deny last").await("Failed ");
      assertThat(folder.resolve("shipped")).doesNotExist();
      shell
          .enter("run")
          .await("ship waits for approval.*goes on waiting.*approve ship\\? \\[y/N\\]");
      shell.enter("n").await("Failed .*Failed ");
      assertThat(folder.resolve("shipped")).doesNotExist();
    }
  }

  @Test
  void a_run_in_the_background_outlives_the_shell() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>");
      shell.enter("run &").await("\\d{6}-\\d{6}-[a-z2-7]{4}");
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("log")));
      shell.enter("exit").await("goes on by itself");
      assertThat(shell.exitCode()).isZero();
    }
    go();
    try (Pty shell = start.run()) {
      shell.await("mahavishnu a>").enter("run watch last").await("Completed a");
    }
    assertThat(folder.resolve("log")).hasContent("a\n");
  }

  @Test
  void leaving_suspends_what_runs_here_and_says_how_to_go_on() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("Running");
      shell.type("\u0004").await("Suspended a .*run resume");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void several_pasted_lines_are_done_in_order() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>");
      shell.type(
          "\u001b[200~run \"echo one >> out\" as one\n"
              + "run\n"
              + "run \"echo two >> out\" as two\n"
              + "\u001b[201~\r");
      shell
          .await("\\.\\.\\. run\n.*Completed one.*as a new flow\\?.*or Enter for none:")
          .enter("2");
      shell.await("\\+ flow: two").enter("run").await("Completed two");
    }
  }

  @Test
  void a_flow_is_pasted_as_yaml() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>");
      shell.type(
          "\u001b[200~flow: pasted\n"
              + "tasks:\n"
              + "  - id: one\n"
              + "    type: compute\n"
              + "    value: 1\n"
              + "\u001b[201~\r");
      shell.await("\\+ flow: pasted.*mahavishnu pasted>");
      shell.enter("run").await("Completed pasted");
    }
  }

  @Test
  void programs_get_the_terminal_and_the_editor_changes_the_draft() throws IOException {
    Files.writeString(folder.resolve("ed.sh"), "sed -i s/a.sh/z.sh/ \"$1\"\n");
    Pty.Start editing = start.with("EDITOR", "sh ed.sh");
    try (Pty shell = editing.run()) {
      shell
          .await("mahavishnu>")
          .enter("!printf 'name? '; read line; echo \"<$line>\"; test -t 0 && echo a terminal");
      shell
          .await("\nname\\?")
          .enter("typed for the program")
          .await("<typed for the program>.*a terminal.*mahavishnu>");
      shell.enter("run ./a.sh").await("mahavishnu a>");
      shell.enter("edit").await("\\+ +command: ./z.sh|\\./z\\.sh");
      shell.enter("save").await("saved as flows/a.yaml");
      assertThat(folder.resolve("flows/a.yaml")).content().contains("./z.sh");
    }
  }

  @Test
  void words_are_completed_with_their_descriptions() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/orders.yaml"),
        "flow: orders\ntasks: [{id: x, type: compute, value: 1}]\n");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").type("/workflow tr\t").awaitScreen("/workflow trigger$");
      shell.type("--name or\t").awaitScreen("--name orders");
      shell.enter("").await("Completed orders");
      shell.type("/run \t").awaitScreen("cancel.*resume");
    }
  }

  @Test
  void a_dumb_terminal_gets_lines_and_no_escapes() {
    try (Pty shell = start.with("TERM", "dumb").with("NO_COLOR", "1").run()) {
      shell.await("mahavishnu>").enter("run \"echo hello\" as hello").await("\\+ flow: hello");
      shell.enter("run").await("run completed.*Completed hello");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
      assertThat(shell.raw()).doesNotContain("\u001b[3").doesNotContain("\u001b[1m");
    }
  }

  @Test
  void ctrl_c_stops_a_run_and_not_the_shell_in_a_dumb_terminal_too() throws IOException {
    waiting("a");
    try (Pty shell = start.with("TERM", "dumb").run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(folder.resolve("log")));
      shell.interrupt().await("Suspended a ");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
  }

  @Test
  void a_terminal_that_knows_no_size_is_taken_for_a_common_one() {
    try (Pty shell = start.sized(0, 0).run()) {
      shell.await("mahavishnu>").enter("run \"echo hello\" as hello").await("\\+ flow: hello");
      shell.enter("run").await("Completed hello");
    }
  }

  @Test
  void a_narrow_window_still_has_a_prompt_and_a_tree() throws IOException {
    waiting("a");
    try (Pty shell = start.sized(30, 10).run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.await("Runn");
      go();
      shell.await("Completed a");
    }
  }

  @Test
  void a_shell_that_is_ended_from_outside_suspends_its_run_first() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("Running.*a +[0-9.]+s");
      ProcessHandle.of(shell.pid()).orElseThrow().destroy();
      shell.await("Suspended a ");
      assertThat(shell.exitCode()).isEqualTo(130);
    }
    go();
    try (Pty shell = start.run()) {
      shell.await("mahavishnu a>").enter("run resume last").await("Completed a ");
    }
  }

  @Test
  void a_window_that_is_closed_suspends_its_run_and_is_no_error() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("Running.*a +[0-9.]+s");
      ProcessHandle program = ProcessHandle.of(shell.pid()).orElseThrow();
      shell.closeWindow();
      await().atMost(Duration.ofSeconds(60)).until(() -> !program.isAlive());
    }
    assertThat(crashes()).isEmpty();
    go();
    try (Pty shell = start.run()) {
      shell.await("mahavishnu a>").enter("run resume last").await("Completed a ");
    }
  }

  /** What was written down of errors of the program itself. */
  private List<String> crashes() throws IOException {
    Path logs = folder.resolve(".mahavishnu/log");
    List<String> texts = new ArrayList<>();
    if (Files.exists(logs)) {
      try (DirectoryStream<Path> crashes = Files.newDirectoryStream(logs, "crash*")) {
        for (Path crash : crashes) {
          texts.add(Files.readString(crash));
        }
      }
    }
    return texts;
  }

  @Test
  void two_runs_at_a_time_are_both_shown_and_stopped_one_by_one() throws IOException {
    waiting("a");
    waiting("b");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("Running");
      shell.enter("discard").await("put away").enter("run ./b.sh").await("mahavishnu b>");
      shell.enter("run").awaitScreen(" a \\d{6}.*Running.* b \\d{6}.*Running");
      shell.interrupt().await("Suspended b ").awaitScreen(" a \\d{6}.*Running");
      assertThat(shell.all()).doesNotContain("Suspended a ");
      shell.interrupt().await("Suspended a ");
      // Nothing runs any more: Ctrl-C clears the line.
      shell.type("abc").awaitScreen("> abc$").interrupt().awaitScreen("mahavishnu b>$");
    }
  }

  @Test
  void a_command_that_only_waits_is_stopped_by_ctrl_c() throws IOException {
    Pty.script(folder, "a", "echo hello from a; while ! [ -e go ]; do sleep 0.05; done");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run &");
      shell.await("watch it with: run watch.*mahavishnu a>");
      await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("log")));
      shell.enter("run logs last --follow").await("hello from a").interrupt();
      shell.awaitScreen("hello from a.*mahavishnu a>");
      shell.enter("run cancel last").await("(?i)cancelled");
    }
  }

  @Test
  void what_was_typed_is_there_again_in_the_next_shell() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run \"echo hello\" as hello").await("mahavishnu hello>");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    try (Pty shell = start.run()) {
      shell
          .await("mahavishnu hello>")
          .type("\u0012echo")
          .awaitScreen("run \"echo hello\" as hello");
    }
  }

  @Test
  void a_window_that_changes_its_size_keeps_what_is_typed_and_the_tree() throws IOException {
    waiting("a");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run ./a.sh").await("mahavishnu a>").enter("run");
      shell.awaitScreen("Running.* a +[0-9.]+s").type("half a line");
      shell.awaitScreen("mahavishnu a> half a line\\n");
      shell.resize(60, 20).awaitScreen("mahavishnu a> half a line\\n+. a \\d{6}.*Running.*s$");
      shell.resize(110, 34).awaitScreen("mahavishnu a> half a line\\n+. a \\d{6}.*Running.*s$");
      go();
      shell.await("Completed a ").awaitScreen("mahavishnu a> half a line$");
    }
  }
}
