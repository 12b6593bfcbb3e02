package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrefectInForceTest {
  private static final String SECRET = "hunter2-pnu-1234567890";
  private static final String ELSEWHERE = "https://prefect.example/api";

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() {
    commands = new CommandLineOf(folder);
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Workbench bench() {
    return new Workbench(commands.env(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
  }

  private String line(String key) {
    CommandLineOf.Result result = commands.run("config", "show");
    assertThat(result.out() + result.err()).doesNotContain(SECRET);
    return result.lines().stream()
        .filter(l -> l.startsWith(key + " "))
        .map(l -> l.replaceAll(" +", " "))
        .findFirst()
        .orElse("no " + key);
  }

  @Test
  void without_a_server_there_is_no_client_and_asking_for_one_says_how_to_have_one() {
    try (Workbench bench = bench()) {
      PrefectInForce prefect = bench.prefect();

      assertThat(prefect.isConfigured()).isFalse();
      assertThat(prefect.client()).isEmpty();
      assertThat(prefect.mirror()).isFalse();
      assertThatThrownBy(prefect::required)
          .isInstanceOfSatisfying(
              CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
          .hasMessageContaining("prefect.api_url")
          .hasMessageContaining("MAHAVISHNU_PREFECT__API_URL");
    }
    assertThat(line("server.api_url")).isEqualTo("server.api_url none not set");
    assertThat(line("server.credential")).isEqualTo("server.credential none not set");
  }

  @Test
  void the_url_comes_from_our_configuration_then_from_the_variable_then_from_the_profile()
      throws IOException {
    file(
        "home/.prefect/profiles.toml",
        "active = \"mine\"\n[profiles.mine]\nPREFECT_API_URL = \"http://127.0.0.1:4203/api/\"\n");
    assertThat(line("server.api_url"))
        .startsWith("server.api_url http://127.0.0.1:4203/api ")
        .endsWith("home/.prefect/profiles.toml, profile mine");
    assertThat(bench().prefect().mirror()).isTrue();

    commands.with("PREFECT_API_URL", "http://127.0.0.1:4202/api");
    assertThat(line("server.api_url"))
        .isEqualTo("server.api_url http://127.0.0.1:4202/api PREFECT_API_URL");

    file("mahavishnu.yaml", "prefect:\n  api_url: http://127.0.0.1:4201/api\n");
    assertThat(line("server.api_url"))
        .isEqualTo("server.api_url http://127.0.0.1:4201/api mahavishnu.yaml:2:12");
  }

  @Test
  void a_credential_is_shown_by_where_it_is_and_is_known_to_the_redactor() throws IOException {
    file("key", SECRET + "\n");
    Files.setPosixFilePermissions(
        folder.resolve("key"), PosixFilePermissions.fromString("rw-------"));
    commands
        .with("MAHAVISHNU_PREFECT__API_URL", ELSEWHERE)
        .with("MAHAVISHNU_PREFECT__API_KEY", "file:key");

    assertThat(line("server.credential"))
        .isEqualTo("server.credential API key, set file:key (MAHAVISHNU_PREFECT__API_KEY)");
    try (Workbench bench = bench()) {
      assertThat(new KnownSecrets(bench).redactor().redact("Bearer " + SECRET))
          .doesNotContain(SECRET);
    }

    commands.with("PW", "ann:" + SECRET).with("MAHAVISHNU_PREFECT__AUTH_STRING", "env:PW");
    assertThat(line("server.credential"))
        .isEqualTo("server.credential auth string, set env:PW (MAHAVISHNU_PREFECT__AUTH_STRING)");
  }

  @Test
  void a_credential_that_stands_in_a_file_itself_is_a_mistake_that_is_not_repeated()
      throws IOException {
    for (String key : new String[] {"api_key", "auth_string"}) {
      file("mahavishnu.yaml", "prefect: {" + key + ": \"" + SECRET + "\"}\n");

      CommandLineOf.Result result = commands.run("config", "show");

      assertThat(result.err()).contains("`prefect." + key + "` is wrong").contains("env:NAME");
      assertThat(result.out() + result.err()).doesNotContain(SECRET);
      assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
    }
  }

  @Test
  void a_credential_that_is_not_where_it_should_be_is_an_error_of_the_configuration() {
    commands
        .with("MAHAVISHNU_PREFECT__API_URL", ELSEWHERE)
        .with("MAHAVISHNU_PREFECT__API_KEY", "env:NOT_SET");

    CommandLineOf.Result shown = commands.run("config", "show");

    assertThat(shown.err())
        .isEqualTo(
            "mahavishnu: `prefect.api_key` is env:NOT_SET, but the variable NOT_SET is not set\n");
    try (Workbench bench = bench()) {
      assertThatThrownBy(() -> bench.prefect().client()).isInstanceOf(CommandFailure.class);
    }
  }

  @Test
  void an_address_that_a_workspace_chose_gets_no_credential_that_the_workspace_chose_too()
      throws IOException {
    commands.with("MINE", SECRET);
    file("mahavishnu.yaml", "prefect: {api_url: \"" + ELSEWHERE + "\", api_key: \"env:MINE\"}\n");

    assertThatThrownBy(() -> bench().prefect().client())
        .hasMessageContaining("gets no credential unless you name it");
    assertThat(bench().prefect().secrets()).isEmpty();

    commands.with("MAHAVISHNU_PREFECT__API_KEY", "env:MINE");
    assertThat(bench().prefect().settings().credential()).isPresent();
  }

  @Test
  void an_address_that_a_workspace_chose_gets_no_key_of_a_prefect_user_who_names_no_server()
      throws IOException {
    commands.with("PREFECT_API_KEY", SECRET);
    file("mahavishnu.yaml", "prefect: {api_url: \"" + ELSEWHERE + "\"}\n");
    assertThatThrownBy(() -> bench().prefect().client())
        .hasMessageContaining("gets no credential unless you name it");

    commands.with("PREFECT_API_URL", ELSEWHERE);
    assertThat(bench().prefect().settings().credential()).isPresent();
  }

  @Test
  void switched_off_nothing_of_prefect_counts() {
    commands.with("PREFECT_API_URL", ELSEWHERE).with("MAHAVISHNU_PREFECT__ENABLED", "false");

    assertThat(bench().prefect().isConfigured()).isFalse();
    assertThat(line("server.api_url")).isEqualTo("server.api_url none switched off");
  }

  @Test
  void workbenches_of_a_session_share_one_client_that_the_first_one_closes() {
    commands
        .with("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:9/api")
        .with("MAHAVISHNU_PREFECT__TIMEOUT", "3s")
        .with("MAHAVISHNU_PREFECT__MAX_RETRIES", "1")
        .with("MAHAVISHNU_PREFECT__WORK_POOL", "jvm");
    try (Workbench bench = bench()) {
      Workbench child = bench.child();
      PrefectInForce made = child.prefect();
      child.close();

      assertThat(bench.prefect()).isSameAs(made);
      assertThat(bench.prefect().required()).isSameAs(made.required());
      assertThat(made.settings().timeout()).isEqualTo(Duration.ofSeconds(3));
      assertThat(made.settings().maxRetries()).isEqualTo(1);
      assertThat(made.workPool()).contains("jvm");
      assertThat(made.settings().apiUrl().orElseThrow().value())
          .isEqualTo(URI.create("http://127.0.0.1:9/api"));
    }
  }
}
