package dev.mahavishnu.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.mahavishnu.llm.ScriptedModel;
import dev.mahavishnu.prefect.RealPrefect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
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
  void a_server_is_asked_for_what_we_need_of_it() {
    String url = RealPrefect.open().apiUrl().toString();

    CommandLineOf.Result result =
        new CommandLineOf(folder)
            .with("PREFECT_API_URL", url)
            .with("MAHAVISHNU_PREFECT__WORK_POOL", "no-such-pool")
            .run("doctor");

    assertThat(result.lines())
        .contains(
            "ok    Prefect 3.8.8 answers at " + url + " (PREFECT_API_URL)",
            "ok    it lets us in without a credential",
            "ok    its clock agrees with ours",
            "ok    it takes events, and streams events and logs",
            "note  prefect.work_pool is no-such-pool, but the server has no such pool: workpool"
                + " create no-such-pool makes it");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
  }

  @Test
  void a_server_that_wants_an_auth_string_lets_in_who_has_it_and_nobody_else() {
    CommandLineOf commands =
        new CommandLineOf(folder)
            .with("MAHAVISHNU_PREFECT__API_URL", RealPrefect.guarded().apiUrl().toString())
            .with("MAHAVISHNU_PREFECT__AUTH_STRING", "env:PW");
    CommandLineOf.Result right = commands.with("PW", RealPrefect.AUTH_STRING).run("doctor");
    CommandLineOf.Result wrong = commands.with("PW", "admin:wrong-pw-0815").run("doctor");
    CommandLineOf.Result trigger =
        commands.run("workflow", "trigger", "--adapter", "prefect", "--name", "x/y");

    assertThat(right.lines())
        .contains(
            "ok    it lets us in with what env:PW (MAHAVISHNU_PREFECT__AUTH_STRING) says",
            "ok    it takes events, and streams events and logs");
    assertThat(right.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(finding(wrong, "401")).startsWith("fail").contains("prefect.auth_string");
    assertThat(wrong.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(trigger.err()).contains("401", "prefect.auth_string").hasLineCount(1);
    assertThat(trigger.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(right.out() + wrong.out() + wrong.err() + trigger.err())
        .doesNotContain("s3cret-of-the-tests", "wrong-pw-0815");
  }

  private static void withServer(Consumer<WireMockServer> use) {
    WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    try {
      use.accept(server);
    } finally {
      server.stop();
    }
  }

  @Test
  void a_server_that_is_not_there_is_an_error() {
    CommandLineOf.Result gone =
        new CommandLineOf(folder)
            .with("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:9/api")
            .run("doctor");

    assertThat(finding(gone, "127.0.0.1:9"))
        .startsWith("fail  no Prefect server at http://127.0.0.1:9/api: connection refused");
    assertThat(gone.code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void a_server_that_does_not_let_us_in_is_an_error_that_does_not_tell_the_key() {
    withServer(
        server -> {
          server.stubFor(get("/api/health").willReturn(okJson("true")));
          server.stubFor(get("/api/admin/version").willReturn(aResponse().withStatus(401)));
          CommandLineOf.Result shut =
              new CommandLineOf(folder)
                  .with("PREFECT_API_URL", "http://127.0.0.1:" + server.port() + "/api")
                  .with("PREFECT_API_KEY", "k-wrong-0815")
                  .run("doctor");

          assertThat(finding(shut, "can't be used"))
              .startsWith("fail  the Prefect server at http://127.0.0.1:")
              .contains("401", "prefect.api_key");
          assertThat(shut.out()).doesNotContain("k-wrong-0815");
          assertThat(shut.code()).isEqualTo(ExitCode.UNREACHABLE);
        });
  }

  @Test
  void what_a_server_lacks_is_told_with_what_that_costs() {
    withServer(
        server -> {
          server.stubFor(
              get("/api/health")
                  .willReturn(okJson("true").withHeader("Date", "Mon, 01 Jun 2026 10:00:00 GMT")));
          server.stubFor(get("/api/admin/version").willReturn(okJson("\"3.1.0\"")));
          server.stubFor(
              get("/api/admin/settings")
                  .willReturn(
                      okJson(
                          """
                          {"server": {"events": {"stream_out_enabled": false},
                           "logs": {"stream_out_enabled": true}}}
                          """)));
          CommandLineOf.Result result =
              new CommandLineOf(folder)
                  .with("PREFECT_API_URL", "http://127.0.0.1:" + server.port() + "/api")
                  .run("doctor");

          assertThat(finding(result, "3.1.0")).startsWith("note").contains("older than");
          assertThat(finding(result, "its clock is")).startsWith("note").contains("behind ours");
          assertThat(finding(result, "takes no events")).startsWith("note").contains("task runs");
          assertThat(finding(result, "no event stream")).startsWith("note").contains("polled");
          assertThat(finding(result, "no log stream"))
              .startsWith("note")
              .contains("PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED=true");
          assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
        });
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
