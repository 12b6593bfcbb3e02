package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The real program, and a client at the other end that does what none should, or goes away. */
final class McpLinesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private void awaitTask() {
    Path pid = folder.resolve("flows/pid");
    await().atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 1);
  }

  private boolean taskLives() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("flows/pid")).strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  @Test
  void lines_that_are_no_messages_are_answered_and_the_next_one_is_served() throws Exception {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    try (McpLines client = new McpLines(place).greeted()) {
      client.send("");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":");
      client.send("[1,2]");
      client.send("\u0000\uFFFF{}");
      client.send("[".repeat(100_000));
      client.send("{\"jsonrpc\":\"2.0\",\"id\":2}");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":3.5,\"method\":\"ping\"}");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"no/such\"}");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":[]}");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"tools/call\"}");
      client.call(7, "no_such_tool", "{}");
      client.call(8, "show_flow", "{\"flow\": 5}");
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"nobody\",\"result\":{}}");
      client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}");
      client.send("{\"jsonrpc\":\"2.0\",\"method\":\"no/such\"}");
      client.send("x".repeat(17 * 1024 * 1024));
      client.call(9, "list_flows", "{}");

      assertThat(client.answer("9").at("/result/structuredContent/flows")).hasSize(1);
      assertThat(client.answer("2").at("/error/code").asInt()).isEqualTo(-32600);
      assertThat(client.answer("4").at("/error/code").asInt()).isEqualTo(-32601);
      assertThat(client.answer("5").has("error")).isTrue();
      assertThat(client.answer("6").has("error")).isTrue();
      assertThat(client.answer("7").has("error")).isTrue();
      assertThat(client.answer("8").at("/result/isError").asBoolean()).isTrue();
      assertThat(client.all().stream().filter(m -> m.path("id").isNull()))
          .hasSize(6)
          .allSatisfy(m -> assertThat(m.at("/error/code").asInt()).isNegative());
      assertThat(client.all()).allSatisfy(m -> assertThat(m.has("jsonrpc")).isTrue());
      client.hangUp();
      assertThat(client.end()).isZero();
    }
  }

  @Test
  void a_client_that_goes_away_leaves_a_run_that_can_be_resumed() throws Exception {
    McpPlace place = McpPlace.in(folder, McpPlace.SLOW);
    try (McpLines client = new McpLines(place, "--allow", "trigger").greeted()) {
      client.call(1, "trigger_flow_run", "{\"flow\":\"slow\",\"wait_seconds\":600}");
      awaitTask();
      client.hangUp();
      assertThat(client.end()).isZero();
      assertThat(client.found("1")).isEmpty();
    }
    assertThat(taskLives()).isFalse();
    assertThat(new CommandLineOf(folder).run("run", "show", "last").out()).contains("Suspended");

    Files.createFile(folder.resolve("flows/enough"));
    assertThat(new CommandLineOf(folder).run("run", "resume", "last").code()).isZero();
    assertThat(place.states()).containsExactly("COMPLETED");
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT"})
  void a_server_that_is_asked_to_end_suspends_what_it_runs(String signal) throws Exception {
    McpPlace place = McpPlace.in(folder, McpPlace.SLOW);
    try (McpLines client = new McpLines(place, "--yes").greeted()) {
      client.call(1, "trigger_flow_run", "{\"flow\":\"slow\",\"wait_seconds\":0}");
      client.answer("1");
      awaitTask();
      client.signal(signal);
      assertThat(client.end()).isEqualTo(ExitCode.INTERRUPTED);
    }
    assertThat(taskLives()).isFalse();
    assertThat(place.states()).containsExactly("PAUSED");
  }

  @Test
  void a_call_that_is_taken_back_gets_no_answer_and_the_run_goes_on() throws Exception {
    McpPlace place = McpPlace.in(folder, McpPlace.SLOW);
    try (McpLines client = new McpLines(place, "--allow", "trigger,cancel").greeted()) {
      client.call(1, "trigger_flow_run", "{\"flow\":\"slow\",\"wait_seconds\":600}");
      awaitTask();
      client.send(
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
      client.call(2, "show_flow_run", "{\"run\":\"last\"}");
      JsonNode run = client.answer("2").at("/result/structuredContent");
      assertThat(run.path("state").asString()).isEqualTo("RUNNING");
      client.call(3, "cancel_flow_run", "{\"run\":\"last\"}");
      client.answer("3");
      assertThat(client.found("1")).isEmpty();
      client.hangUp();
      assertThat(client.end()).isZero();
    }
    assertThat(place.states()).containsExactly("CANCELLED");
  }

  @Test
  void what_can_be_allowed_is_checked_before_anything_is_served() throws IOException {
    CommandLineOf commands = new CommandLineOf(McpPlace.in(folder).folder());
    CommandLineOf.Result wrong = commands.run("mcp", "serve", "--allow", "trigger,aprove");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err())
        .isEqualTo(
            "mahavishnu: --allow aprove: nothing is called that; there are save, trigger, resume,"
                + " retry, pause, cancel, debug, approve, deny; did you mean `approve`?\n");
  }
}
