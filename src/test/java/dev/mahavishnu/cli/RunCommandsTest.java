package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RunCommandsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FRAGILE =
      """
      flow: fragile
      tasks:
        - {id: first, type: shell, command: 'echo first >> log; echo one'}
        - {id: second, type: shell, command: 'test -f mended; echo second >> log', depends_on: [first]}
        - {id: third, type: compute, value: 3, depends_on: [second]}
      """;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/fragile.yaml"), FRAGILE);
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  private List<String> ids() {
    return commands.run("run", "list", "--output", "json").lines().stream()
        .map(line -> JSON.readTree(line).path("run").asString())
        .toList();
  }

  private List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("flows/log"));
  }

  @Test
  void where_nothing_ran_a_list_is_empty_and_nothing_is_made() {
    assertThat(commands.run("run", "list").err()).isEqualTo("Nothing has run here yet.\n");
    assertThat(commands.run("run", "show", "last").err())
        .isEqualTo("mahavishnu: no run `last`: nothing has run in this workspace yet\n");
    assertThat(folder.resolve(".mahavishnu")).doesNotExist();
  }

  @Test
  void a_list_is_newest_first_and_its_json_has_the_documented_names() {
    commands.run("workflow", "trigger", "fragile");
    commands.run("workflow", "trigger", "fragile");

    CommandLineOf.Result json = commands.run("run", "list", "--output", "json");
    List<JsonNode> runs = json.lines().stream().map(JSON::readTree).toList();

    assertThat(runs).hasSize(2);
    assertThat(runs.getFirst().propertyNames())
        .containsExactly("run", "flow", "state", "started", "seconds", "tasks");
    assertThat(runs.getFirst().path("started").asString())
        .isGreaterThan(runs.getLast().path("started").asString());
    assertThat(commands.run("run", "list", "-n", "1").lines()).hasSize(2);
    assertThat(commands.run("run", "list", "--state", "completed").err())
        .isEqualTo("No such run.\n");
  }

  @Test
  void a_resume_says_first_what_it_keeps_and_runs_and_does_nothing_twice() throws IOException {
    CommandLineOf.Result failed = commands.run("workflow", "trigger", "fragile");
    CommandLineOf.Result dry = commands.run("run", "resume", "last", "--dry-run");
    Files.createFile(folder.resolve("flows/mended"));
    CommandLineOf.Result resumed = commands.run("run", "resume", "last");

    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(dry.lines()).containsExactly("keeps 1: first", "runs 2: second, third");
    assertThat(resumed.lines()).startsWith("keeps 1: first", "runs 2: second, third");
    assertThat(resumed.out()).contains("Completed fragile").doesNotContain("first running");
    assertThat(resumed.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(log()).containsExactly("first", "second");
    assertThat(ids()).hasSize(1);
    assertThat(commands.run("run", "resume", "last").err()).contains("is Completed");
  }

  @Test
  void a_resume_in_json_is_a_plan_the_new_events_and_the_result() throws IOException {
    commands.run("workflow", "trigger", "fragile");
    Files.createFile(folder.resolve("flows/mended"));

    CommandLineOf.Result resumed = commands.run("run", "resume", "last", "--output", "json");
    List<JsonNode> lines = resumed.lines().stream().map(JSON::readTree).toList();

    assertThat(lines.getFirst().path("type").asString()).isEqualTo("plan");
    assertThat(lines.getFirst().path("reuse").get(0).asString()).isEqualTo("first");
    assertThat(lines.get(1).path("type").asString()).isEqualTo("opened");
    assertThat(lines.getLast().path("state").asString()).isEqualTo("COMPLETED");
  }

  @Test
  void a_resume_with_an_edited_flow_makes_a_new_run_that_keeps_what_did_not_change()
      throws IOException {
    commands.run("workflow", "trigger", "fragile");
    Files.writeString(
        folder.resolve("flows/fragile.yaml"), FRAGILE.replace("test -f mended", "true"));

    CommandLineOf.Result resumed =
        commands.run("run", "resume", "last", "--spec", "flows/fragile.yaml");

    assertThat(resumed.lines()).startsWith("keeps 1: first", "runs 2: second, third");
    assertThat(resumed.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(log()).containsExactly("first", "second");
    assertThat(ids()).hasSize(2);
  }

  @Test
  void a_retry_is_a_new_run_linked_to_the_old_one() throws IOException {
    Files.createFile(folder.resolve("flows/mended"));
    commands.run("workflow", "trigger", "fragile");
    String old = ids().getFirst();

    CommandLineOf.Result retried = commands.run("run", "retry", old, "--from", "second");

    assertThat(retried.lines()).startsWith("keeps 1: first", "runs 2: second, third");
    assertThat(log()).containsExactly("first", "second", "second");
    assertThat(commands.run("run", "show", "last").out()).contains("from        " + old);
    assertThat(commands.run("run", "retry", old, "--from", "nowhere").code())
        .isNotEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void a_run_is_meant_by_the_beginning_or_the_end_of_its_id() {
    commands.run("workflow", "trigger", "fragile");
    commands.run("workflow", "trigger", "fragile");
    String id = ids().getFirst();
    String end = id.substring(id.length() - 4);

    assertThat(commands.run("run", "show", id).lines().getFirst()).endsWith(id);
    assertThat(commands.run("run", "show", end).lines().getFirst()).endsWith(id);
    assertThat(commands.run("run", "show", "last").lines().getFirst()).endsWith(id);
    assertThat(commands.run("run", "show", id.substring(0, 4)).err()).contains("more than one run");
    assertThat(commands.run("run", "show", "1" + end.substring(1)).err())
        .contains("did you mean `" + end + "`?");
  }

  @Test
  void a_run_shows_its_tasks_and_the_age_of_its_checkpoint() {
    commands.run("workflow", "trigger", "fragile");

    CommandLineOf.Result text = commands.run("run", "show", "last");
    JsonNode json = JSON.readTree(commands.run("run", "show", "last", "--output", "json").out());

    assertThat(text.out())
        .contains("state       Failed", "checkpoint  ", "✓ first", "✗ second", "✗ third");
    assertThat(json.path("task_runs")).hasSize(3);
    assertThat(json.path("status").path("name").asString()).isEqualTo("Failed");
    assertThat(json.path("outputs").isObject()).isTrue();
  }

  @Test
  void logs_are_those_of_a_run_or_of_one_task() throws IOException {
    Files.writeString(
        folder.resolve("flows/talks.yaml"),
        """
        flow: talks
        tasks:
          - {id: a, type: shell, command: 'echo out; echo err >&2'}
          - {id: b, type: shell, map: [1, 2], command: 'echo item ${{ item }}', depends_on: [a]}
        """);
    commands.run("workflow", "trigger", "talks");

    assertThat(commands.run("run", "logs", "last", "a").lines())
        .containsExactlyInAnyOrder("out", "err");
    assertThat(commands.run("run", "logs", "last").lines())
        .contains("a | out", "b[0] | item 1", "b[1] | item 2");
    assertThat(commands.run("run", "logs", "last", "b").lines()).hasSize(2);
    assertThat(commands.run("run", "logs", "last", "b[1]", "--output", "json").lines())
        .singleElement()
        .satisfies(
            line -> assertThat(JSON.readTree(line).path("text").asString()).isEqualTo("item 2"));
    assertThat(commands.run("run", "logs", "last", "a", "--follow").code())
        .isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void runs_are_deleted_and_pruned_but_not_what_can_be_resumed() throws IOException {
    Files.writeString(
        folder.resolve("flows/asks.yaml"),
        "flow: asks\ntasks:\n  - {id: ask, type: approval, message: Well?}\n");
    Files.createFile(folder.resolve("flows/mended"));
    commands.run("workflow", "trigger", "asks");
    commands.run("workflow", "trigger", "fragile");
    commands.run("workflow", "trigger", "fragile");
    List<String> ids = ids();

    assertThat(commands.run("run", "prune").code()).isEqualTo(ExitCode.USAGE);
    assertThat(commands.run("run", "prune", "--before", "7d").err())
        .isEqualTo("Nothing to delete.\n");
    assertThat(commands.run("run", "prune", "--before", "soon").code()).isEqualTo(ExitCode.USAGE);
    assertThat(commands.run("run", "prune", "--keep-last", "1", "--dry-run").lines())
        .containsExactly("would delete " + ids.get(1));
    assertThat(ids()).hasSize(3);
    assertThat(commands.run("run", "prune", "--keep-last", "0").lines()).hasSize(2);
    assertThat(ids()).containsExactly(ids.getLast());
    assertThat(commands.run("run", "delete", "last", "nope").code()).isEqualTo(ExitCode.USAGE);
    assertThat(commands.run("run", "delete", "last").out())
        .isEqualTo("deleted " + ids.getLast() + "\n");
    assertThat(ids()).isEmpty();
  }

  @Test
  void commands_for_a_run_that_is_over_say_so() {
    commands.run("workflow", "trigger", "fragile");
    commands.run("run", "cancel", "last");

    assertThat(commands.run("run", "approve", "last").err()).contains("waits for nobody");
    assertThat(commands.run("run", "pause", "last").code()).isNotEqualTo(ExitCode.COMPLETED);
    assertThat(commands.run("run", "watch", "last").out()).contains("fragile");
  }
}
