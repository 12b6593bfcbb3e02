package dev.mahavishnu.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

/**
 * What {@code let} set in a session, and with what the last statement ended. For several threads.
 */
final class Variables {
  /** With what the last statement ended that was not about variables, conditions or aliases. */
  static final String EXIT_CODE = "exit_code";

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,63}");
  private static final Pattern USE =
      Pattern.compile("\\$(?:\\{([a-zA-Z_][a-zA-Z0-9_]*)\\}|([a-zA-Z_][a-zA-Z0-9_]*))");

  private final Map<String, JsonNode> values = new TreeMap<>();
  private int exitCode;

  /**
   * {@code $day} or <code>${day}</code> in a text.
   *
   * @param start offset of the {@code $}
   * @param end offset after it
   */
  record Use(String name, int start, int end) {
    /** The one that starts here. */
    static Optional<Use> at(CharSequence text, int start) {
      Matcher use = USE.matcher(text).region(start, text.length());
      return use.lookingAt()
          ? Optional.of(
              new Use(use.group(1) == null ? use.group(2) : use.group(1), start, use.end()))
          : Optional.empty();
    }
  }

  static boolean isName(String word) {
    return NAME.matcher(word).matches();
  }

  synchronized void set(String name, JsonNode value) {
    values.put(name, value);
  }

  synchronized Optional<JsonNode> get(String name) {
    return name.equals(EXIT_CODE)
        ? Optional.of(IntNode.valueOf(exitCode))
        : Optional.ofNullable(values.get(name));
  }

  synchronized void ended(int code) {
    exitCode = code;
  }

  /** Those that were set, by name. */
  synchronized Map<String, JsonNode> all() {
    return new LinkedHashMap<>(values);
  }

  /** Those that were set and what a program gets besides, as texts. */
  synchronized Map<String, String> environment() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, value) -> texts.put(name, text(value)));
    texts.put(EXIT_CODE, String.valueOf(exitCode));
    return texts;
  }

  /** A value within words: a text as it is, anything else as JSON. */
  static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
