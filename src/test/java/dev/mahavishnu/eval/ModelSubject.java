package dev.mahavishnu.eval;

import dev.mahavishnu.llm.ModelAssistant;
import dev.mahavishnu.llm.Surroundings;
import dev.mahavishnu.llm.provider.Meter;
import dev.mahavishnu.llm.provider.ModelChat;
import dev.mahavishnu.llm.provider.ModelSettings;
import dev.mahavishnu.llm.provider.Provider;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.FlowReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The planner of a language model. */
final class ModelSubject implements Subject {
  private final ModelSettings settings;
  private final Map<String, String> variables;

  ModelSubject(ModelSettings settings, Map<String, String> variables) {
    this.settings = settings;
    this.variables = variables;
  }

  /**
   * The model that the properties name, if they name one.
   *
   * @throws IllegalArgumentException when they make no sense, one line
   */
  static Optional<Subject> of(Properties said, Map<String, String> variables) {
    String provider = Evaluate.text(said, "llm.provider", "");
    String url = Evaluate.text(said, "llm.base_url", "");
    String model = Evaluate.text(said, "llm.model", "");
    if (provider.isEmpty() && url.isEmpty() && model.isEmpty()) {
      return Optional.empty();
    }
    Provider whose =
        Provider.of(provider.isEmpty() ? "openai" : provider)
            .orElseThrow(() -> new IllegalArgumentException("llm.provider: unknown: " + provider));
    Optional<URI> baseUrl = url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
    String seconds = Evaluate.text(said, "llm.timeout", "120");
    String most = Evaluate.text(said, "llm.max_output_tokens", "8192");
    ModelSettings settings =
        new ModelSettings(
            whose,
            baseUrl,
            model.isEmpty() ? whose.model() : model,
            key(Evaluate.text(said, "llm.api_key", ""), whose, variables),
            Optional.of(Evaluate.text(said, "llm.temperature", ""))
                .filter(t -> !t.isEmpty())
                .map(Double::valueOf),
            Duration.ofSeconds(Long.parseLong(seconds)),
            Integer.parseInt(most),
            Optional.empty(),
            Optional.empty());
    return Optional.of(new ModelSubject(settings, variables));
  }

  private static Optional<String> key(
      String said, Provider provider, Map<String, String> variables) {
    if (said.isEmpty()) {
      return provider.keys().stream()
          .filter(variables::containsKey)
          .findFirst()
          .map(variables::get);
    }
    if (!said.startsWith("env:") || !variables.containsKey(said.substring(4))) {
      throw new IllegalArgumentException("llm.api_key is env:NAME, of a variable that is set");
    }
    return Optional.of(variables.get(said.substring(4)));
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Planner planner(Place place, Path folder) {
    Redactor redactor = redactor(place);
    Meter meter = new Meter(Optional.empty());
    ModelChat chat = new ModelChat(settings, redactor, meter, variables);
    return new ModelAssistant(
            settings.name(), chat, new Around(place, folder, redactor), meter::spent)
        .planner();
  }

  /** The secrets of a case have names only: their values are these. */
  private static Redactor redactor(Place place) {
    Redactor redactor = new Redactor();
    redactor.add(place.secrets().stream().map(name -> "value-of-" + name).toList());
    return redactor;
  }

  /** A workspace that was written for a case. */
  private record Around(Place place, Path root, Redactor redactor) implements Surroundings {
    @Override
    public List<KnownFlow> flows() {
      return place.flows().entrySet().stream()
          .map(
              f ->
                  new KnownFlow(
                      f.getKey(),
                      root.resolve("flows").resolve(f.getKey() + ".yaml"),
                      f.getValue()))
          .toList();
    }

    @Override
    public Optional<RunHistory> history() {
      return Optional.empty();
    }

    @Override
    public List<String> deployments() {
      return List.of();
    }

    @Override
    public FlowReader reader() {
      return Specs.READER;
    }

    @Override
    public Clock clock() {
      return Clock.system(ZoneId.of("UTC"));
    }
  }
}
