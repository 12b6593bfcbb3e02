package dev.mahavishnu.store;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes JSON as UTF-8 into an array that grows. Written by hand because it stands on the way of
 * every event.
 */
final class JsonOut {
  /** Deepest nesting written, which is what the reader accepts. */
  static final int MAX_DEPTH = 400;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private byte[] bytes;
  private int size;
  private boolean first = true;

  JsonOut(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /** Forgets what was written from {@code length} on. */
  void reset(int length) {
    size = length;
    first = true;
    if (size == 0 && bytes.length > 4 << 20) {
      bytes = new byte[64 << 10];
    }
  }

  /** Leaves room for {@code count} bytes, to be filled in by the caller. */
  void skip(int count) {
    room(count);
    size += count;
    first = true;
  }

  JsonOut open() {
    comma().raw('{');
    first = true;
    return this;
  }

  JsonOut close() {
    first = false;
    return raw('}');
  }

  JsonOut openList() {
    comma().raw('[');
    first = true;
    return this;
  }

  JsonOut closeList() {
    first = false;
    return raw(']');
  }

  /** A name that needs no escape. */
  JsonOut name(String name) {
    comma().raw('"');
    ascii(name);
    raw('"').raw(':');
    first = true;
    return this;
  }

  JsonOut field(String name, String value) {
    return name(name).text(value);
  }

  JsonOut field(String name, long value) {
    return name(name).number(value);
  }

  JsonOut number(long value) {
    comma();
    if (value >= 0 && value < 10) {
      return raw((char) ('0' + value));
    }
    return ascii(Long.toString(value));
  }

  JsonOut bool(boolean value) {
    comma();
    return ascii(value ? "true" : "false");
  }

  /** A text for people; half a character, from a text cut in its middle, becomes U+FFFD. */
  JsonOut text(String text) {
    comma();
    quoted(text, false);
    return this;
  }

  /** The value as it is, names in their order. */
  JsonOut value(JsonNode node) {
    comma();
    node(node, false, 0);
    return this;
  }

  /** The value with names sorted: equal values give equal bytes. */
  JsonOut canonical(JsonNode node) {
    comma();
    node(node, true, 0);
    return this;
  }

  private void node(JsonNode node, boolean sorted, int depth) {
    if (depth >= MAX_DEPTH && node.isContainer()) {
      throw new StoreException("the value is nested deeper than " + MAX_DEPTH + " levels");
    }
    switch (node.getNodeType()) {
      case OBJECT -> object(node, sorted, depth);
      case ARRAY -> {
        raw('[');
        int count = 0;
        for (JsonNode element : node) {
          if (count++ > 0) {
            raw(',');
          }
          node(element, sorted, depth + 1);
        }
        raw(']');
      }
      case STRING -> quoted(node.stringValue(), true);
      case NUMBER -> numeral(node);
      case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
      case NULL, MISSING -> ascii("null");
      case BINARY -> quoted(Base64.getEncoder().encodeToString(node.binaryValue()), true);
      case POJO -> throw new StoreException("not a JSON value: " + node.getClass().getName());
    }
  }

  private void object(JsonNode node, boolean sorted, int depth) {
    Iterable<Map.Entry<String, JsonNode>> entries = node.properties();
    if (sorted && node.size() > 1) {
      List<Map.Entry<String, JsonNode>> order = new ArrayList<>(node.properties());
      order.sort(Map.Entry.comparingByKey());
      entries = order;
    }
    raw('{');
    int count = 0;
    for (Map.Entry<String, JsonNode> entry : entries) {
      if (count++ > 0) {
        raw(',');
      }
      quoted(entry.getKey(), true);
      raw(':');
      node(entry.getValue(), sorted, depth + 1);
    }
    raw('}');
  }

  private void numeral(JsonNode node) {
    switch (node.numberType()) {
      case INT, LONG -> ascii(Long.toString(node.longValue()));
      case BIG_INTEGER -> {
        BigInteger big = node.bigIntegerValue();
        ascii(big.toString());
      }
      case FLOAT -> floating(node.floatValue(), Float.toString(node.floatValue()));
      case DOUBLE -> floating(node.doubleValue(), Double.toString(node.doubleValue()));
      case BIG_DECIMAL -> ascii(node.decimalValue().toString());
    }
  }

  private void floating(double value, String text) {
    if (Double.isFinite(value)) {
      ascii(text);
    } else {
      throw new StoreException(text + " is not a JSON value");
    }
  }

  private void quoted(String text, boolean exact) {
    int length = text.length();
    room(length + 2);
    bytes[size++] = '"';
    int i = 0;
    // The common case first: nothing to escape.
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
        break;
      }
      bytes[size++] = (byte) c;
    }
    for (; i < length; i++) {
      i += character(text, i, exact);
    }
    raw('"');
  }

  /** Writes the character at {@code i}; 1 when it took two chars. */
  private int character(String text, int i, boolean exact) {
    char c = text.charAt(i);
    room(6);
    if (c < 0x80) {
      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) {
        bytes[size++] = (byte) c;
      } else {
        escape(c);
      }
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xc0 | (c >> 6));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    } else if (!Character.isSurrogate(c)) {
      bytes[size++] = (byte) (0xe0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    } else if (Character.isHighSurrogate(c)
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      int point = Character.toCodePoint(c, text.charAt(i + 1));
      bytes[size++] = (byte) (0xf0 | (point >> 18));
      bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
      bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      bytes[size++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    } else if (exact) {
      throw new StoreException("the value holds a text with half a character in it");
    } else {
      bytes[size++] = (byte) 0xef;
      bytes[size++] = (byte) 0xbf;
      bytes[size++] = (byte) 0xbd;
    }
    return 0;
  }

  private void escape(char c) {
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = HEX[c >> 12];
        bytes[size++] = HEX[(c >> 8) & 15];
        bytes[size++] = HEX[(c >> 4) & 15];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  private JsonOut comma() {
    if (!first) {
      raw(',');
    }
    first = false;
    return this;
  }

  private JsonOut raw(char c) {
    room(1);
    bytes[size++] = (byte) c;
    return this;
  }

  @SuppressWarnings("deprecation") // The one copy of ASCII text that makes no array of its own.
  JsonOut ascii(String text) {
    int length = text.length();
    room(length);
    text.getBytes(0, length, bytes, size);
    size += length;
    return this;
  }

  private void room(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, count), bytes.length * 2));
    }
  }
}
