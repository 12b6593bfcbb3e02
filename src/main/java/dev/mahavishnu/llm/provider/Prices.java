package dev.mahavishnu.llm.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What models cost, as far as it is known: by configuration, or by the table that is shipped. */
public final class Prices {
  /** A dated name is the same model: {@code claude-haiku-4-5-20251001}. */
  private static final Pattern DATE = Pattern.compile("-(?:[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$");

  private Prices() {}

  /**
   * The price of the model: the one of the settings, else that of the table, which holds only for
   * the provider's own server. Empty where none is known: never a guess.
   *
   * @param input the most tokens that are sent at once: longer prompts may have another price
   */
  public static Optional<Price> of(ModelSettings settings, long input) {
    if (settings.price().isPresent()) {
      return settings.price();
    }
    boolean own = settings.provider().url().getHost().equals(settings.url().getHost());
    return own ? listed(settings.provider(), settings.model(), input) : Optional.empty();
  }

  private static Optional<Price> listed(Provider provider, String model, long input) {
    JsonNode models = Table.READ.path(provider.word());
    String name = DATE.matcher(model).replaceFirst("");
    return row(models.path(model), input).or(() -> row(models.path(name), input));
  }

  private static Optional<Price> row(JsonNode row, long input) {
    return row.isArray() && (row.size() == 2 || input <= row.path(2).asLong(0))
        ? Optional.of(new Price(row.get(0).decimalValue(), row.get(1).decimalValue()))
        : Optional.empty();
  }

  /** Read when the first price is asked for. */
  private static final class Table {
    private static final JsonNode READ = read();

    private static JsonNode read() {
      try (InputStream file = Prices.class.getResourceAsStream("prices.yaml")) {
        if (file == null) {
          throw new IllegalStateException("prices.yaml is not in the program");
        }
        return new YAMLMapper().readTree(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
