package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mahavishnu.llm.ScriptedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
  @TempDir Path folder;

  @Test
  void a_machine_that_has_everything_is_healthy() {
    CommandLineOf.Result result = new CommandLineOf(folder).run("doctor");

    assertThat(result.lines()).noneMatch(line -> line.startsWith("fail"));
    assertThat(result.out()).contains("can be written", "sh is /", "embedded engine");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_is_missing_is_named_and_ends_in_an_error() {
    CommandLineOf.Result result =
        new CommandLineOf(folder).with("PATH", folder.toString()).run("doctor");

    assertThat(result.lines())
        .contains("fail  no sh on the path: shell tasks can't run")
        .contains("note  no python3 on the path: python tasks can't run, all others can");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void a_server_that_is_not_there_is_an_error_and_one_that_answers_is_not() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/health",
        exchange -> {
          byte[] body = "true".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
    CommandLineOf commands = new CommandLineOf(folder).with("MAHAVISHNU_PREFECT__API_URL", url);

    CommandLineOf.Result there = commands.run("doctor");
    server.stop(0);
    CommandLineOf.Result gone = commands.run("doctor");

    assertThat(there.lines()).contains("ok    a Prefect server answers at " + url);
    assertThat(there.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(gone.lines()).contains("fail  no Prefect server at " + url + ": connection refused");
    assertThat(gone.code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  private static String finding(CommandLineOf.Result result, String word) {
    return result.lines().stream().filter(l -> l.contains(word)).findFirst().orElse("");
  }

  @Test
  void a_model_that_is_configured_is_asked_and_one_that_is_not_is_not() throws IOException {
    CommandLineOf commands = new CommandLineOf(folder);
    CommandLineOf.Result offline = commands.run("doctor");
    try (ScriptedModel model = ScriptedModel.start(folder.resolve("wire")).requiring("k-right")) {
      commands
          .with("MAHAVISHNU_LLM__BASE_URL", model.baseUrl())
          .with("MAHAVISHNU_LLM__MODEL", "scripted");
      CommandLineOf.Result right = commands.with("OPENAI_API_KEY", "k-right").run("doctor");
      CommandLineOf.Result other = commands.run("doctor", "--set", "llm.model=scriptd");
      CommandLineOf.Result wrong = commands.with("OPENAI_API_KEY", "k-wrong").run("doctor");

      assertThat(finding(offline, "offline")).startsWith("ok    sentences are read offline");
      assertThat(finding(right, "scripted"))
          .isEqualTo(
              "ok    openai scripted at " + model.baseUrl() + " answers, and lists 2 models");
      assertThat(finding(other, "scriptd"))
          .startsWith("note")
          .contains("does not list that model; did you mean `scripted`?");
      assertThat(finding(wrong, "scripted")).startsWith("fail").contains("Incorrect API key");
      assertThat(wrong.code()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(wrong.out()).doesNotContain("k-wrong");
    }
    CommandLineOf.Result gone = commands.run("doctor");
    assertThat(finding(gone, "scripted")).startsWith("fail").contains("refuses connections");
    assertThat(gone.code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void prompts_that_the_workspace_brings_are_named() throws IOException {
    Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(folder.resolve("prompts/plan.md"), "mine");
    Files.writeString(folder.resolve("prompts/notes.md"), "no prompt of the program");

    assertThat(finding(new CommandLineOf(folder).run("doctor"), "prompts"))
        .startsWith("note")
        .contains("prompts/plan.md")
        .doesNotContain("notes.md");
  }
}
