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

/** The debugger by its commands, on the real engine. */
final class DebugCommandsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ORDERS =
      """
      flow: orders
      parameters:
        - {name: day, type: string, default: monday}
      tasks:
        - {id: extract, type: shell, command: 'echo extract >> log; echo ${{ params.day }}'}
        - id: clean
          type: shell
          command: 'echo clean >> log; echo "${{ tasks.extract.output }}-clean"'
        - id: load
          type: shell
          env: [{name: WHAT, value: "${{ tasks.clean.output }}"}]
          command: 'echo load >> log; test "$WHAT" != monday-clean && echo "loaded $WHAT"'
        - {id: report, type: compute, value: "${{ tasks.load.output }}!"}
      """;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(folder.resolve("flows/orders.yaml"), ORDERS);
    commands =
        new CommandLineOf(folder)
            .with("MAHAVISHNU_HOME", folder.resolve("none").toString())
            .with("USER", "ada");
  }

  private CommandLineOf.Result good(String... words) {
    CommandLineOf.Result result = commands.run(words);
    assertThat(result.code()).as("%s: %s%s", List.of(words), result.out(), result.err()).isZero();
    return result;
  }

  private JsonNode json(String... words) {
    return JSON.readTree(good(words).lines().getLast());
  }

  private List<String> log() throws IOException {
    Path log = folder.resolve("flows/log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Test
  void a_run_stands_at_a_breakpoint_is_looked_at_changed_and_goes_on() throws IOException {
    JsonNode begun = json("debug", "orders", "--output", "json");
    assertThat(begun.path("stands").path("task").asString()).isEqualTo("extract");
    assertThat(log()).isEmpty();

    assertThat(good("run", "break", "last", "load").lines()).containsExactly("stops at load");
    CommandLineOf.Result stopped = good("run", "continue", "last");
    assertThat(stopped.out()).contains("stops before load, breakpoint load");
    assertThat(log()).containsExactly("extract", "clean");

    JsonNode where = json("run", "where", "last", "--output", "json");
    assertThat(where.path("stands").toString())
        .isEqualTo("{\"task\":\"load\",\"attempt\":1,\"moment\":\"before\",\"why\":\"load\"}");
    assertThat(where.path("next").toString()).isEqualTo("[\"load\"]");
    assertThat(good("run", "print", "last", "tasks.clean.output").lines())
        .containsExactly("monday-clean");
    assertThat(good("run", "print", "last", "size(tasks.extract.output) + 1").lines())
        .containsExactly("7");
    assertThat(good("run", "env", "last", "load").out()).contains("WHAT=monday-clean");
    assertThat(json("run", "inputs", "last", "load", "--output", "json").path("tasks").toString())
        .isEqualTo("{\"clean\":{\"state\":\"COMPLETED\",\"output\":\"monday-clean\"}}");

    assertThat(good("run", "set", "last", "tasks.clean.output", "sunday", "--why", "wrong").lines())
        .containsExactly("keeps 2: extract, clean", "runs 2: load, report");
    CommandLineOf.Result done = good("run", "continue", "last");
    assertThat(done.out()).contains("Completed orders", "report = loaded sunday!");
    assertThat(log()).containsExactly("extract", "clean", "load");
    assertThat(good("run", "why", "last", "clean").lines())
        .containsExactly("clean was set by a person (Completed)", "  set by ada: wrong");
  }

  @Test
  void an_edited_task_runs_and_what_is_done_is_kept() throws IOException {
    good("debug", "orders", "--break", "load");
    good("run", "continue", "last");
    Path edited = folder.resolve("edited.yaml");
    Files.writeString(
        edited, good("run", "edit", "last").out().replace("!= monday-clean", "!= tuesday"));

    CommandLineOf.Result plan = good("run", "edit", "last", "--spec", edited.toString());
    assertThat(plan.out()).contains("keeps 2: extract, clean", "runs 2: load, report");
    assertThat(good("run", "continue", "last").out()).contains("report = loaded monday-clean!");
    assertThat(log()).containsExactly("extract", "clean", "load");
  }

  @Test
  void a_task_before_the_breakpoint_may_be_edited_and_what_comes_to_the_same_is_taken_over()
      throws IOException {
    good("debug", "orders", "--break", "load");
    good("run", "continue", "last");
    Path edited = folder.resolve("edited.yaml");
    Files.writeString(
        edited, good("run", "edit", "last").out().replace("echo extract >>", "echo again >>"));

    assertThat(good("run", "edit", "last", "--spec", edited.toString()).out())
        .contains("runs 4: extract, clean, load, report");
    commands.run("run", "continue", "last");
    // Its output is the same, so that what clean made of it is, too.
    assertThat(log()).containsExactly("extract", "clean", "again", "load");
    assertThat(json("run", "where", "last", "--output", "json").path("tasks").get(1).toString())
        .contains("\"Cached\"");
  }

  @Test
  void a_failed_task_stops_the_run_before_the_run_fails_and_can_be_done_again() throws IOException {
    good("debug", "orders", "--break", "*:failed");
    assertThat(good("run", "continue", "last").out()).contains("stops load failed");
    assertThat(good("run", "again", "last", "load").lines())
        .containsExactly("keeps 2: extract, clean", "runs 2: load, report");
    assertThat(good("run", "mark", "last", "load", "completed").out()).contains("keeps 3");
    CommandLineOf.Result done = commands.run("run", "continue", "last");
    assertThat(done.out()).contains("Completed orders", "report = !");
    assertThat(log()).containsExactly("extract", "clean", "load");
  }

  @Test
  void steps_run_one_task_each() throws IOException {
    good("debug", "orders");
    good("run", "step", "last");
    assertThat(log()).containsExactly("extract");
    good("run", "next", "last");
    assertThat(log()).containsExactly("extract", "clean");
    assertThat(
            json("run", "where", "last", "--output", "json").path("stands").path("task").asString())
        .isEqualTo("load");
    JsonNode before = json("run", "where", "last", "--at", "4", "--output", "json");
    assertThat(before.path("event").asInt()).isEqualTo(4);
    assertThat(before.path("tasks").toString()).doesNotContain("Completed");
  }

  @Test
  void a_fork_takes_over_what_was_before_and_diff_and_why_tell_what_changed() throws IOException {
    assertThat(commands.run("workflow", "trigger", "orders").code()).isEqualTo(ExitCode.FAILED);
    String first = json("run", "where", "last", "--output", "json").path("run").asString();

    CommandLineOf.Result forked =
        good("run", "fork", first, "--at", "clean", "--set", "day=sunday");
    assertThat(forked.out()).contains("report = loaded sunday-clean!");
    assertThat(log()).containsExactly("extract", "clean", "load", "extract", "clean", "load");

    JsonNode diff = json("run", "diff", "last", "--output", "json");
    assertThat(diff.path("run").asString()).isEqualTo(first);
    assertThat(diff.path("parameters").toString())
        .isEqualTo("[{\"name\":\"day\",\"before\":\"monday\",\"after\":\"sunday\"}]");
    assertThat(good("run", "diff", "last").out())
        .contains("params.day: \"monday\" -> \"sunday\"", "load: Failed");
    JsonNode why = json("run", "why", "last", "extract", "--output", "json");
    assertThat(why.path("because").get(0).path("text").asString()).isEqualTo("params.day changed");
    assertThat(why.path("because").get(0).path("after").asString()).isEqualTo("sunday");
  }

  @Test
  void a_fork_at_a_task_reuses_all_before_it() throws IOException {
    good("debug", "orders", "--break", "load");
    good("run", "continue", "last");
    good("run", "fork", "last", "--at", "load", "--stand");
    assertThat(log()).containsExactly("extract", "clean");
    JsonNode where = json("run", "where", "last", "--output", "json");
    assertThat(where.path("stands").path("task").asString()).isEqualTo("load");
    assertThat(where.path("tasks").get(0).path("state").path("name").asString())
        .isEqualTo("Cached");
    assertThat(good("run", "why", "last", "extract").out()).contains("extract was reused (Cached)");
    assertThat(good("run", "why", "last", "report").out())
        .contains("report waits", "it waits for load", "the run stands before load");
  }

  @Test
  void one_task_runs_alone_with_what_was_recorded() throws IOException {
    good("debug", "orders", "--break", "load");
    good("run", "continue", "last");
    CommandLineOf.Result alone = good("run", "alone", "last", "clean");
    assertThat(alone.out()).contains("Completed orders-clean", "clean = monday-clean");
    assertThat(log()).containsExactly("extract", "clean", "clean");
  }

  @Test
  void a_breakpoint_has_a_condition_and_one_that_is_wrong_says_so() throws IOException {
    good("debug", "orders", "--break", "clean if tasks.extract.output == \"sunday\"");
    good("run", "break", "last", "load", "if", "tasks.clean.output.startsWith('mon')");
    assertThat(good("run", "continue", "last").out()).contains("stops before load");
    good("run", "break", "last", "--remove");
    assertThat(good("run", "break", "last").lines()).containsExactly("no breakpoints");
    assertThat(
            commands.run("run", "break", "last", "report", "if", "tasks.nothing.state == 1").err())
        .contains("tasks.nothing.state == 1: unknown task `nothing`");
    good("run", "break", "last", "report", "if", "tasks.load.output.rows > attempt");
    good("run", "set", "last", "load", "hello");
    assertThat(good("run", "continue", "last").out())
        .contains("stops before report, breakpoint report if tasks.load.output.rows > attempt: ");
    assertThat(good("run", "continue", "last").out()).contains("Completed orders");
  }

  @Test
  void what_is_wrong_is_one_line_and_changes_nothing() {
    good("debug", "orders");
    assertThat(commands.run("run", "break", "last", "laod").err())
        .isEqualTo("mahavishnu: no task `laod` in flow orders; did you mean `load`?\n");
    assertThat(commands.run("run", "print", "last", "tasks.laod.output").err())
        .contains("tasks.laod.output");
    assertThat(commands.run("debug", "ordres").err()).contains("did you mean `orders`?");
    good("run", "skip", "last", "load");
    good("run", "continue", "last");
    assertThat(commands.run("run", "set", "last", "clean", "1").err())
        .contains("is Completed and stays as it is; `run fork` makes a new one");
  }

  @Test
  void a_script_debugs_with_the_short_words() throws IOException {
    CommandLineOf.Result result =
        commands
            .typing(
                """
                debug orders
                break load
                continue
                print tasks.clean.output
                set tasks.clean.output = "x y"
                back 2
                where
                now
                c
                print report
                """)
            .run();
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("stops at load", "monday-clean", "as it was after event", "loaded x y!");
  }
}
