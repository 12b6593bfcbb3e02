package dev.mahavishnu.cli;

import dev.mahavishnu.cli.ModelConfiguration.Choice;
import dev.mahavishnu.llm.provider.ModelSettings;
import dev.mahavishnu.llm.provider.Provider;
import dev.mahavishnu.llm.provider.Providers;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model that configuration and environment come to.
 *
 * @param settings empty: there is none, and the offline planner reads sentences
 * @param why one line for people: why this one, or why none
 * @param facts what is known of it, and where from; never the key
 * @param fault why it can't be asked, if it can't: one line
 */
record ModelInForce(
    Optional<ModelSettings> settings, String why, List<Fact> facts, Optional<String> fault) {

  ModelInForce {
    facts = List.copyOf(facts);
  }

  /**
   * Something that is in force.
   *
   * @param value as people may see it
   * @param from where it comes from
   */
  record Fact(String what, String value, String from) {}

  /** The settings of a model that can be asked; a fault is thrown. */
  Optional<ModelSettings> usable() {
    fault.ifPresent(
        f -> {
          throw CommandFailure.configuration(f);
        });
    return settings;
  }

  static ModelInForce of(Env env, Workspace workspace, Settings settings) {
    return new Finding(env, workspace, settings, ModelConfiguration.of(settings)).find();
  }

  private record Finding(
      Env env, Workspace workspace, Settings set, ModelConfiguration configured) {

    ModelInForce find() {
      Optional<Providers.Found> found;
      try {
        found = found();
      } catch (IllegalArgumentException e) {
        String fault = String.valueOf(e.getMessage());
        return new ModelInForce(Optional.empty(), fault, List.of(), Optional.of(fault));
      }
      return found.map(this::of).orElseGet(this::none);
    }

    private Optional<Providers.Found> found() {
      Map<String, String> variables = env.variables();
      return switch (configured.provider()) {
        case AUTO -> Providers.detect(variables, configured.baseUrl());
        case OFFLINE -> Optional.empty();
        case OPENAI, ANTHROPIC, GEMINI, OLLAMA ->
            Provider.of(configured.provider().name())
                .map(p -> Providers.of(p, variables, configured.baseUrl()));
      };
    }

    private ModelInForce none() {
      boolean off = configured.provider() == Choice.OFFLINE;
      Optional<String> fault =
          off || configured.apiKey().isEmpty()
              ? Optional.empty()
              : Optional.of("`llm.api_key` is set, but not whose it is: set llm.provider too");
      String from = off ? origin(ModelConfiguration.PROVIDER) : "no key, no server is set";
      String why =
          off
              ? "llm.provider is offline (" + from + ")"
              : "no model is configured: set OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or"
                  + " OLLAMA_HOST, or llm.base_url";
      return new ModelInForce(
          Optional.empty(), why, List.of(new Fact("provider", "offline", from)), fault);
    }

    private ModelInForce of(Providers.Found found) {
      Key key = key(found);
      Provider provider = found.provider();
      ModelSettings settings =
          new ModelSettings(
              provider,
              found.baseUrl(),
              configured.model().orElse(provider.model()),
              key.value(),
              configured.temperature(),
              configured.timeout(),
              configured.maxOutputTokens(),
              configured.budget(),
              configured.price());
      List<Fact> facts = new ArrayList<>();
      facts.add(new Fact("provider", provider.word(), providerFrom(found)));
      facts.add(new Fact("base_url", settings.shownUrl(), urlFrom(found)));
      facts.add(new Fact("model", settings.model(), modelFrom()));
      facts.add(new Fact("api_key", key.value().isPresent() ? "set" : "none", key.from()));
      String why = provider.word() + ": " + (key.value().isPresent() ? key.from() : urlFrom(found));
      return new ModelInForce(Optional.of(settings), why, facts, key.fault());
    }

    /**
     * @param from where it is, or why there is none
     */
    private record Key(Optional<String> value, String from, Optional<String> fault) {
      static Key faulty(String from, String fault) {
        return new Key(Optional.empty(), from, Optional.of(fault));
      }
    }

    private Key key(Providers.Found found) {
      if (leaks()) {
        return Key.faulty(
            "not sent to an address that the workspace chose",
            origin(ModelConfiguration.BASE_URL)
                + ": `llm.base_url` of a workspace's file gets no key unless you name the key"
                + " yourself: set MAHAVISHNU_LLM__API_KEY=env:NAME, or llm.api_key in"
                + " ~/.config/mahavishnu/config.yaml; or set llm.base_url there");
      }
      if (configured.apiKey().isPresent()) {
        KeyReference reference = configured.apiKey().get();
        try {
          return new Key(
              Optional.of(reference.read(ModelConfiguration.API_KEY.key(), env, workspace)),
              reference + " (" + origin(ModelConfiguration.API_KEY) + ")",
              Optional.empty());
        } catch (CommandFailure e) {
          String fault = String.valueOf(e.getMessage());
          return Key.faulty(reference + ": not there", fault);
        }
      }
      boolean needed = found.baseUrl().isEmpty() && found.provider() != Provider.OLLAMA;
      if (found.apiKey().isEmpty() && needed) {
        String names = String.join(" or ", found.provider().keys());
        return Key.faulty(
            names + " is not set",
            "llm.provider is "
                + found.provider().word()
                + ", but there is no key: set "
                + names
                + ", or llm.api_key");
      }
      return new Key(found.apiKey(), found.keyFrom().orElse("not set"), Optional.empty());
    }

    /**
     * Whether a file that came with the workspace would send a key of the person's to a server that
     * it names: a workspace may be somebody else's. A server on this machine may have it.
     */
    private boolean leaks() {
      return configured.baseUrl().filter(url -> !isHere(url)).isPresent()
          && isWorkspaces(ModelConfiguration.BASE_URL)
          && (configured.apiKey().isEmpty()
              ? hasOwnKey()
              : isWorkspaces(ModelConfiguration.API_KEY));
    }

    private boolean hasOwnKey() {
      return found().flatMap(Providers.Found::apiKey).isPresent();
    }

    private boolean isWorkspaces(Setting<?> setting) {
      String file = Workspace.shown(workspace.configuration(), env.cwd());
      return origin(setting).startsWith(file + ":");
    }

    private String origin(Setting<?> setting) {
      return set.value(setting).origin();
    }

    private String providerFrom(Providers.Found found) {
      if (configured.provider() != Choice.AUTO) {
        return origin(ModelConfiguration.PROVIDER);
      }
      return configured.baseUrl().isPresent()
          ? "llm.base_url is set"
          : found.keyFrom().orElse("OLLAMA_HOST");
    }

    private String urlFrom(Providers.Found found) {
      if (configured.baseUrl().isPresent()) {
        return origin(ModelConfiguration.BASE_URL);
      }
      return found
          .baseUrl()
          .map(_ -> found.provider() == Provider.OLLAMA ? "OLLAMA_HOST" : base(found.provider()))
          .orElse("the provider's own");
    }

    private static String base(Provider provider) {
      return provider.name() + "_BASE_URL";
    }

    private String modelFrom() {
      return configured.model().isPresent()
          ? origin(ModelConfiguration.MODEL)
          : "the provider's usual one";
    }
  }

  /** Whether it is on this machine. */
  static boolean isHere(URI url) {
    String host = String.valueOf(url.getHost());
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
