package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.Asked;
import dev.mahavishnu.llm.ScriptedModel;
import dev.mahavishnu.llm.ScriptedReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole conversations with a model, from the command line to the wire and back. */
final class ConversationTest {
  private static final String FIRST = "fetch orders, clean them, load them, tell me if it fails";
  private static final String SECOND =
      "also run it weekdays at six Berlin time and retry the fetch three times";

  private static final String FLOW =
      """
      {"outcome": "flow", "because": [], "edits": null, "question": null, "refusal": null, "flow": {
        "flow": "orders",
        "tasks": [
          {"id": "fetch", "type": "shell", "command": "./fetch.sh"},
          {"id": "clean", "type": "shell", "command": "./clean.sh", "depends_on": ["fetch"]},
          {"id": "load", "type": "shell", "command": "./load.sh", "depends_on": ["clean"]}],
        "on_failure": [{"id": "tell", "type": "shell", "command": "echo orders failed >> told"}]}}
      """;

  private static final String EDITS =
      """
      {"outcome": "edits", "flow": null, "question": null, "refusal": null,
       "because": [
         {"touches": "flow.schedules", "words": "weekdays at six Berlin time"},
         {"touches": "fetch.retries", "words": "retry the fetch three times"}],
       "edits": [
         {"op": "set", "task": null, "field": "schedules",
          "value": [{"cron": "0 6 * * 1-5", "timezone": "Europe/Berlin"}]},
         {"op": "set", "task": "fetch", "field": "retries", "value": 3}]}
      """;

  @TempDir Path folder;
  private CommandLineOf commands;
  private ScriptedModel model;

  @BeforeEach
  void workspace() throws IOException {
    for (String name : List.of("fetch", "clean", "load")) {
      script(name + ".sh", "echo " + name + " >> log");
    }
    Path work = Files.createDirectories(folder.resolve("work"));
    model = ScriptedModel.start(folder.resolve("wire.log"));
    commands =
        new CommandLineOf(work)
            .with("MAHAVISHNU_HOME", folder.resolve("none").toString())
            .with("MAHAVISHNU_LLM__BASE_URL", model.baseUrl())
            .with("MAHAVISHNU_LLM__MODEL", "scripted");
  }

  @AfterEach
  void close() {
    model.close();
  }

