package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.McpResource;
import dev.langchain4j.mcp.client.McpTextResourceContents;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real program, and LangChain4j's client at the other end of its streams. */
final class McpOfLangChain4jTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static DefaultMcpClient client(McpPlace place, String... arguments) {
    List<String> command = new ArrayList<>(List.of(McpPlace.java()));
    command.addAll(place.arguments(arguments));
    return DefaultMcpClient.builder()
        .transport(
            StdioMcpTransport.builder().command(command).environment(place.variables()).build())
        .initializationTimeout(PATIENCE)
        .toolExecutionTimeout(PATIENCE)
        .resourcesTimeout(PATIENCE)
        .build();
  }

  private static JsonNode call(McpClient client, String tool, String arguments) {
    return new JsonMapper()
        .readTree(
            client
                .executeTool(ToolExecutionRequest.builder().name(tool).arguments(arguments).build())
                .resultText());
  }

  @Test
  void it_lists_plans_is_denied_a_run_and_runs_what_a_person_allowed() throws Exception {
    McpPlace place = McpPlace.in(folder, McpPlace.HELLO);
    try (DefaultMcpClient client = client(place)) {
      assertThat(client.listTools())
          .extracting(ToolSpecification::name)
          .contains("list_flows", "plan_flow", "trigger_flow_run");
      assertThat(call(client, "list_flows", "{}").path("flows").findValuesAsString("flow"))
          .containsExactly("hello");
      JsonNode plan = call(client, "plan_flow", "{\"sentence\":\"run ./a.sh then run ./b.sh\"}");
      assertThat(plan.path("yaml").asString()).contains("./a.sh", "depends_on");
      assertThat(catchThrowable(() -> call(client, "trigger_flow_run", "{\"flow\":\"hello\"}")))
          .hasMessageContaining("--allow trigger");
    }
    assertThat(place.states()).isEmpty();

    try (DefaultMcpClient client = client(place, "--allow", "trigger")) {
      JsonNode run =
          call(client, "trigger_flow_run", "{\"flow\":\"hello\",\"parameters\":{\"name\":\"Bo\"}}");
      assertThat(run.path("state").asString()).isEqualTo("COMPLETED");
      assertThat(run.at("/outputs/said").asString()).isEqualTo("Hello, Bo");
      assertThat(
              call(client, "read_flow_run_logs", "{\"run\":\"last\"}")
                  .at("/lines/0/text")
                  .asString())
          .isEqualTo("Hello, Bo");
      assertThat(client.listResources())
          .extracting(McpResource::uri)
          .contains("mahavishnu://flows/hello", "mahavishnu://runs/" + run.path("run").asString());
      assertThat(client.readResource("mahavishnu://flows/hello").contents().getFirst())
          .isInstanceOfSatisfying(
              McpTextResourceContents.class,
              text -> assertThat(text.text()).isEqualTo(McpPlace.HELLO));
    }
    assertThat(place.states()).containsExactly("COMPLETED");
  }
}
