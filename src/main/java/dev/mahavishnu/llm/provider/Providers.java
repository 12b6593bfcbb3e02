package dev.mahavishnu.llm.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/** Finds the provider that a person has, by what is configured and by the usual variables. */
public final class Providers {
  private Providers() {}

  /**
   * A provider that can be asked.
   *
   * @param baseUrl from configuration or a variable; empty for the provider's own
   * @param apiKey the key itself; empty where none was found
   * @param keyFrom the variable that the key came from; empty if none did
   */
  public record Found(
      Provider provider, Optional<URI> baseUrl, Optional<String> apiKey, Optional<String> keyFrom) {
    /** All but the key. */
    @Override
    public String toString() {
      return "Found[provider=%s, baseUrl=%s, keyFrom=%s]"
          .formatted(provider, baseUrl.map(Urls::shown), keyFrom);
    }
  }

  /**
   * Applies {@code llm.provider: auto}: a base URL that is configured is an OpenAI-compatible
   * server; else the first of OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY or GOOGLE_API_KEY
   * that is set and not blank; else OLLAMA_HOST; else there is none.
   *
   * @param variables the environment
   * @param baseUrl {@code llm.base_url}, if it is configured
   * @return empty: offline
   * @throws IllegalArgumentException if a variable has a base URL that is none, one line
   */
  public static Optional<Found> detect(Map<String, String> variables, Optional<URI> baseUrl) {
    if (baseUrl.isPresent()) {
      return Optional.of(of(Provider.OPENAI, variables, baseUrl));
    }
    for (Provider provider : Provider.values()) {
      boolean set = provider.keys().stream().anyMatch(k -> value(variables, k).isPresent());
      boolean host = provider == Provider.OLLAMA && value(variables, "OLLAMA_HOST").isPresent();
      if (set || host) {
        return Optional.of(of(provider, variables, Optional.empty()));
      }
    }
    return Optional.empty();
  }

  /**
   * What the environment says about one provider: its key, and its base URL (OPENAI_BASE_URL,
   * ANTHROPIC_BASE_URL, OLLAMA_HOST) where none is configured.
   *
   * @throws IllegalArgumentException if a variable has a base URL that is none, one line
   */
  public static Found of(Provider provider, Map<String, String> variables, Optional<URI> baseUrl) {
    Optional<URI> url = baseUrl.isPresent() ? baseUrl : urlOf(provider, variables);
    for (String key : provider.keys()) {
      Optional<String> value = value(variables, key);
      if (value.isPresent()) {
        return new Found(provider, url, value, Optional.of(key));
      }
    }
    return new Found(provider, url, Optional.empty(), Optional.empty());
  }

  private static Optional<URI> urlOf(Provider provider, Map<String, String> variables) {
    return switch (provider) {
      case OPENAI -> url(variables, "OPENAI_BASE_URL");
      case ANTHROPIC -> url(variables, "ANTHROPIC_BASE_URL").map(Providers::versioned);
      case GEMINI -> Optional.empty();
      case OLLAMA -> value(variables, "OLLAMA_HOST").map(Providers::ollama);
    };
  }

  private static Optional<URI> url(Map<String, String> variables, String name) {
    return value(variables, name).map(text -> parse(name, text));
  }

  /** Anthropic's own tools take the address without the version, ours with it. */
  private static URI versioned(URI url) {
    String plain = Urls.plain(url);
    return plain.endsWith("/v1") ? url : URI.create(plain + "/v1");
  }

  /** Ollama takes {@code host}, {@code host:port} and URLs; 0.0.0.0 is where it listens. */
  private static URI ollama(String text) {
    String plain = text.contains("://") ? text : "http://" + text;
    URI url = parse("OLLAMA_HOST", plain.replace("://0.0.0.0", "://127.0.0.1"));
    boolean bare = url.getPort() < 0 && url.getScheme().equals("http");
    return bare && !text.contains("://") ? URI.create(Urls.plain(url) + ":11434") : url;
  }

  private static URI parse(String name, String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (URISyntaxException _) {
      // said below, without the text: it may hold a password
    }
    throw new IllegalArgumentException(name + " is not the address of a server");
  }

  private static Optional<String> value(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
