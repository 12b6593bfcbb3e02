package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.prefect.ServedFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Python flow, served by Prefect itself, that our command line triggers and follows. */
final class DeploymentTriggerTest {
  private static final String FLOW = "connect-" + UUID.randomUUID();
  private static ServedFlow served;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeAll
  static void serve() throws IOException {
    served = ServedFlow.served(RealPrefect.open(), FLOW, "main");
  }

  @AfterAll
  static void end() {
    if (served != null) {
      served.close();
    }
  }

  @BeforeEach
  void commands() {
    commands =
        new CommandLineOf(folder)
            .with("PREFECT_API_URL", RealPrefect.open().apiUrl().toString())
            .with("MAHAVISHNU_PREFECT__TIMEOUT", "2m");
  }

  private CommandLineOf.Result trigger(String... words) {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("workflow", "trigger", "--adapter", "prefect", "--name", FLOW + "/main"));
    all.addAll(List.of(words));
    return commands.run(all.toArray(String[]::new));
  }

  @Test
  void its_tasks_and_its_log_are_shown_while_it_runs_and_it_ends_in_0() {
    CommandLineOf.Result result = trigger("--param", "numbers=[4, 5]");

    assertThat(result.err()).isEmpty();
    assertThat(result.lines().getFirst())
        .matches("run \\S+ of " + FLOW + "/main: http://127.0.0.1:\\d+/runs/flow-run/[0-9a-f-]+");
    assertThat(result.out())
        .contains("run running", "twice 4 is 8", "twice 5 is 10", "the total is 18")
        .containsPattern("double-\\w+ completed in \\d")
        .containsPattern("double-\\w+ \\| twice 4 is 8")
        .contains("run | 2 numbers to double");
    assertThat(result.lines().getLast())
        .startsWith("Completed " + FLOW + "/main in ")
        .endsWith("3 tasks");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void its_failure_is_told_and_ends_in_1() {
    CommandLineOf.Result result = trigger("--param", "fail=true");

    assertThat(result.out())
        .containsPattern("total-\\w+ failed.*told to fail")
        .contains("see why: mahavishnu run logs --server ");
    assertThat(result.out()).containsPattern("(?m)^Failed " + FLOW + "/main in .*told to fail");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void json_has_an_event_a_line_and_the_result_last() {
    JsonMapper mapper = new JsonMapper();
    CommandLineOf.Result result = trigger("--output", "json", "--param", "numbers=[7]");
    List<JsonNode> lines = result.lines().stream().map(mapper::readTree).toList();

    assertThat(lines.getFirst().path("type").asString()).isEqualTo("created");
    assertThat(lines.getFirst().path("url").asString()).contains("/runs/flow-run/");
    assertThat(lines.getFirst().path("parameters").path("numbers").toString()).isEqualTo("[7]");
    assertThat(lines)
        .anyMatch(
            l ->
                l.path("type").asString().equals("log")
                    && l.path("text").asString().equals("twice 7 is 14")
                    && l.path("task").asString().startsWith("double-"))
        .anyMatch(
            l ->
                l.path("type").asString().equals("task")
                    && l.path("state").path("name").asString().equals("Completed"));
    assertThat(lines.subList(0, lines.size() - 1).stream().map(l -> l.path("seq").asLong()))
        .isSorted()
        .doesNotHaveDuplicates();
    JsonNode last = lines.getLast();
    assertThat(last.path("type").asString()).isEqualTo("result");
    assertThat(last.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(last.path("tasks").path("completed").asInt()).isEqualTo(2);
    assertThat(last.path("seconds").asDouble()).isPositive();
    assertThat(result.err()).contains("twice 7 is 14");
  }

  @Test
  void wrong_parameters_are_told_one_a_line_and_nothing_is_made() {
    String key = UUID.randomUUID().toString();
    CommandLineOf.Result result =
        trigger("--idempotency-key", key, "--param", "nap=long", "--param", "numbrs=[1]");

    assertThat(result.err().lines())
        .containsExactly(
            "mahavishnu: " + FLOW + "/main: parameter `nap`: expected a number, not \"long\"",
            "mahavishnu: "
                + FLOW
                + "/main: there is no parameter `numbrs`; did you mean `numbers`?");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(commands.run("run", "list", "--server", "--flow", FLOW, "--output", "json").out())
        .doesNotContain(key);
  }

  @Test
  void with_the_key_of_an_earlier_run_that_run_is_followed() {
    String key = UUID.randomUUID().toString();
    CommandLineOf.Result first = trigger("--idempotency-key", key, "--no-wait");
    CommandLineOf.Result second = trigger("--idempotency-key", key);

    assertThat(first.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(first.err()).contains("run watch --server " + first.out().strip());
    assertThat(second.out())
        .contains("a run with the idempotency key " + key + " is there already")
        .contains("/runs/flow-run/" + first.out().strip());
    assertThat(second.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void ctrl_c_stops_watching_and_says_how_to_come_back() {
    CommandLineOf interrupted =
        new CommandLineOf(folder)
            .with("PREFECT_API_URL", RealPrefect.open().apiUrl().toString())
            .with(
                first -> {
                  first.run();
                  return () -> {};
                });

    CommandLineOf.Result left =
        interrupted.run(
            "workflow",
            "trigger",
            "--adapter",
            "prefect",
            "--name",
            FLOW + "/main",
            "--param",
            "nap=1");

    assertThat(left.code()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(left.err())
        .containsPattern("watch it again with: mahavishnu run watch --server [0-9a-f-]{36}");
    String id = left.err().strip().replaceFirst("^(?s).*--server ", "");
    CommandLineOf.Result back = commands.run("run", "watch", "--server", id);
    assertThat(back.lines().getLast()).startsWith("Completed " + FLOW + "/main");
    assertThat(back.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void what_is_no_flow_and_no_deployment_is_told_with_what_is_near() {
    CommandLineOf.Result result =
        commands.run("workflow", "trigger", "--adapter", "prefect", "--name", FLOW + "/mian");

    assertThat(result.err())
        .contains(
            "no flow `" + FLOW + "/mian` in this workspace, and no deployment of that name on")
        .hasLineCount(1);
    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void a_dry_run_makes_nothing() {
    CommandLineOf.Result result = trigger("--dry-run", "--param", "numbers=[1]");

    assertThat(result.out()).isEqualTo("would run " + FLOW + "/main with {\"numbers\":[1]}\n");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }
}
