package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.provider.Budget;
import dev.mahavishnu.llm.provider.ModelSettings;
import dev.mahavishnu.llm.provider.Price;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which model the configuration comes to, and what is said about it. */
final class ModelConfigurationTest {
  private static final String KEY = "sk-live-0123456789abcdef";

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() {
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  private Workbench bench() {
    return new Workbench(commands.env(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
  }

  private ModelSettings model() {
    return bench().model().usable().orElseThrow();
  }

  private void workspaceSays(String yaml) throws IOException {
    Files.writeString(folder.resolve("mahavishnu.yaml"), yaml + "\n");
  }

  /** The rows about what is in force: what, value, from. */
  private List<String> inForce() {
    CommandLineOf.Result result = commands.run("config", "show");
    assertThat(result.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(result.out()).doesNotContain(KEY);
    return result.lines().stream()
        .filter(line -> line.startsWith("model."))
        .map(line -> line.replaceAll(" {2,}", " | ").strip())
        .toList();
  }

  @Test
  void without_a_key_there_is_no_model() {
    assertThat(bench().model().usable()).isEmpty();
    assertThat(bench().model().why()).contains("OPENAI_API_KEY");
    assertThat(inForce()).containsExactly("model.provider | offline | no key, no server is set");
  }

  @Test
  void a_key_in_the_environment_is_enough() {
    commands.with("ANTHROPIC_API_KEY", KEY);

    assertThat(model().apiKey()).contains(KEY);
    assertThat(inForce())
        .containsExactly(
            "model.provider | anthropic | ANTHROPIC_API_KEY",
            "model.base_url | https://api.anthropic.com/v1 | the provider's own",
            "model.model | " + model().model() + " | the provider's usual one",
            "model.api_key | set | ANTHROPIC_API_KEY");
  }

  @Test
  void every_key_of_the_group_can_be_said() {
    commands
        .with("MAHAVISHNU_LLM__MODEL", "m-1")
        .with("MAHAVISHNU_LLM__BASE_URL", "http://ann:hunter2@h.example:8080/v1")
        .with("MAHAVISHNU_LLM__TEMPERATURE", "0.5")
        .with("MAHAVISHNU_LLM__TIMEOUT", "7s")
        .with("MAHAVISHNU_LLM__MAX_OUTPUT_TOKENS", "99")
        .with("MAHAVISHNU_LLM__BUDGET", "2.50 USD")
        .with("MAHAVISHNU_LLM__PRICE_INPUT", "0.25")
        .with("MAHAVISHNU_LLM__PRICE_OUTPUT", "2")
        .with("MAHAVISHNU_LLM__API_KEY", "env:MY_KEY")
        .with("MY_KEY", KEY);

    ModelSettings model = model();

    assertThat(model.model()).isEqualTo("m-1");
    assertThat(model.baseUrl()).contains(URI.create("http://ann:hunter2@h.example:8080/v1"));
    assertThat(model.temperature()).contains(0.5);
    assertThat(model.timeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(model.maxOutputTokens()).isEqualTo(99);
    assertThat(model.budget()).contains(new Budget.Money(new BigDecimal("2.50")));
    assertThat(model.price()).contains(new Price(new BigDecimal("0.25"), new BigDecimal("2")));
    assertThat(model.apiKey()).contains(KEY);
    assertThat(inForce())
        .containsExactly(
            "model.provider | openai | llm.base_url is set",
            "model.base_url | http://h.example:8080/v1 | MAHAVISHNU_LLM__BASE_URL",
            "model.model | m-1 | MAHAVISHNU_LLM__MODEL",
            "model.api_key | set | env:MY_KEY (MAHAVISHNU_LLM__API_KEY)");
    assertThat(commands.run("config", "show", "--output", "json").out())
        .contains("{\"key\":\"model.provider\",\"value\":\"openai\"")
        .doesNotContain(KEY)
        .doesNotContain("hunter2");
  }

  @Test
  void offline_wins_over_every_key() {
    commands.with("OPENAI_API_KEY", KEY);

    CommandLineOf.Result result = commands.run("config", "show", "--set", "llm.provider=offline");

    assertThat(result.out()).containsPattern("model.provider +offline +--set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {temperature: 2.1}      | 1:20: `llm.temperature` is `2.1`; expected a number from 0 to 2, or nothing
          {timeout: soon}         | 1:16: `llm.timeout` is `soon`; expected a duration such as 250ms, 10s, 5m or 2h
          {provider: claude}      | 1:17: `llm.provider` is `claude`; expected one of auto, offline, openai, anthropic, gemini, ollama
          {budget: 5}             | 1:15: `llm.budget` is `5`; a budget is written as "2.50 USD", "$2.50" or "200000 tokens", not "5"
          {price_input: 1}        | 1:20: `llm.price_input` says nothing without `llm.price_output`: set both, or none
          {price_input: -1}       | 1:20: `llm.price_input` is `-1`; expected US dollars for a million tokens, such as 0.25, or nothing
          {base_url: "u:hunter2@h"} | 1:17: `llm.base_url` is wrong; expected a URL such as http://127.0.0.1:8080/v1
          """)
  void a_mistake_is_one_line_with_its_place(String yaml, String message) throws IOException {
    workspaceSays("llm: " + yaml);

    CommandLineOf.Result result = commands.run("config", "show");

    assertThat(result.err()).isEqualTo("mahavishnu: mahavishnu.yaml:" + message + "\n");
    assertThat(result.code()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void a_key_that_stands_there_itself_is_refused_and_not_repeated() throws IOException {
    workspaceSays("llm: {api_key: " + KEY + "}");
    CommandLineOf.Result inFile = commands.run("config", "show");
    workspaceSays("");
    CommandLineOf.Result inOption = commands.run("config", "show", "--set", "llm.api_key=" + KEY);
    CommandLineOf.Result misspelt = commands.run("config", "show", "--set", "llm.apikey=" + KEY);

    assertThat(List.of(inFile, inOption, misspelt))
        .allSatisfy(
            result -> assertThat(result.out() + result.err()).doesNotContain(KEY).isNotEmpty());
    assertThat(inFile.err())
        .isEqualTo(
            "mahavishnu: mahavishnu.yaml:1:16: `llm.api_key` is wrong; expected env:NAME or"
                + " file:PATH, which say where the key is; a key itself never stands here\n");
    assertThat(inFile.code()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(misspelt.err()).contains("did you mean `llm.api_key`?");
  }

  @Test
  void a_file_with_a_key_is_for_its_owner_alone() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    commands.with("MAHAVISHNU_LLM__PROVIDER", "openai").with("MAHAVISHNU_LLM__API_KEY", "file:key");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Optional<String> open = bench().model().fault();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertThat(open).hasValueSatisfying(f -> assertThat(f).contains("chmod 600"));
    assertThat(model().apiKey()).contains(KEY);
    Files.delete(file);
    assertThat(bench().model().fault().orElse("")).contains("there is no file", "file:key");
  }

  @Test
  void a_model_without_its_key_is_a_fault_and_never_the_offline_planner_in_silence() {
    commands.with("MAHAVISHNU_LLM__PROVIDER", "anthropic");

    assertThat(bench().model().fault().orElse(""))
        .isEqualTo(
            "llm.provider is anthropic, but there is no key: set ANTHROPIC_API_KEY, or"
                + " llm.api_key");
    assertThat(commands.run("config", "show").err()).contains("there is no key");
  }

  @Test
  void a_workspace_cannot_send_the_persons_key_to_a_server_of_its_choice() throws IOException {
    commands.with("OPENAI_API_KEY", KEY);
    workspaceSays("llm: {base_url: 'https://elsewhere.example/v1'}");
    ModelInForce usual = bench().model();
    workspaceSays("llm: {base_url: 'https://elsewhere.example/v1', api_key: 'env:OPENAI_API_KEY'}");
    ModelInForce named = bench().model();
    commands.with("MAHAVISHNU_LLM__API_KEY", "env:OPENAI_API_KEY");

    assertThat(List.of(usual, named))
        .allSatisfy(
            model -> {
              assertThat(model.fault().orElse("")).contains("gets no key");
              assertThat(model.settings().orElseThrow().apiKey()).isEmpty();
            });
    assertThat(model().apiKey()).contains(KEY);
  }

  @Test
  void a_server_of_this_machine_may_be_the_workspaces_choice() throws IOException {
    commands.with("OPENAI_API_KEY", KEY);
    workspaceSays("llm: {base_url: 'http://127.0.0.1:8080/v1'}");

    assertThat(model().apiKey()).contains(KEY);
  }
}
