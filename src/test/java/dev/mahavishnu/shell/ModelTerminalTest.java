package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model at work, as a person at a real terminal sees it. */
@Timeout(180)
final class ModelTerminalTest {
  private static final String SHELL = TestShell.class.getName();

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

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  @Test
  void the_outline_grows_under_the_prompt_and_goes_when_the_proposal_is_there() throws IOException {
    try (Pty shell = start.main(SHELL)) {
      shell.await("mahavishnu>").enter("slow work");
      shell.awaitScreen(
          "\\+ fetch  shell\\n\\+ clean  shell evil\\n⋯ test big · [0-9.]+ s · Ctrl-C");
      shell.type("half a line");
      go();
      shell.await("\\+ flow: fetch").awaitScreen("mahavishnu fetch> half a line$");
      assertThat(shell.screen()).doesNotContain("Ctrl-C stops");
      assertThat(shell.raw()).doesNotContain("\u001b[2Jevil");
    }
  }

  @Test
  void ctrl_c_brings_the_prompt_back_at_once_whether_the_model_hears_it_or_not() {
    try (Pty shell = start.main(SHELL)) {
      shell.await("mahavishnu>");
      for (String word : new String[] {"slow", "deaf"}) {
        shell.enter(word).awaitScreen("⋯ test big · [0-9.]+ s · Ctrl-C stops$");
        shell.type("kept");
        long pressed = System.nanoTime();
        shell.interrupt().awaitScreen("stopped; nothing changes\\nmahavishnu> kept$");
        // 0.2 s, and what a busy machine takes to show it.
        assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(1));
        shell.type("\u0015");
      }
    }
  }

  @Test
  void thoughts_are_dimmed_and_harmless_and_go() throws IOException {
    try (Pty shell = start.main(SHELL)) {
      shell.await("mahavishnu>").enter("think hard");
      shell.awaitScreen("\\n  first I look at the files\\n⋯ test big");
      assertThat(shell.raw()).contains("\u001b[2m  first I look at the files");
      go();
      shell.await("\\+ flow: thought");
      assertThat(shell.screen()).doesNotContain("first I look");
    }
  }

  @Test
  void a_question_may_be_answered_in_other_words_or_by_a_number() {
    try (Pty shell = start.main(SHELL)) {
      shell.await("mahavishnu>").enter("colour it");
      shell.await("Which colour\\?\\n  1  red\\n.*1 to 2, other words, or Enter for none:");
      shell.enter("/transcript").await("a command comes after the answer.*1 to 2, other words");
      shell.enter("blue").await("\\+ flow: blue").enter("colour it");
      shell.await("none: blue.*or Enter for none:").enter("2").await("[+~] .*green");
    }
  }

  @Test
  void lookups_stay_above_and_a_line_says_what_it_took() {
    try (Pty shell = start.main(SHELL)) {
      shell.await("mahavishnu>").enter("steps a");
      shell.await("\\nread steps.sh\\n.*\\+ flow: a.*3\\.1 s · 812 → 240 tokens · \\$0\\.0021");
      shell.enter("cost").await("test big: 1 call · 3\\.1 s · 812 → 240 tokens · \\$0\\.0021");
    }
  }

  @Test
  void a_dumb_terminal_gets_lines() throws IOException {
    go();
    try (Pty shell = start.with("TERM", "dumb").main(SHELL)) {
      shell.await("mahavishnu>").enter("slow work");
      shell.await("asking test big; Ctrl-C stops\\n\\+ fetch  shell\\n.*\\+ flow: fetch");
    }
  }

  @Test
  void a_window_of_a_few_lines_gets_lines_too() throws IOException {
    go();
    try (Pty shell = start.sized(60, 6).main(SHELL)) {
      shell.await("mahavishnu>").enter("slow work");
      shell.await("asking test big; Ctrl-C stops\\n\\+ fetch  shell\\n.*\\+ flow: fetch");
    }
  }

  @Test
  void a_session_goes_on_in_the_next_shell_even_after_a_kill() {
    try (Pty shell = start.main(SHELL)) {
      shell.await("mahavishnu>").enter("steps a").await("mahavishnu a>").enter("steps b");
      shell.await("mahavishnu b>");
      ProcessHandle program = ProcessHandle.of(shell.pid()).orElseThrow();
      program.destroyForcibly();
      await().atMost(Duration.ofSeconds(20)).until(() -> !program.isAlive());
    }
    String id = Transcript.all(folder).getFirst().id();
    try (Pty shell = start.main(SHELL, "newest")) {
      shell.await("session " + id + " goes on: 2 things were said, the draft is b");
      shell.enter("transcript").await("> steps a\n.*> steps b\n").enter("steps c");
      shell.await("mahavishnu c>").enter("discard").await("put away").enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    assertThat(Transcript.all(folder)).hasSize(1);
    try (Pty shell = start.main(SHELL, id)) {
      shell.await("session " + id + " goes on: 4 things were said, no draft\nmahavishnu>");
    }
  }

  @Test
  void a_session_that_is_not_there_is_exit_code_2() {
    try (Pty shell = start.main(SHELL, "260101-000000-aaaa")) {
      shell.await("there is no session 260101-000000-aaaa in this workspace");
      assertThat(shell.exitCode()).isEqualTo(2);
    }
  }
}
