package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mahavishnu.llm.Asked;
import dev.mahavishnu.llm.ScriptedModel;
import dev.mahavishnu.llm.ScriptedReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Mahavishnu in a real terminal, with a model behind a real connection. */
@Timeout(240)
final class WholeConversationTest {
  private static final String FLOW =
      """
      {"outcome": "flow", "because": [], "edits": null, "question": null, "refusal": null, "flow": {
        "flow": "orders",
        "tasks": [
          {"id": "fetch", "type": "shell", "command": "./fetch.sh"},
          {"id": "clean", "type": "shell", "command": "./clean.sh", "depends_on": ["fetch"]},
          {"id": "load", "type": "shell", "command": "./load.sh", "depends_on": ["clean"]}]}}
      """;

  private static final String EDITS =
      """
      {"outcome": "edits", "flow": null, "question": null, "refusal": null,
       "because": [{"touches": "fetch.retries", "words": "retry the fetch three times"}],
       "edits": [{"op": "set", "task": "fetch", "field": "retries", "value": 3}]}
      """;

  @TempDir Path folder;
  @TempDir Path home;
  @TempDir Path wire;
  private Pty.Start start = new Pty.Start(Path.of("/"), Path.of("/"));
  private ScriptedModel model;

  @BeforeAll
  static void terminals() {
    assumeTrue(Pty.isThere(), "no util-linux script here to make a terminal");
  }

  @BeforeEach
  void enter() throws IOException {
    model = ScriptedModel.start(wire.resolve("wire.log"));
    start =
        new Pty.Start(folder, home)
            .with("MAHAVISHNU_LLM__BASE_URL", model.baseUrl())
            .with("MAHAVISHNU_LLM__MODEL", "scripted");
    Pty.script(folder, "fetch", "true");
    Pty.script(folder, "clean", "cat ordres.csv");
    Pty.script(folder, "load", "true");
    Files.writeString(folder.resolve("orders.csv"), "1\n");
  }

  @AfterEach
  void leave() {
    model.close();
  }

  /** The number of the piece of evidence that has these words. */
  private static String piece(Asked asked, String words) {
    Matcher line =
        Pattern.compile("(?m)^\\W*(E\\d+)\\b.*" + Pattern.quote(words)).matcher(asked.prompt());
    assertThat(line.find()).as("evidence with %s in %s", words, asked.prompt()).isTrue();
    return line.group(1);
  }

  private void explains() {
    model.when(
        _ -> true,
        asked ->
            ScriptedReply.text(
                "{\"text\": \"`clean` reads `ordres.csv`, which is not there.\", \"cites\": [\""
                    + piece(asked, "No such file")
                    + "\"]}"));
  }

  private void repairs() {
    model.when(
        _ -> true,
        asked ->
            ScriptedReply.text(
                """
                {"outcome": "patch", "why": "The file is named orders.csv.", "cites": ["%s"],
                 "edits": null, "patch": {"file": "clean.sh",
                   "replace": [{"find": "ordres.csv", "with": "orders.csv"}]}}
                """
                    .formatted(piece(asked, "No such file"))));
  }

  @Test
  void plan_refine_run_fail_why_fix_resume() throws IOException {
    model.then(ScriptedReply.text(FLOW).dripped(24, Duration.ofMillis(60))).then(EDITS);
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("fetch orders, clean them and load them");
      shell.awaitScreen("\\+ fetch.*\\n⋯ .*scripted · [0-9.]+ s.*Ctrl-C stops$");
      shell.await("\\+ flow: orders.*[0-9.]+ s · [0-9,]+ → [0-9,]+ tokens.*mahavishnu orders>");
      shell.enter("retry the fetch three times");
      shell.await("~ task fetch\\n\\+ +retries: 3\\n.*mahavishnu orders>").enter("run");
      shell.await("ordres\\.csv: No such file.*Failed orders").awaitScreen("mahavishnu orders>$");
      assertThat(folder.resolve("log")).hasContent("fetch\nclean\n");

      explains();
      shell.enter("why did it fail?").await("clean Failed.*`clean` reads `ordres.csv`");
      repairs();
      shell.enter("fix it").await("The file is named orders.csv\\..*--- clean\\.sh\\n");
      shell.await("-cat ordres\\.csv\\n\\+cat orders\\.csv\\n.*keeps 1: fetch\\nruns 2: ");
      shell.await("apply and resume\\? \\[y/N\\]").enter("y");
      shell.await("changed clean\\.sh.*Completed orders").awaitScreen("mahavishnu orders>$");
      assertThat(folder.resolve("log")).hasContent("fetch\nclean\nclean\nload\n");

      shell.enter("cost").await("scripted: [45] calls").enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    assertThat(model.left()).isZero();
    assertThat(Transcript.all(folder.resolve(".mahavishnu")).getFirst().read())
        .extracting(Exchange::said)
        .containsExactly(
            "fetch orders, clean them and load them",
            "retry the fetch three times",
            "run",
            "why did it fail?",
            "fix it");
  }

  @Test
  void ctrl_c_in_mid_stream_hangs_up_and_brings_the_prompt_back() throws Exception {
    model.then(ScriptedReply.text(FLOW).stallingAfter(160));
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("fetch orders, clean them and load them");
      assertThat(model.awaitStall(Duration.ofSeconds(60))).isTrue();
      shell.awaitScreen("\\n⋯ .*scripted · [0-9.]+ s.*Ctrl-C stops$").type("half");
      long pressed = System.nanoTime();
      shell.interrupt().awaitScreen("stopped; nothing changes\\n(.*\\n)?mahavishnu> half$");
      // 0.2 s, and what a busy machine takes to show it.
      assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(1));
      assertThat(model.awaitLeft(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void a_run_goes_on_beside_the_model_and_ctrl_c_stops_what_came_last() throws Exception {
    Pty.script(folder, "clean", "while ! [ -e go ]; do sleep 0.05; done");
    model.then(FLOW).then(ScriptedReply.text(EDITS).stallingAfter(20));
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("fetch orders, clean them and load them");
      shell.await("mahavishnu orders>").enter("run");
      shell.awaitScreen("Running.*clean +[0-9.]+s").enter("retry the fetch three times");
      assertThat(model.awaitStall(Duration.ofSeconds(60))).isTrue();
      shell.awaitScreen("orders \\d{6}.*Running.*⋯ .*scripted · [0-9.]+ s.*Ctrl-C stops$");
      shell.interrupt().await("stopped; nothing changes");
      shell.awaitScreen("mahavishnu orders>\\n+. orders \\d{6}.*Running");
      assertThat(shell.screen()).doesNotContain("Ctrl-C stops");
      Files.createFile(folder.resolve("go"));
      shell.await("Completed orders").awaitScreen("mahavishnu orders>$");
      assertThat(shell.all()).doesNotContain("Suspended");
    }
  }

  @Test
  void the_next_shell_knows_what_was_said() {
    model.then(FLOW).then(EDITS);
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("fetch orders, clean them and load them");
      shell.await("mahavishnu orders>").enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    try (Pty shell = start.run("--continue")) {
      shell.await("goes on: 1 thing was said, the draft is orders\\nmahavishnu orders>");
      shell.enter("retry the fetch three times").await("\\+ +retries: 3");
    }
    assertThat(model.asked().getLast().prompt()).contains("fetch orders, clean them and load them");
  }
}
