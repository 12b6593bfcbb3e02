package dev.mahavishnu.llm.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which model is asked, and how.
 *
 * @param provider who runs it
 * @param baseUrl where its API is, with the version in the path as the provider's own has it; empty
 *     for the provider's own
 * @param model its name as the provider knows it
 * @param apiKey the key itself; empty for servers that want none
 * @param temperature 0 to 2; empty for the model's own
 * @param timeout the longest silence of the server that is waited for
 * @param maxOutputTokens that one answer may take, thinking included
 * @param budget of the session; empty for none
 * @param price said by configuration; empty for the one in our table, if it is there
 */
public record ModelSettings(
    Provider provider,
    Optional<URI> baseUrl,
    String model,
    Optional<String> apiKey,
    Optional<Double> temperature,
    Duration timeout,
    int maxOutputTokens,
    Optional<Budget> budget,
    Optional<Price> price) {
  /** How long a silence is waited for where nothing else is said. */
  public static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** How long one answer may be where nothing else is said. */
  public static final int MAX_OUTPUT_TOKENS = 8192;

  /** Settings with nothing but what must be known. */
  public static ModelSettings of(Provider provider, String model, Optional<String> apiKey) {
    return new ModelSettings(
        provider,
        Optional.empty(),
        model,
        apiKey,
        Optional.empty(),
        TIMEOUT,
        MAX_OUTPUT_TOKENS,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same with another model of the same provider; a price that was said was for the old one.
   */
  public ModelSettings withModel(String other) {
    return new ModelSettings(
        provider,
        baseUrl,
        other,
        apiKey,
        temperature,
        timeout,
        maxOutputTokens,
        budget,
        Optional.empty());
  }

  /** Where requests go. */
  public URI url() {
    return baseUrl.orElse(provider.url());
  }

  /** Provider and model, for people: {@code openai gpt-6-luna}. */
  public String name() {
    return provider.word() + " " + model;
  }

  /** Where calls go, as people may see it: without user, password and query. */
  public String shownUrl() {
    return Urls.shown(url());
  }

  /** All but the key. */
  @Override
  public String toString() {
    return "ModelSettings[provider=%s, baseUrl=%s, model=%s, apiKey=%s, temperature=%s, timeout=%s, maxOutputTokens=%d, budget=%s, price=%s]"
        .formatted(
            provider,
            shownUrl(),
            model,
            apiKey.isPresent() ? "***" : "none",
            temperature,
            timeout,
            maxOutputTokens,
            budget,
            price);
  }
}
