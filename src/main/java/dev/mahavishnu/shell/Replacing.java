package dev.mahavishnu.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Puts values in the place of {@code $name} in the words of one line. A name without a value stays,
 * and is noted.
 */
final class Replacing {
  private final Function<String, Optional<JsonNode>> values;
  private final List<String> unknown = new ArrayList<>();
  private final List<String> dashed = new ArrayList<>();

  Replacing(Function<String, Optional<JsonNode>> values) {
    this.values = values;
  }

  /** The names that have no value, in the order in which they were met. */
  List<String> unknown() {
    return unknown;
  }

  /** Words that would be options because of a value. */
  List<String> dashed() {
    return dashed;
  }

  /** A word that a value begins is none of ours to take for an option. */
  void noteWord(String written, String word) {
    boolean begins = written.startsWith("$") || written.startsWith("\"$");
    if (begins && word.startsWith("-")) {
      dashed.add(written);
    }
  }

  /** What stands for a use, amid other text. */
  String text(CharSequence line, Variables.Use use) {
    return value(use).map(Variables::text).orElseGet(() -> written(line, use));
  }

  private static String written(CharSequence line, Variables.Use use) {
    return line.subSequence(use.start(), use.end()).toString();
  }

  private Optional<JsonNode> value(Variables.Use use) {
    Optional<JsonNode> value = values.apply(use.name());
    if (value.isEmpty()) {
      unknown.add(use.name());
    }
    return value;
  }

  /** A text with all of its uses replaced; {@code \$} stands for the sign itself. */
  String text(String text) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      Optional<Variables.Use> use =
          text.charAt(i) == '$' ? Variables.Use.at(text, i) : Optional.empty();
      if (use.isPresent()) {
        out.append(text(text, use.get()));
        i = use.get().end();
      } else {
        i += text.startsWith("\\$", i) ? 1 : 0;
        out.append(text.charAt(i++));
      }
    }
    return out.toString();
  }

  /** JSON with all of its uses replaced: within a string by text, else by a value. */
  String json(String json) {
    StringBuilder out = new StringBuilder();
    boolean string = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      Optional<Variables.Use> use = c == '$' ? Variables.Use.at(json, i) : Optional.empty();
      if (use.isPresent()) {
        Optional<JsonNode> value = value(use.get());
        out.append(
            value.isEmpty()
                ? written(json, use.get())
                : string ? inner(Variables.text(value.get())) : value.get().toString());
        i = use.get().end() - 1;
        continue;
      }
      if (c == '\\' && string && i + 1 < json.length()) {
        // \$ is no escape of JSON.
        out.append(json.charAt(i + 1) == '$' ? "" : "\\").append(json.charAt(i + 1));
        i++;
        continue;
      }
      string ^= c == '"';
      out.append(c);
    }
    return out.toString();
  }

  private static String inner(String text) {
    String quoted = StringNode.valueOf(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }
}
