package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script language at the prompt, settings and sessions, in a real terminal. */
@Timeout(180)
final class ScriptTerminalTest {
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

  private void settings(String text) throws IOException {
    Files.createDirectories(home.resolve(".config/mahavishnu"));
    Files.writeString(home.resolve(".config/mahavishnu/rc"), text);
  }

  @Test
  void a_run_is_asked_about_at_the_prompt() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run \"echo 3\" as rows").await("mahavishnu rows>");
      shell.enter("run").await("Completed rows").awaitScreen("mahavishnu rows>$");
      shell.enter("expect run.state == \"FAILED\"");
      shell.await("expect run.state == \"FAILED\": it is \"COMPLETED\"\\n.*mahavishnu rows>");
      shell.enter("expect tasks.row.state == 1");
      shell.await(
          "<request>:1:14: unknown task `row`; did you mean `rows`\\?\\n.*\\n *. {14}\\^\\n");
      shell.enter("let n = 2").enter("if $n == 2").await("\\.\\.\\. *$");
      shell.enter("  !echo \"<$n>\"").enter("else").enter("  !echo never").enter("end");
      shell.await("<2>\\n.*mahavishnu rows>");
      assertThat(shell.all()).doesNotContain("\nnever");
      shell.enter("@last").await("Completed rows \\d{6}.*longest").awaitScreen("rows>$");
      shell.enter("undo").await("there is no draft now").enter("redo").await("rows>$");
    }
  }

  @Test
  void settings_are_done_first_and_a_mistake_in_them_is_said() throws IOException {
    settings(
        """
        # mine
        alias l = run list
        let where = eu
        nonsense here
        expect run.state == "x"
        alias e = !echo
        """);
    try (Pty shell = start.run()) {
      shell.await("rc:4: not understood: `nonsense here`");
      shell.await("rc:5:8: no run was begun here yet.*mahavishnu>");
      shell.enter("e \"in $where\"").await("in eu\\n");
      shell.enter("l").await("mahavishnu> l\\n.*mahavishnu>");
      shell.enter("alias").await("e = !echo\\nl = run list\\n");
      shell.enter("nonsense too").await("\\nnot understood: `nonsense too`");
      shell.enter("transcript").await("> let where = eu\\n> !echo \"in \\$where\"\\n.*> run list");
      assertThat(shell.all()).doesNotContain("> alias l").doesNotContain("> nonsense here");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    try (Pty shell = start.run("--no-rc")) {
      shell.await("mahavishnu>").enter("alias l").await("there is no alias `l`");
      assertThat(shell.all()).doesNotContain("rc:");
    }
  }

  @Test
  void a_session_goes_on_and_is_replayed_by_its_script(@TempDir Path other) throws IOException {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("run \"echo one >> out\" as one").await("mahavishnu one>");
      shell.enter("let n = 5").enter("run").await("Completed one").awaitScreen("one>$");
      shell.enter("expect run.state == \"COMPLETED\" && $n == 5");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    try (Pty shell = start.run("--resume")) {
      shell.await("which session goes on\\?\\n +1 +\\d{6}-\\d{6}-\\w{4} +run \"echo one");
      shell.enter("1").await("goes on: 4 things were said, the draft is one\\n.*mahavishnu one>");
      shell.enter("save").await("saved as flows/one.yaml");
      shell.enter("transcript export all.mv").await("written to all.mv");
      shell.enter("transcript export all.md").await("written to all.md");
      shell.enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    assertThat(folder.resolve("out")).hasContent("one\n");
    assertThat(folder.resolve("all.md"))
        .content()
        .containsPattern("run \\d{6}-\\S+ of one: Completed")
        .contains("saved as");
    Files.copy(folder.resolve("all.mv"), other.resolve("all.mv"));
    try (Pty shell = new Pty.Start(other, home).run("-f", "all.mv", "--yes")) {
      assertThat(shell.exitCode()).as(shell.all()).isZero();
      shell.await("Completed one.*saved as flows/one.yaml");
    }
    assertThat(other.resolve("out")).hasContent("one\n");
    assertThat(other.resolve("flows/one.yaml"))
        .hasSameTextualContentAs(folder.resolve("flows/one.yaml"));
  }
}
