package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
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

  private String line(String key, String... options) {
    List<String> args = new java.util.ArrayList<>(List.of("config", "show"));
    args.addAll(List.of(options));
    CommandLineOf.Result result = commands.run(args.toArray(String[]::new));
    assertThat(result.err()).isEmpty();
    return result.lines().stream()
        .filter(l -> l.startsWith(key + " "))
        .map(l -> l.replaceAll(" +", " "))
        .findFirst()
        .orElse("no " + key);
  }

  @Test
  void the_nearest_place_wins() throws IOException {
    String key = "engine.concurrency";
    commands.with("MAHAVISHNU_HOME", folder.resolve("program").toString());
    assertThat(line(key)).isEqualTo("engine.concurrency 16 default");

    file("program/config/mahavishnu.yaml", "engine:\n  concurrency: 2\n");
    assertThat(line(key)).isEqualTo("engine.concurrency 2 program/config/mahavishnu.yaml:2:16");

    file("home/.config/mahavishnu/config.yaml", "engine: {concurrency: 3}\n");
    assertThat(line(key))
        .isEqualTo("engine.concurrency 3 home/.config/mahavishnu/config.yaml:1:23");

    file("mahavishnu.yaml", "# mine\nengine:\n  concurrency: 4\n");
    assertThat(line(key)).isEqualTo("engine.concurrency 4 mahavishnu.yaml:3:16");

    commands.with("MAHAVISHNU_ENGINE__CONCURRENCY", "5");
    assertThat(line(key)).isEqualTo("engine.concurrency 5 MAHAVISHNU_ENGINE__CONCURRENCY");

    assertThat(line(key, "--set", "engine.concurrency=6")).isEqualTo("engine.concurrency 6 --set");
    assertThat(line("output.color", "--color", "never")).isEqualTo("output.color never --color");
  }

  @Test
  void the_shipped_file_sets_every_key_to_what_it_is_without_the_file() {
    Settings shipped =
        new ConfigurationReader(
                commands.env(
                    new java.io.ByteArrayOutputStream(), new java.io.ByteArrayOutputStream()))
            .read(new Workspace(folder), List.of());

    assertThat(Configuration.SETTINGS)
        .allSatisfy(
            setting -> {
              assertThat(shipped.value(setting).origin()).contains("config/mahavishnu.yaml:");
              assertThat(shipped.value(setting).text()).isEqualTo(setting.standard());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prefct: {enabled: true}            | mahavishnu.yaml:1:1: unknown key `prefct`; did you mean `prefect`?
          prefect: {enabld: true}            | mahavishnu.yaml:1:11: unknown key `prefect.enabld`; did you mean `prefect.enabled`?
          prefect: {enabled: maybe}          | mahavishnu.yaml:1:20: `prefect.enabled` is `maybe`; expected true or false
          engine: {concurrency: 0}           | mahavishnu.yaml:1:23: `engine.concurrency` is `0`; expected a number from 1 to 100000
          engine: {grace: soon}              | mahavishnu.yaml:1:17: `engine.grace` is `soon`; expected a duration such as 250ms, 10s, 5m or 2h
          engine: {concurrency: [1]}         | mahavishnu.yaml:1:23: expected one value, not a list
          engine: {durability: {a: 1}}       | mahavishnu.yaml:1:22: expected one value
          engine: {durability: none}         | mahavishnu.yaml:1:22: `engine.durability` is `none`; expected one of sync, group, exit
          engine: fast                       | mahavishnu.yaml:1:9: expected settings under `engine.`
          engine: {grace: 1s, grace: 2s}     | mahavishnu.yaml:1:21: `grace` stands here twice
          - engine                           | mahavishnu.yaml:1:1: expected groups of settings, such as `prefect:`
          engine: {concurrency_limits: [{tag: a, limt: 2}]} | mahavishnu.yaml:1:40: unknown key `limt`; did you mean `limit`?
          engine: {concurrency_limits: [a]}  | mahavishnu.yaml:1:31: expected an object with tag, limit
          store: {result_limit: big}         | mahavishnu.yaml:1:23: `store.result_limit` is `big`; expected a size such as 65536, 64KiB or 10MB
          planner: {timezone: Europe/Berln}  | mahavishnu.yaml:1:21: `planner.timezone` is `Europe/Berln`; no such time zone; did you mean `Europe/Berlin`?
          prefect: {api_url: server}         | mahavishnu.yaml:1:20: `prefect.api_url` is wrong; expected a URL such as http://127.0.0.1:4200/api
          """)
  void a_mistake_is_one_line_with_its_place(String yaml, String message) throws IOException {
    file("mahavishnu.yaml", yaml + "\n");

    CommandLineOf.Result result = commands.run("config", "show");

    assertThat(result.err()).isEqualTo("mahavishnu: " + message + "\n");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void text_that_is_no_yaml_is_one_line_with_its_place() throws IOException {
    file("mahavishnu.yaml", "engine:\n  grace: [1\n");

    CommandLineOf.Result result = commands.run("config", "show");

    assertThat(result.err()).startsWith("mahavishnu: mahavishnu.yaml:").hasLineCount(1);
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void a_wrong_value_is_told_even_where_another_one_hides_it() throws IOException {
    file("mahavishnu.yaml", "engine: {grace: soon}\n");
    commands.with("MAHAVISHNU_ENGINE__GRACE", "1s");

    assertThat(commands.run("config", "show").code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void a_variable_that_sets_nothing_is_an_error() {
    commands.with("MAHAVISHNU_PREFECT__API_ULR", "http://h");

    CommandLineOf.Result result = commands.run("config", "show");

    assertThat(result.err())
        .isEqualTo(
            "mahavishnu: variable MAHAVISHNU_PREFECT__API_ULR sets nothing; did you mean"
                + " `MAHAVISHNU_PREFECT__API_URL`?\n");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void limits_of_tags_have_one_meaning_in_every_place() throws IOException {
    file(
        "mahavishnu.yaml",
        "engine:\n  concurrency_limits:\n    - {tag: db, limit: 2}\n    - {tag: api, limit: 4}\n");
    assertThat(line("engine.concurrency_limits")).contains(" db=2,api=4 mahavishnu.yaml:3:");
    Workbench bench =
        new Workbench(
            commands
                .with("MAHAVISHNU_ENGINE__CONCURRENCY_LIMITS", "db=3, x=1")
                .env(new java.io.ByteArrayOutputStream(), new java.io.ByteArrayOutputStream()));

    assertThat(bench.configuration().engine().limits())
        .containsExactly(new Configuration.TagLimit("db", 3), new Configuration.TagLimit("x", 1));
  }

  @Test
  void credentials_in_a_url_are_not_shown() {
    commands.with("MAHAVISHNU_PREFECT__API_URL", "https://ann:hunter2@h.example/api");

    assertThat(commands.run("config", "show").out()).doesNotContain("hunter2");
    assertThat(commands.run("config", "show", "--output", "json").out())
        .doesNotContain("hunter2")
        .contains("https://***@h.example/api");
  }

  @Test
  void credentials_in_a_url_that_is_none_are_not_shown_either() {
    commands.with("MAHAVISHNU_PREFECT__API_URL", "htp://ann:hunter2@h.example/api");

    CommandLineOf.Result result = commands.run("config", "show");

    assertThat(result.err()).contains("`prefect.api_url` is wrong").doesNotContain("hunter2");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void sizes_and_durations_are_what_they_say() {
    Settings settings = new Settings();
    settings.put(Configuration.STORE_RESULT_LIMIT, new Settings.Value("2KiB", "--set"));
    settings.put(Configuration.STORE_TASK_LOG_LIMIT, new Settings.Value("3MB", "--set"));
    settings.put(Configuration.ENGINE_GRACE, new Settings.Value("1h30m", "--set"));

    Configuration configuration = Configuration.of(settings);

    assertThat(configuration.store().resultLimit()).isEqualTo(2048);
    assertThat(configuration.store().taskLogLimit()).isEqualTo(3_000_000);
    assertThat(configuration.engine().grace()).isEqualTo(java.time.Duration.ofMinutes(90));
  }
}
