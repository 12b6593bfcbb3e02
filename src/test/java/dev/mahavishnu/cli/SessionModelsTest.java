package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.llm.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model a session works with, and what it takes out of all that is said to it. */
final class SessionModelsTest {
  private static final String KEY = "k-0123456789-abcdef";

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() {
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  private SessionModels models() {
    return new SessionModels(
        new Workbench(commands.env(new ByteArrayOutputStream(), new ByteArrayOutputStream())));
  }

  private static Optional<String> name(SessionModels models) {
    return models.assistant().map(Assistant::name);
  }

  @Test
  void a_session_begins_with_the_configured_model_and_takes_another_when_told_to() {
    commands
        .with("ANTHROPIC_API_KEY", KEY)
        .with("GEMINI_API_KEY", KEY)
        .with("MAHAVISHNU_LLM__MODEL", "m-1");
    SessionModels models = models();

    assertThat(name(models)).contains("anthropic m-1");
    assertThat(models.why()).contains("ANTHROPIC_API_KEY");
    models.use("m-2");
    assertThat(name(models)).contains("anthropic m-2");
    models.use("gemini g-1");
    assertThat(models.current()).isEqualTo("gemini g-1");
    models.use("offline");
    assertThat(name(models)).isEmpty();
    assertThat(models.current()).isEqualTo("offline");
    assertThat(models.why()).contains("no model is used", "`model NAME`");
    models.use("m-3");
    assertThat(name(models)).contains("anthropic m-3");
    assertThat(models.why()).isEqualTo("chosen in this session");
  }

  @Test
  void a_model_that_can_not_be_had_changes_nothing() {
    commands.with("ANTHROPIC_API_KEY", KEY);
    SessionModels models = models();
    String before = models.current();

    assertThatThrownBy(() -> models.use("openai gpt-x"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no key for openai: set OPENAI_API_KEY");
    assertThat(models.current()).isEqualTo(before);
  }

  @Test
  void a_name_alone_needs_a_provider() {
    SessionModels models = models();

    assertThatThrownBy(() -> models.use("gpt-x")).hasMessageContaining("ollama gpt-x");
    models.use("ollama llama3.2");
    assertThat(name(models)).contains("ollama llama3.2");
  }

  @Test
  void the_provider_is_asked_what_it_offers() throws IOException {
    try (ScriptedModel server = ScriptedModel.start(folder.resolve("wire")).requiring(KEY)) {
      commands.with("MAHAVISHNU_LLM__BASE_URL", server.baseUrl()).with("OPENAI_API_KEY", KEY);
      assertThat(models().list()).containsExactly("scripted", "scripted-large");
      commands.with("OPENAI_API_KEY", "another");
      assertThatThrownBy(() -> models().list())
          .isInstanceOfSatisfying(
              CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
          .hasMessageContaining("Incorrect API key");
    }
  }

  @Test
  void all_that_may_be_secret_here_is_taken_out() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    Files.writeString(
        folder.resolve("flows/a.yaml"),
        "flow: a\nsecrets:\n  - plain_name\ntasks: [this flow has a mistake\n");
    Files.writeString(
        folder.resolve("flows/b.json"), "{\"flow\": \"b\", \"secrets\": [\"other\"]}");
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    commands
        .with("plain_name", "value-of-plain")
        .with("other", "value-of-other")
        .with("DB_PASSWORD", "value-of-password")
        .with("EDITOR_OF_CHOICE", "value-of-nothing")
        .with("MAHAVISHNU_LLM__API_KEY", "file:key")
        .with("MAHAVISHNU_LLM__PROVIDER", "offline");

    String text = "value-of-plain value-of-other value-of-password value-of-nothing " + KEY;

    assertThat(models().redactor().redact(text)).isEqualTo("*** *** *** value-of-nothing ***");
  }
}
