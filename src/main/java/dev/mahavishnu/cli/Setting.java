package dev.mahavishnu.cli;

import java.util.List;
import java.util.Locale;

/**
 * A key of the configuration.
 *
 * @param key with a dot between group and name
 * @param standard value when nobody says anything, as it would be written; empty for none
 * @param fields names in an item where the value is a list of objects; {@code a=1,b=2} is its short
 *     form
 * @param confidential whether a wrong value may be a secret, and is not repeated
 * @param parser throws {@link IllegalArgumentException} that says what was expected
 */
record Setting<T>(
    String key, String standard, List<String> fields, boolean confidential, Parser<T> parser) {
  /** From text to value. */
  interface Parser<T> {
    T parse(String text);
  }

  Setting {
    fields = List.copyOf(fields);
  }

  static <T> Setting<T> of(String key, String standard, Parser<T> parser) {
    return new Setting<>(key, standard, List.of(), false, parser);
  }

  /** One that is not set unless somebody sets it, and then may hold a secret by mistake. */
  static <T> Setting<T> confidential(String key, Parser<T> parser) {
    return new Setting<>(key, "", List.of(), true, parser);
  }

  /** Name of the environment variable that sets it. */
  String variable() {
    return "MAHAVISHNU_" + key.toUpperCase(Locale.ROOT).replace(".", "__");
  }
}
