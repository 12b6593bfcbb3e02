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

/** Editing at the prompt, in a real terminal. */
@Timeout(180)
final class PromptTerminalTest {
  private static final String RIGHT = "\u001bOC";
  private static final String UP = "\u001bOA";
  private static final String NEXT_WORD = "\u001bf";
  private static final String EDIT = "\u0018\u0005";
  private static final String CLEAR = "\u0015";

  @TempDir Path folder;
  @TempDir Path home;
  private Pty.Start start = new Pty.Start(Path.of("/"), Path.of("/"));

  @BeforeAll
  static void terminals() {
    assumeTrue(Pty.isThere(), "no util-linux script here to make a terminal");
  }

  @BeforeEach
  void enter() throws IOException {
    start = new Pty.Start(folder, home);
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/orders.yaml"),
        """
        flow: orders
        description: Load one day of orders
        parameters:
          - {name: day, type: date, default: "2026-01-02"}
          - {name: dry, type: boolean}
        tasks:
          - {id: load_orders, type: compute, value: 1}
        """);
  }

  @Test
  void tab_lists_what_may_follow_with_a_few_words_and_finds_what_is_nearly_typed() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").type("/run \t");
      shell.awaitScreen("cancel +\\(Stop a run for good\\).*resume +\\(Go on with");
      shell.type(CLEAR).type("run lgs\t").awaitScreen("mahavishnu> run logs$");
      shell.type(CLEAR).type("wkfl\t").awaitScreen("mahavishnu> workflow$");
      shell.type(CLEAR).type("workflow trigger --name or\t").awaitScreen("--name orders$");
      shell.type("--param \t").awaitScreen("day= +\\(date, 2026-01-02 by def.*dry= +\\(boolean");
      shell.type("a\t\t").awaitScreen("--param day=2026-01-02$");
      shell.enter("--param dry=true").await("Completed orders");
      shell
          .type("run show \t")
          .awaitScreen("last +\\(the newest run\\).*\\(orders, Completed, .* ago");
      shell.type(CLEAR).type("run logs last \t").awaitScreen("run logs last load_orders$");
    }
  }

  @Test
  void the_rest_of_a_line_from_before_is_dimmed_and_taken_by_the_right_arrow() {
    try (Pty shell = start.run()) {
      shell
          .await("mahavishnu>")
          .enter("!echo one two three")
          .await("\none two three.*mahavishnu>$");
      shell.type("!ec").awaitScreen("mahavishnu> !echo one two three$");
      shell.awaitRaw("\u001b\\[[0-9;]*2m(e|ec|)ho one two three");
      // What is only shown is not entered.
      shell.enter("").await("!ec\n.*exit code 127.*mahavishnu>$");
      shell.type("!echo").awaitScreen("mahavishnu> !echo one two three$");
      shell.type(NEXT_WORD).type(NEXT_WORD).enter("").await("\none two\n.*mahavishnu>$");
      shell.type("!echo one two th").awaitScreen("!echo one two three$");
      shell.type(RIGHT).enter("").await("\none two three\n.*\none two three\n.*mahavishnu>$");
    }
  }

  @Test
  void nothing_is_guessed_where_it_could_not_be_told_from_what_is_typed() {
    for (Pty.Start plain :
        new Pty.Start[] {start.with("NO_COLOR", "1"), start.with("TERM", "dumb")}) {
      try (Pty shell = plain.run()) {
        shell.await("mahavishnu>").enter("!echo one two three").await("\none two three");
        shell.enter("!ec").await("exit code 127");
        shell.enter("run list --limit 3").await("Nothing has run");
        assertThat(shell.raw())
            .doesNotContainPattern("\u001b\\[[0-9;]*2m")
            .doesNotContain("\u001b[36m");
      }
    }
  }

  @Test
  void a_line_is_coloured_by_how_it_will_be_taken() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").type("run list --limit 3");
      shell.awaitRaw("\u001b\\[1m(r|run)").awaitRaw("\u001b\\[36m[^\u001b]*-");
      shell.type(CLEAR).type("put ${{ params.day }} there");
      shell.awaitScreen("put \\$\\{\\{ params.day \\}\\} there$").awaitRaw("\u001b\\[35m");
      shell.type(CLEAR).type("say \"hi").awaitRaw("\u001b\\[33m");
    }
    try (Pty shell = start.run("--set", "output.theme=light")) {
      shell.await("mahavishnu>").type("run list --limit 3");
      shell.awaitRaw("\u001b\\[34m[^\u001b]*-");
      assertThat(shell.raw()).doesNotContain("\u001b[36m");
    }
  }

  @Test
  void three_quotes_begin_and_end_a_text_of_many_lines() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("'''").awaitScreen("'''\n'''\\.\\.\\. *$");
      shell.enter("run ./a.sh").enter("then run ./b.sh").enter("'''").await("\\+ flow: a_to_b");
      shell.enter("discard").await("put away");
      shell.enter("'''").enter("flow: pasted").enter("tasks:");
      shell.enter("  - {id: one, type: compute, value: 1}").enter("'''");
      shell.await("\\+ flow: pasted.*mahavishnu pasted>");
    }
  }

  @Test
  void the_line_is_edited_in_the_persons_editor_and_comes_back_to_the_prompt() throws IOException {
    Files.writeString(folder.resolve("ed.sh"), "sed -i s/a.sh/z.sh/ \"$1\"\n");
    try (Pty shell = start.with("EDITOR", "sh ed.sh").run()) {
      shell.await("mahavishnu>").type("run ./a.sh" + EDIT).awaitScreen("mahavishnu> run ./z.sh$");
      shell.enter(" then run ./b.sh").await("\\+ flow: z_to_b");
    }
    try (Pty shell = start.with("EDITOR", "false").run()) {
      shell.await("mahavishnu( z_to_b)?>").type("half a line" + EDIT);
      shell.await("exit code 1").awaitScreen("> half a line$");
    }
  }

  @Test
  void a_line_with_a_secret_is_not_kept_and_a_line_is_kept_once() throws IOException {
    String key = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD";
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").enter("!echo " + key + " | wc -c").await("\n49");
      shell.enter("!echo one").await("\none\n").enter("!echo two").await("\ntwo\n");
      shell.enter("!echo one").await("\none\n.*\none\n").enter("exit");
      assertThat(shell.exitCode()).isZero();
    }
    Path history = home.resolve(".local/state/mahavishnu/history");
    assertThat(Files.readString(history)).doesNotContain("sk-proj").contains("!echo two");
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").type(UP + UP).awaitScreen("mahavishnu> !echo one$");
      shell.type(UP).awaitScreen("mahavishnu> !echo two$");
      assertThat(shell.all()).doesNotContain("sk-proj");
    }
  }

  @Test
  void text_that_is_longer_than_the_screen_goes_to_the_pager_which_gets_all_keys()
      throws IOException {
    Files.writeString(
        folder.resolve("pg.sh"), "sed 1q; printf 'page> '; read k </dev/tty; echo \"<$k>\"\n");
    Pty.Start paging = start.with("PAGER", "sh pg.sh").sized(100, 15);
    try (Pty shell = paging.run()) {
      shell.await("mahavishnu>").enter("run list").await("Nothing has run");
      shell.enter("/deployment apply --help").await("Usage: mahavishnu deployment.*page> *$");
      shell.enter("to the pager").await("<to the pager>.*mahavishnu> *$");
      shell.enter("help save").await("save: write the draft");
    }
    try (Pty program = paging.run("deployment", "apply", "--help")) {
      program.await("page> *$").enter("keys").await("<keys>");
      assertThat(program.exitCode()).isZero();
    }
    try (Pty program = paging.run("deployment", "apply", "--help", "--set", "output.pager=never")) {
      program.await("Examples:.*deployment apply orders");
      assertThat(program.exitCode()).isZero();
      assertThat(program.all()).doesNotContain("page>");
    }
    try (Pty program = start.with("PAGER", "nowhere").sized(100, 15).run("run", "logs", "--help")) {
      program.await("Examples:.*run logs last --follow");
      assertThat(program.exitCode()).isZero();
    }
  }

  @Test
  void less_is_the_pager_where_it_is() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/less")), "no less here");
    try (Pty shell = start.sized(100, 15).run()) {
      shell
          .await("mahavishnu>")
          .enter("/deployment apply --help")
          .awaitScreen("Usage: mahavishnu deployment");
      shell.type("G").awaitScreen("Examples:.*\\(END\\)$");
      shell.type("q").awaitScreen("mahavishnu>$").enter("help save").await("save: write the draft");
    }
  }

  @Test
  void wide_and_right_to_left_text_is_edited_as_it_is_seen() {
    try (Pty shell = start.run()) {
      shell.await("mahavishnu>").type("!echo 漢字 שלום éx\u007f").awaitScreen("!echo 漢字 שלום é$");
      shell.enter("").await("\n漢字 שלום é\n");
      shell.type("!echo 漢").awaitScreen("!echo 漢字 שלום é$");
      shell.type(RIGHT + "\u007f\u007f!").enter("").await("\n漢字 שלום!\n");
    }
  }

  @Test
  void help_and_the_tour_fit_on_a_common_screen_and_a_small_one_still_works() {
    try (Pty shell = start.sized(80, 24).run()) {
      shell.await("Say what should happen.*Ctrl-D leaves.*mahavishnu>").enter("help");
      shell.awaitScreen("Say what should happen\\. It becomes.*help run list\nmahavishnu>$");
    }
    try (Pty shell = start.sized(60, 15).run()) {
      shell.await("mahavishnu>").type("run res\t").awaitScreen("mahavishnu> run resume$");
      shell.type(CLEAR).type("/run \t").awaitScreen("possibilities|cancel");
    }
  }
}
