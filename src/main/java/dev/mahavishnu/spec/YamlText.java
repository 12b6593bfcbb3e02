package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A tree as YAML for people: what is small and simple stands on one line, texts of several lines
 * stand as blocks. Reading it gives the tree back.
 */
final class YamlText {
  /** Longest line that brackets are worth. */
  private static final int WIDTH = 100;

  /** Longest name that YAML takes without a question mark. */
  private static final int LONGEST_NAME = 900;

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** A mapping, each field on lines of its own. */
  static String document(JsonNode mapping) {
    YamlText text = new YamlText();
    text.mapping(mapping, 0);
    return text.out.toString();
  }

  /** A value alone: on one line where it is simple. */
  static String value(JsonNode value) {
    if (value.isString()) {
      String text = value.stringValue();
      return YamlScalar.isBlock(text) ? text : YamlScalar.inBlock(text);
    }
    Optional<String> line = line(value, WIDTH);
    if (line.isPresent()) {
      return line.get();
    }
    YamlText text = new YamlText();
    if (value.isObject()) {
      text.mapping(value, 0);
    } else {
      text.list(value, 0);
    }
    return text.out.toString().stripTrailing();
  }

  private void mapping(JsonNode mapping, int indent) {
    boolean first = true;
    for (Map.Entry<String, JsonNode> field : mapping.properties()) {
      // The first field of a list's item stands behind the dash.
      if (!first || out.isEmpty() || out.charAt(out.length() - 1) == '\n') {
        out.repeat(' ', indent);
      }
      first = false;
      String name = YamlScalar.inFlow(field.getKey());
      if (name.length() > LONGEST_NAME) {
        out.append("? ").append(name).append('\n').repeat(' ', indent);
        name = "";
      }
      out.append(name).append(':');
      entry(field.getKey(), field.getValue(), indent, name.length() + 2);
    }
  }

  private void entry(String name, JsonNode value, int indent, int used) {
    if (value.isString()) {
      out.append(' ');
      string(value.stringValue(), indent);
    } else if (value.isContainer() && !value.isEmpty()) {
      container(name, value, indent, used);
    } else {
      out.append(' ').append(line(value, Integer.MAX_VALUE).orElseThrow()).append('\n');
    }
  }

  private void container(String name, JsonNode value, int indent, int used) {
    Optional<String> line =
        isSpacious(name, value) ? Optional.empty() : line(value, WIDTH - indent - used);
    if (line.isPresent()) {
      out.append(' ').append(line.get()).append('\n');
    } else if (value.isObject()) {
      out.append('\n');
      mapping(value, indent + 2);
    } else {
      out.append('\n');
      list(value, indent + 2);
    }
  }

  /** Lists that people edit line by line. */
  private static boolean isSpacious(String name, JsonNode value) {
    boolean objects = value.isArray() && value.get(0).isObject();
    return objects && (value.size() > 1 || name.equals("tasks") || name.equals("on_failure"));
  }

  private void list(JsonNode list, int indent) {
    for (JsonNode item : list) {
      out.repeat(' ', indent).append('-');
      Optional<String> line = isTask(item) ? Optional.empty() : line(item, WIDTH - indent);
      if (item.isString()) {
        out.append(' ');
        string(item.stringValue(), indent);
      } else if (line.isPresent()) {
        out.append(' ').append(line.get()).append('\n');
      } else if (item.isObject()) {
        out.append(' ');
        mapping(item, indent + 2);
      } else {
        out.append('\n');
        list(item, indent + 2);
      }
    }
  }

  private static boolean isTask(JsonNode item) {
    return item.has("id") && item.has("type");
  }

  private void string(String text, int indent) {
    if (!YamlScalar.isBlock(text)) {
      out.append(YamlScalar.inBlock(text)).append('\n');
      return;
    }
    out.append(YamlScalar.blockSign(text)).append('\n');
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : body.split("\n", -1)) {
      out.repeat(' ', line.isEmpty() ? 0 : indent + 2).append(line).append('\n');
    }
  }

  /** The value on one line, unless that is longer than so much or has a text that wants a block. */
  private static Optional<String> line(JsonNode value, int width) {
    if (value.isString()) {
      String text = value.stringValue();
      return YamlScalar.isBlock(text) ? Optional.empty() : fitting(YamlScalar.inFlow(text), width);
    }
    if (!value.isContainer()) {
      return Optional.of(value.toString());
    }
    List<String> parts = new ArrayList<>();
    int left = width;
    for (Map.Entry<String, JsonNode> part : parts(value)) {
      Optional<String> line = line(part.getValue(), left);
      String name = YamlScalar.inFlow(part.getKey());
      if (line.isEmpty() || name.length() > LONGEST_NAME) {
        return Optional.empty();
      }
      String text = value.isObject() ? name + ": " + line.get() : line.get();
      left -= text.length() + 2;
      parts.add(text);
    }
    String joined = String.join(", ", parts);
    return fitting(value.isObject() ? "{" + joined + "}" : "[" + joined + "]", width);
  }

  private static Iterable<Map.Entry<String, JsonNode>> parts(JsonNode container) {
    return container.isObject()
        ? container.properties()
        : container.valueStream().map(item -> Map.entry("", item)).toList();
  }

  private static Optional<String> fitting(String text, int width) {
    return text.length() <= width ? Optional.of(text) : Optional.empty();
  }
}
