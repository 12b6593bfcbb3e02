package dev.mahavishnu.cli;

import dev.mahavishnu.llm.provider.Budget;
import dev.mahavishnu.llm.provider.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says about the language model; {@link ModelInForce} is what that comes to.
 *
 * @param baseUrl empty for the provider's own
 * @param model empty for the provider's usual one
 * @param apiKey empty: the provider's usual variable
 * @param temperature 0 to 2; empty for the model's own
 * @param timeout the longest silence of the server that is waited for
 * @param budget of a session; empty for none
 * @param price empty for what is known of the model
 */
record ModelConfiguration(
    Choice provider,
    Optional<URI> baseUrl,
    Optional<String> model,
    Optional<KeyReference> apiKey,
    Optional<Double> temperature,
    Duration timeout,
    int maxOutputTokens,
    Optional<Budget> budget,
    Optional<Price> price) {

  /** Whose model. */
  enum Choice {
    /** Whoever there is a key or a server of. */
    AUTO,
    /** None: the offline planner. */
    OFFLINE,
    OPENAI,
    ANTHROPIC,
    GEMINI,
    OLLAMA
  }

  static final Setting<Choice> PROVIDER =
      Setting.of("llm.provider", "auto", SettingParsers.word(Choice.class));
  // An address with a user and a password in it is not repeated where it has a mistake.
  static final Setting<Optional<URI>> BASE_URL =
      Setting.confidential("llm.base_url", SettingParsers.httpUrl("http://127.0.0.1:8080/v1"));
  static final Setting<Optional<String>> MODEL =
      Setting.of("llm.model", "", text -> Optional.of(text).filter(t -> !t.isBlank()));
  static final Setting<Optional<KeyReference>> API_KEY =
      Setting.confidential("llm.api_key", KeyReference::parse);
  static final Setting<Optional<Double>> TEMPERATURE =
      Setting.of("llm.temperature", "", ModelConfiguration::temperature);
  static final Setting<Duration> TIMEOUT =
      Setting.of("llm.timeout", "120s", SettingParsers::duration);
  static final Setting<Integer> MAX_OUTPUT_TOKENS =
      Setting.of("llm.max_output_tokens", "8192", SettingParsers.integer(1, 1_000_000));
  static final Setting<Optional<Budget>> BUDGET =
      Setting.of(
          "llm.budget",
          "",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(Budget.parse(text)));
  static final Setting<Optional<BigDecimal>> PRICE_INPUT =
      Setting.of("llm.price_input", "", ModelConfiguration::dollars);
  static final Setting<Optional<BigDecimal>> PRICE_OUTPUT =
      Setting.of("llm.price_output", "", ModelConfiguration::dollars);

  /** In the order of the shipped file. */
  static final List<Setting<?>> SETTINGS =
      List.of(
          PROVIDER,
          BASE_URL,
          MODEL,
          API_KEY,
          TEMPERATURE,
          TIMEOUT,
          MAX_OUTPUT_TOKENS,
          BUDGET,
          PRICE_INPUT,
          PRICE_OUTPUT);

  static ModelConfiguration of(Settings settings) {
    return new ModelConfiguration(
        settings.get(PROVIDER),
        settings.get(BASE_URL),
        settings.get(MODEL),
        settings.get(API_KEY),
        settings.get(TEMPERATURE),
        settings.get(TIMEOUT),
        settings.get(MAX_OUTPUT_TOKENS),
        settings.get(BUDGET),
        price(settings));
  }

  private static Optional<Price> price(Settings settings) {
    Optional<BigDecimal> input = settings.get(PRICE_INPUT);
    Optional<BigDecimal> output = settings.get(PRICE_OUTPUT);
    if (input.isPresent() != output.isPresent()) {
      Setting<?> said = input.isPresent() ? PRICE_INPUT : PRICE_OUTPUT;
      Setting<?> other = input.isPresent() ? PRICE_OUTPUT : PRICE_INPUT;
      throw CommandFailure.configuration(
          settings.value(said).origin()
              + ": `"
              + said.key()
              + "` says nothing without `"
              + other.key()
              + "`: set both, or none");
    }
    return input.flatMap(in -> output.map(out -> new Price(in, out)));
  }

  private static Optional<Double> temperature(String text) {
    Optional<BigDecimal> number = number(text).filter(n -> n.compareTo(BigDecimal.TWO) <= 0);
    if (number.isEmpty() && !text.isEmpty()) {
      throw new IllegalArgumentException("expected a number from 0 to 2, or nothing");
    }
    return number.map(BigDecimal::doubleValue);
  }

  private static Optional<BigDecimal> dollars(String text) {
    Optional<BigDecimal> number = number(text);
    if (number.isEmpty() && !text.isEmpty()) {
      throw new IllegalArgumentException(
          "expected US dollars for a million tokens, such as 0.25, or nothing");
    }
    return number;
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("\\d{1,7}(\\.\\d{1,7})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }
}
