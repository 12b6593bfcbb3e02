package dev.mahavishnu.llm;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The start of a JSON text as far as it came, for the eye alone: whatever is open counts as closed.
 * A value that is under way is there only if it is a text. Takes any text and never throws.
 */
final class PartialJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PLAIN = "+-.0123456789abcdefghijklmnopqrstuvwxyzE";

  private final String text;
  private int at;
  private boolean ended;

  private PartialJson(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** What is there of the first object in a text; missing where none began. */
  static JsonNode of(String text) {
    int start = text.indexOf('{');
    return start < 0 ? MissingNode.getInstance() : new PartialJson(text, start).value(0);
  }

  private JsonNode value(int depth) {
    skip();
    if (at >= text.length() || depth > OneObject.DEEPEST) {
      ended = true;
      return MissingNode.getInstance();
    }
    return switch (text.charAt(at)) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> NODES.stringNode(string());
      default -> plain();
    };
  }

  private ObjectNode object(int depth) {
    ObjectNode object = NODES.objectNode();
    at++;
    while (!ended) {
      skip();
      if (at >= text.length() || text.charAt(at) != '"') {
        closes('}');
        return object;
      }
      String key = string();
      skip();
      if (ended || at >= text.length() || text.charAt(at) != ':') {
        ended = true;
        return object;
      }
      at++;
      JsonNode value = value(depth + 1);
      if (!value.isMissingNode()) {
        object.set(key, value);
      }
    }
    return object;
  }

  private ArrayNode array(int depth) {
    ArrayNode array = NODES.arrayNode();
    at++;
    while (!ended) {
      skip();
      if (at >= text.length() || text.charAt(at) == ']') {
        closes(']');
        return array;
      }
      int before = at;
      JsonNode value = value(depth + 1);
      if (!value.isMissingNode()) {
        array.add(value);
      } else if (at == before) {
        ended = true;
      }
    }
    return array;
  }

  private void closes(char end) {
    if (at < text.length() && text.charAt(at) == end) {
      at++;
    } else {
      ended = true;
    }
  }

  private void skip() {
    while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == ',')) {
      at++;
    }
  }

  private String string() {
    StringBuilder out = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c == '\\') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    ended = true;
    return out.toString();
  }

  private void escape(StringBuilder out) {
    if (at >= text.length()) {
      return;
    }
    char c = text.charAt(at++);
    if (c != 'u') {
      int known = "nrtbf".indexOf(c);
      out.append(known < 0 ? c : "\n\r\t\b\f".charAt(known));
      return;
    }
    int code = 0;
    for (int i = 0; i < 4; i++, at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        return;
      }
      code = code * 16 + digit;
    }
    out.append((char) code);
  }

  /** A number or a word; at the end of the text more of it may come. */
  private JsonNode plain() {
    int start = at;
    while (at < text.length() && PLAIN.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at >= text.length() || at == start) {
      ended = true;
      return MissingNode.getInstance();
    }
    String word = text.substring(start, at);
    return word.equals("null") ? NODES.nullNode() : NODES.stringNode(word);
  }
}
