package dev.mahavishnu.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was set, by key, with where; later layers win. */
final class Settings {
  /**
   * @param origin where it was set: {@code mahavishnu.yaml:3:5}, a variable, an option
   */
  record Value(String text, String origin) {}

  private final Map<String, Value> values = new LinkedHashMap<>();

  void put(Setting<?> setting, Value value) {
    // Parsed here too, so that a wrong value is told even where a later layer hides it.
    parse(setting, value);
    values.put(setting.key(), value);
  }

  Value value(Setting<?> setting) {
    return values.getOrDefault(setting.key(), new Value(setting.standard(), "default"));
  }

  <T> T get(Setting<T> setting) {
    return parse(setting, value(setting));
  }

  private static <T> T parse(Setting<T> setting, Value value) {
    try {
      return setting.parser().parse(value.text());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.configuration(
          value.origin()
              + ": `"
              + setting.key()
              + (setting.confidential() ? "` is wrong; " : "` is `" + value.text() + "`; ")
              + e.getMessage());
    }
  }
}
