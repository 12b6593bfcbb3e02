package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The debugger as a person uses it, in a real terminal. */
@Timeout(180)
final class DebuggerTerminalTest {
  private static final String ORDERS =
      """
      flow: orders
      tasks:
        - {id: extract, type: shell, command: 'echo extract >> log; echo three'}
        - {id: load, type: shell, command: 'echo load >> log; echo "loaded ${{ tasks.extract.output }}"'}
        - {id: report, type: shell, command: 'echo report >> log; echo "plain ${{ tasks.load.output }}"'}
      """;

  @TempDir Path folder;
  @TempDir Path home;
  private Pty.Start start = new Pty.Start(Path.of("/"), Path.of("/"));

  @BeforeAll
  static void terminals() {
    assumeTrue(Pty.isThere(), "no util-linux script here to make a terminal");
  }

  @BeforeEach
  void enter() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/orders.yaml"), ORDERS);
    Path editor = folder.resolve("editor.sh");
    Files.writeString(editor, "#!/bin/sh\nsed -i s/plain/edited/ \"$1\"\n");
    assertThat(editor.toFile().setExecutable(true)).isTrue();
    start = new Pty.Start(folder, home).with("EDITOR", editor.toString());
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("flows/log"));
  }

  @Test
  void a_run_is_stopped_looked_at_edited_and_goes_on_with_what_is_done() throws IOException {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("debug orders");
      shell.await("Paused, before extract.*mahavishnu debug \\w{4}>");
      shell.enter("break load").await("stops at load");
      shell.enter("c").await("before load \\(breakpoint load\\).*debug \\w{4}>");
      shell.enter("print tasks.extract.output").await("three");
      shell.enter("edit report").await("~ task report.*keeps 1: extract.*runs 2: load, report");
      shell.enter("why report").await("report waits.*it waits for load");
      shell.enter("back").await("as it was after event");
      shell.enter("continue").await("Completed orders.*edited loaded three");
      shell.enter("done").await("stays as it is.*mahavishnu>");
      assertThat(log()).containsExactly("extract", "load", "report");
    }
  }

  @Test
  void a_run_stands_where_it_stood_after_its_shell_was_killed() throws IOException {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("debug orders").await("debug \\w{4}>");
      shell.enter("break load").await("stops at load");
      shell.enter("continue").await("before load \\(breakpoint load\\)");
      ProcessHandle program = ProcessHandle.of(shell.pid()).orElseThrow();
      program.destroyForcibly();
      await().atMost(Duration.ofSeconds(20)).until(() -> !program.isAlive());
    }
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("debug last");
      shell.await("Paused, before load \\(breakpoint load\\).*stops at load.*debug \\w{4}>");
      shell.enter("step").await("stands there|before report");
      shell.enter("shell extract pwd").await(folder.resolve("flows").toString());
      shell.enter("fork load").await("keeps 1: extract.*before load \\(breakpoint load\\)");
      shell.enter("diff").await("load: Completed in .* -> not run");
      assertThat(log()).containsExactly("extract", "load");
    }
  }
}
