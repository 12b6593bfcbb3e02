package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mirror, as who types commands meets it. */
final class MirrorCommandsTest {
  private static final String URL = "MAHAVISHNU_PREFECT__API_URL";

  private final String flow = "mirrored_" + UUID.randomUUID().toString().replace('-', '_');

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/" + flow + ".yaml"),
        "flow: "
            + flow
            + "\ntasks: [{id: say, type: shell, command: echo hello},"
            + " {id: ask, type: approval, message: 'Go on?', depends_on: [say]}]\n");
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/api";
    }
  }

  @Test
  void a_run_goes_well_without_its_server_and_sync_tells_it_later() throws IOException {
    String nobody = nobody();
    commands.with(URL, nobody);
    CommandLineOf.Result run = commands.run("workflow", "trigger", "--name", flow);
    assertThat(run.code()).isEqualTo(ExitCode.APPROVAL);
    assertThat(run.err())
        .contains("runs go on")
        .containsPattern(
            "prefect: \\d+ events of run \\S+ wait for "
                + nobody
                + "; `mahavishnu prefect sync` sends them");
    CommandLineOf.Result vain = commands.run("prefect", "sync");
    assertThat(vain.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(vain.out()).containsPattern("1 run waits to be told, \\d+ events");
    assertThat(vain.err()).contains("connection refused").hasLineCount(1);

    RealPrefect server = RealPrefect.open();
    commands.with(URL, server.apiUrl().toString());
    CommandLineOf.Result told = commands.run("prefect", "sync");
    assertThat(told.err()).isEmpty();
    assertThat(told.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(told.out())
        .containsPattern("run \\S+: \\d+ events told")
        .contains("Nothing is left");
    assertThat(commands.run("prefect", "sync").out()).startsWith("Nothing is left");
    try (PrefectClient client = server.client();
        Stream<FlowRun> found = runs(client)) {
      FlowRun there = found.findFirst().orElseThrow();
      assertThat(there.state().orElseThrow().name()).isEqualTo("Paused");
      client.flowRuns().resume(there.id());
      CommandLineOf.Result heard = commands.run("prefect", "sync", "--output", "json");
      JsonNode said = JsonMapper.shared().readTree(heard.out());
      assertThat(said.path("answered").asInt()).isEqualTo(1);
      assertThat(heard.err()).contains("is Completed");
      FlowRun after = client.flowRuns().find(there.id()).orElseThrow();
      assertThat(after.state().orElseThrow().name()).isEqualTo("Completed");
    }
  }

  private Stream<FlowRun> runs(PrefectClient client) {
    UUID id = Objects.requireNonNull(client.flows().find(flow).orElseThrow().id());
    return client.flowRuns().filter(dev.mahavishnu.prefect.Filter.ALL.flowIds(id));
  }

  @Test
  void with_the_mirror_switched_off_the_server_hears_nothing() throws IOException {
    commands.with(URL, nobody()).with("MAHAVISHNU_PREFECT__MIRROR", "false");
    CommandLineOf.Result run = commands.run("workflow", "trigger", "--name", flow);
    assertThat(run.code()).isEqualTo(ExitCode.APPROVAL);
    assertThat(run.err()).doesNotContain("prefect");
    assertThat(folder.resolve(".mahavishnu/prefect")).doesNotExist();
  }
}