  private void script(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("work")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> log() throws IOException {
    Path log = folder.resolve("work/log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private CommandLineOf.Result saying(String... lines) {
    return commands.typing(String.join("\n", lines) + "\n").run("--yes");
  }

  @Test
  void a_sentence_becomes_a_draft_the_next_changes_just_what_it_names_and_run_runs_it()
      throws IOException {
    model.then(FLOW).then(EDITS);

    CommandLineOf.Result result = saying(FIRST, SECOND, "run");

    assertThat(result.err()).doesNotContain("mahavishnu:");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(log()).containsExactly("fetch", "clean", "load");
    assertThat(folder.resolve("work/told")).doesNotExist();
    // A difference: just what the second sentence names, and then the run.
    assertThat(result.out())
        .containsPattern(
            "\\+ schedules: \\[\\{cron: \"0 6 \\* \\* 1-5\", timezone: Europe/Berlin}]\n"
                + "~ task fetch\n\\+ +retries: 3\n[^+~-]*run \\S+ of orders, 4 tasks");
    assertThat(result.out()).containsOnlyOnce("command: ./load.sh");
  }

  @Test
  void the_model_is_told_the_draft_the_schema_and_the_workspace() {
    model.then(FLOW).then(EDITS);
    saying(FIRST, SECOND);

    assertThat(model.asked()).hasSize(2);
    Asked first = model.asked().get(0);
    Asked second = model.asked().get(1);
    assertThat(first.lastUser()).contains(FIRST, "fetch.sh", "clean.sh", "load.sh");
    assertThat(first.lastUser()).doesNotContain("orders failed");
    assertThat(first.schema()).contains("\"outcome\"", "\"depends_on\"").doesNotContain("add_task");
    assertThat(second.lastUser()).contains(SECOND, FIRST, "orders failed", "./load.sh");
    assertThat(second.schema()).contains("add_task");
    assertThat(second.system()).isNotEmpty().contains("You propose");
  }

  @Test
  void replies_that_come_in_the_wrong_order_are_refused_and_run_nothing() throws IOException {
    // What belongs to the second sentence can't answer the first: there is no draft to edit.
    for (int i = 0; i < 3; i++) {
      model.when(a -> !a.prompt().contains(SECOND), ScriptedReply.text(EDITS));
    }
    for (int i = 0; i < 3; i++) {
      model.when(a -> a.prompt().contains(SECOND), ScriptedReply.text(FLOW));
    }

    CommandLineOf.Result result = saying(FIRST, SECOND, "run");

    assertThat(result.code()).isEqualTo(ExitCode.INVALID);
    assertThat(log()).isEmpty();
  }

  @Test
  void a_whole_flow_that_drops_what_the_person_did_not_name_is_no_answer_to_a_change()
      throws IOException {
    model.then(FLOW);
    String other = FLOW.replace("./load.sh", "./loud.sh");
    model.then(other).then(other).then(other);

    CommandLineOf.Result result = saying(FIRST, SECOND, "run");

    assertThat(result.code()).isEqualTo(ExitCode.INVALID);
    assertThat(result.out() + result.err()).contains("<stdin>:2");
    assertThat(log()).isEmpty();
  }

  @Test
  void what_failed_is_explained_from_its_log_and_repaired_without_doing_anything_twice()
      throws IOException {
    script("clean.sh", "cat ordres.csv && echo clean >> log");
    Files.writeString(folder.resolve("work/orders.csv"), "1\n");
    Files.createDirectories(folder.resolve("work/flows"));
    Files.writeString(
        folder.resolve("work/flows/orders.yaml"),
        """
        flow: orders
        tasks:
          - {id: fetch, type: shell, command: echo fetch >> log, working_dir: ..}
          - {id: clean, type: shell, command: cat ordres.csv && echo clean >> log, working_dir: .., depends_on: [fetch]}
          - {id: load, type: shell, command: echo load >> log, working_dir: .., depends_on: [clean]}
        """);
    CommandLineOf.Result failed = commands.run("workflow", "trigger", "orders");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(log()).containsExactly("fetch");

    model.when(
        a -> true,
        a ->
            ScriptedReply.text(
                "{\"text\": \"`clean` reads `ordres.csv`, which is not there.\", \"cites\": [\""
                    + piece(a, "No such file")
                    + "\"]}"));
    CommandLineOf.Result why = commands.typing("why did it fail?\n").run();

    assertThat(why.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(why.out()).contains("`clean` reads `ordres.csv`");
    String cited = why.out().substring(why.out().indexOf("`clean` reads"));
    assertThat(cited).contains("ordres.csv: No such file");

    model.when(
        a -> true,
        a ->
            ScriptedReply.text(
                """
                {"outcome": "edits", "why": "The file is named orders.csv.", "cites": ["%s"], "patch": null,
                 "edits": [{"op": "set", "task": "clean", "field": "command",
                            "value": "cat orders.csv && echo clean >> log"}]}
                """
                    .formatted(piece(a, "No such file"))));
    CommandLineOf.Result fix = commands.typing("fix\n").run("--yes");

    assertThat(fix.err()).doesNotContain("mahavishnu:");
    assertThat(fix.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(fix.out()).contains("ordres.csv", "orders.csv", "keeps 1: fetch", "Completed");
    assertThat(log()).containsExactly("fetch", "clean", "load");
  }

  /** The number of the piece of evidence that has these words. */
  private static String piece(Asked asked, String words) {
    Matcher line =
        Pattern.compile("(?m)^\\W*(E\\d+)\\b.*" + Pattern.quote(words)).matcher(asked.prompt());
    assertThat(line.find()).as("evidence with %s in %s", words, asked.prompt()).isTrue();
    return line.group(1);
  }

  @Test
  void a_repair_without_a_yes_changes_nothing() throws IOException {
    what_failed_is_there();
    model.when(
        a -> true,
        a ->
            ScriptedReply.text(
                """
                {"outcome": "edits", "why": "w", "cites": ["%s"], "patch": null,
                 "edits": [{"op": "set", "task": "a", "field": "command", "value": "echo a >> log"}]}
                """
                    .formatted(piece(a, "No such file"))));

    CommandLineOf.Result fix = commands.typing("fix\n").run();

    assertThat(fix.code()).isEqualTo(ExitCode.APPROVAL);
    assertThat(log()).isEmpty();
  }

  private void what_failed_is_there() throws IOException {
    Files.createDirectories(folder.resolve("work/flows"));
    Files.writeString(
        folder.resolve("work/flows/x.yaml"),
        "flow: x\ntasks:\n  - {id: a, type: shell, command: cat missing.csv, working_dir: ..}\n");
    assertThat(commands.run("workflow", "trigger", "x").code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void without_a_key_the_offline_planner_answers_and_says_once_how_to_get_more() {
    CommandLineOf offline =
        new CommandLineOf(folder.resolve("work"))
            .with("MAHAVISHNU_HOME", folder.resolve("none").toString());

    CommandLineOf.Result understood = offline.typing("run ./fetch.sh then run ./load.sh\n").run();
    CommandLineOf.Result not =
        offline.typing("frobnicate it\nfrobnicate it again\n").run("--keep-going");

    assertThat(understood.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(understood.out() + understood.err()).doesNotContain("OPENAI_API_KEY");
    assertThat(not.code()).isEqualTo(ExitCode.INVALID);
    assertThat(not.err()).containsOnlyOnce("OPENAI_API_KEY");
    assertThat(model.asked()).isEmpty();
  }

  @Test
  void a_wrong_key_is_said_in_the_providers_words_and_ends_in_4() {
    model.requiring("right");
    commands.with("OPENAI_API_KEY", "wrong-but-long-enough");

    CommandLineOf.Result result = saying("run ./fetch.sh", "run");

    assertThat(result.err()).contains("Incorrect API key provided").doesNotContain("wrong-but");
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(commands.run("-c", FIRST, "--set", "llm.provider=offline").code())
        .isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_sentence_on_the_command_line_goes_to_the_model_unless_it_is_told_not_to() {
    model.then(FLOW);

    CommandLineOf.Result planned = commands.run("workflow", "plan", FIRST);
    CommandLineOf.Result offline =
        commands.run("workflow", "plan", FIRST, "--set", "llm.provider=offline");

    assertThat(planned.out()).startsWith("flow: orders\n").contains("./fetch.sh");
    assertThat(planned.err()).contains("openai scripted: ", "1000 tokens sent, 100 received");
    assertThat(planned.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(offline.code()).isEqualTo(ExitCode.INVALID);
    assertThat(model.asked()).hasSize(1);
  }

  @Test
  void an_answer_that_was_cut_short_proposes_nothing() throws IOException {
    for (int i = 0; i < 3; i++) {
      model.then(ScriptedReply.text(FLOW).cutAfter(FLOW.indexOf("on_failure")));
    }
    CommandLineOf.Result cut = saying(FIRST, "run");

    assertThat(cut.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(log()).isEmpty();
  }
}
