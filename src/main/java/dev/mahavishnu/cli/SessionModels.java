package dev.mahavishnu.cli;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.llm.ModelAssistant;
import dev.mahavishnu.llm.provider.Meter;
import dev.mahavishnu.llm.provider.ModelChat;
import dev.mahavishnu.llm.provider.ModelList;
import dev.mahavishnu.llm.provider.ModelSettings;
import dev.mahavishnu.llm.provider.Provider;
import dev.mahavishnu.llm.provider.ProviderException;
import dev.mahavishnu.llm.provider.Providers;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.shell.Models;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model of a session, which is the configured one until a person takes another. Nothing of it
 * is made before it is asked for: a start that needs no model knows nothing of any.
 */
final class SessionModels implements Models {
  private final Workbench bench;
  private final KnownSecrets secrets;

  /** What a person chose. */
  private record Chosen(Optional<ModelSettings> settings) {}

  private @Nullable Chosen chosen;
  private @Nullable Meter meter;
  private @Nullable Assistant assistant;

  SessionModels(Workbench bench) {
    this.bench = bench;
    this.secrets = new KnownSecrets(bench);
  }

  /** Knows all that may be secret here. */
  Redactor redactor() {
    return secrets.redactor();
  }

  /**
   * The assistant with the model in use; empty: none is.
   *
   * @throws CommandFailure where a model is configured that can't be asked
   */
  synchronized Optional<Assistant> assistant() {
    Optional<ModelSettings> settings = settings();
    if (assistant == null && settings.isPresent()) {
      assistant = assistant(settings.get());
    }
    return settings.map(_ -> assistant);
  }

  private Assistant assistant(ModelSettings settings) {
    ModelChat chat = new ModelChat(settings, redactor(), meter(), bench.env().variables());
    return new ModelAssistant(
        settings.name(), chat, new WorkspaceSurroundings(bench, secrets), meter()::spent);
  }

  /** One for the session: another model has no budget of its own. */
  private Meter meter() {
    if (meter == null) {
      meter = new Meter(bench.configuration().model().budget());
    }
    return meter;
  }

  private Optional<ModelSettings> settings() {
    return chosen == null ? bench.model().usable() : chosen.settings();
  }

  @Override
  public synchronized String current() {
    return settings().map(ModelSettings::name).orElse(OFFLINE);
  }

  @Override
  public synchronized String why() {
    if (chosen == null) {
      return bench.model().why();
    }
    return chosen.settings().isPresent()
        ? "chosen in this session"
        : "no model is used, as chosen in this session: `model NAME` takes one";
  }

  @Override
  public List<String> list() {
    ModelSettings settings =
        settings().orElseThrow(() -> CommandFailure.usage(bench.model().why()));
    return list(settings);
  }

  /** What a provider offers; throws what it says. */
  List<String> list(ModelSettings settings) {
    try {
      return new ModelList(redactor(), bench.env().variables()).of(settings);
    } catch (ProviderException e) {
      throw CommandFailure.unreachable(e.getMessage());
    }
  }

  @Override
  public synchronized void use(String name) {
    chosen = new Chosen(named(name.strip()));
    assistant = null;
  }

  private Optional<ModelSettings> named(String name) {
    if (name.equals(OFFLINE)) {
      return Optional.empty();
    }
    String[] words = name.split("\\s+", 2);
    Optional<Provider> provider = Provider.of(words[0]);
    if (provider.isPresent()) {
      String model = words.length > 1 ? words[1] : provider.get().model();
      return Optional.of(of(provider.get(), model));
    }
    ModelSettings now =
        settings()
            .or(() -> bench.model().usable())
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "whose model is `"
                            + name
                            + "`? No provider is configured: say it as"
                            + " `ollama "
                            + name
                            + "`, or set a key"));
    return Optional.of(now.withModel(name));
  }

  private ModelSettings of(Provider provider, String model) {
    Optional<ModelSettings> configured =
        bench.model().usable().filter(s -> s.provider() == provider);
    if (configured.isPresent()) {
      return configured.get().withModel(model);
    }
    Providers.Found found = Providers.of(provider, bench.env().variables(), Optional.empty());
    if (found.apiKey().isEmpty() && !provider.keys().isEmpty()) {
      throw CommandFailure.configuration(
          "there is no key for "
              + provider.word()
              + ": set "
              + String.join(" or ", provider.keys()));
    }
    ModelConfiguration said = bench.configuration().model();
    return new ModelSettings(
        provider,
        found.baseUrl(),
        model,
        found.apiKey(),
        said.temperature(),
        said.timeout(),
        said.maxOutputTokens(),
        said.budget(),
        Optional.empty());
  }
}
