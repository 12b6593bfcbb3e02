package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.prefect.deploy.Said;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;

final class EnvironmentsTest {
  @TempDir Path folder;

  private Environments environments() {
    Env env =
        new CommandLineOf(folder).env(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    return new Environments(env, new Workspace(folder));
  }

  private Environment read(String text) throws IOException {
    Files.createDirectories(folder.resolve("environments"));
    Files.writeString(folder.resolve("environments/staging.yaml"), text);
    return environments().named("staging");
  }

  @Test
  void an_environment_says_where_and_with_what_flows_are_deployed() throws IOException {
    Environment staging =
        read(
            """
            environment: staging
            api_url: http://127.0.0.1:4200/api
            api_key: env:PREFECT_STAGING_API_KEY
            pool: jvm
            queue: fast
            tags: [staging]
            parameters: {out: "01", years: [2012, 2013], other: 1}
            concurrency: 2
            schedules: off
            """);
    assertThat(staging.apiUrl().orElseThrow().value()).isEqualTo("http://127.0.0.1:4200/api");
    assertThat(staging.apiUrl().orElseThrow().origin()).isEqualTo("environments/staging.yaml:2:10");
    assertThat(staging.apiKey().orElseThrow().value())
        .isEqualTo(new KeyReference.Variable("PREFECT_STAGING_API_KEY"));
    Said said = staging.said(flow());
    assertThat(said.parameters())
        .isEqualTo(new JsonMapper().readTree("{\"out\": \"01\", \"years\": [2012, 2013]}"));
    assertThat(said.pool()).contains("jvm");
    assertThat(said.queue()).contains("fast");
    assertThat(said.tags()).contains(List.of("staging"));
    assertThat(said.concurrency()).contains(2);
    assertThat(said.active()).contains(false);
  }

  private static Flow flow() {
    Flow bare = Flow.of("f", List.of(Task.of("t", new Work.Compute(BooleanNode.TRUE))));
    return new Flow(
        bare.name(),
        bare.description(),
        List.of(
            new Parameter("out", ValueType.of("string"), Optional.empty(), ""),
            new Parameter("years", ValueType.of("list<integer>"), Optional.empty(), "")),
        bare.secrets(),
        bare.tasks(),
        bare.onFailure(),
        bare.outputs(),
        bare.schedules(),
        bare.triggers(),
        bare.timeout(),
        bare.concurrency());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "staging", "prod"})
  void those_that_come_along_can_be_read(String name) {
    Environment environment = environments().named(name);
    assertThat(environment.pool()).contains(name);
    assertThat(environment.apiUrl()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pol: jvm                          | staging.yaml:2:1: unknown key `pol`; did you mean `pool`?
          pool: [a]                         | staging.yaml:2:7: expected one value
          schedules: sometimes              | staging.yaml:2:12: expected on or off
          concurrency: many                 | staging.yaml:2:14: expected a number of runs
          tags: a                           | staging.yaml:2:7: expected a list of tags
          api_key: s3cret                   | staging.yaml:2:10: expected env:NAME or file:PATH
          api_key: env:AWS_SECRET           | staging.yaml:2:10: the variable of a server's key has PREFECT in its name
          auth_string: env:PREFECT_API_KEY  | staging.yaml:2:14: PREFECT_API_KEY is for the server of PREFECT_API_URL
          api_key: file:/etc/shadow         | staging.yaml:2:10: a file with a server's key stands in the workspace
          """)
  void a_mistake_is_told_with_its_place(String line, String why) {
    assertThatThrownBy(() -> read("environment: staging\n" + line + "\n"))
        .isInstanceOfSatisfying(
            CommandFailure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
        .hasMessageContaining(why)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void a_file_is_named_after_its_environment() {
    assertThatThrownBy(() -> read("environment: prod\n"))
        .hasMessageContaining("staging.yaml:1:14: expected `environment: staging`");
    assertThatThrownBy(() -> environments().named("stagin"))
        .hasMessageContaining("no environment `stagin`; did you mean `staging`?");
    assertThatThrownBy(() -> environments().named("../x")).hasMessageContaining("no environment");
  }

  @Test
  void a_key_of_the_persons_does_not_go_to_a_server_that_only_an_environment_names()
      throws IOException {
    Files.createDirectories(folder.resolve("environments"));
    Files.writeString(
        folder.resolve("environments/staging.yaml"),
        "environment: staging\napi_url: https://prefect.invalid/api\n");
    CommandLineOf line =
        new CommandLineOf(folder)
            .with("PREFECT_API_KEY", "pnu_n0tth1s1")
            .with("MAHAVISHNU_PREFECT__API_URL", "http://127.0.0.1:1/api")
            .with("MAHAVISHNU_PREFECT__MAX_RETRIES", "0");
    CommandLineOf.Result refused = line.run("deployment", "list", "--env", "staging");
    assertThat(refused.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(refused.err())
        .startsWith("mahavishnu: environments/staging.yaml:2:10: ")
        .contains("gets no key of Prefect's own settings")
        .hasLineCount(1);

    line.with("PREFECT_API_URL", "https://prefect.invalid/api");
    CommandLineOf.Result meant = line.run("deployment", "list", "--env", "staging");
    assertThat(meant.code()).as(meant.err()).isEqualTo(ExitCode.UNREACHABLE);
  }
}
