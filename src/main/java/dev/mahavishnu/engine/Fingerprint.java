package dev.mahavishnu.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Hashes of values and bytes: SHA-256 in hex, of JSON with its names in order. */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Adds a text, so that no two sequences of texts look the same. */
  Fingerprint add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes, their length first. */
  Fingerprint add(byte[] bytes) {
    int n = bytes.length;
    digest.update(new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
    digest.update(bytes);
    return this;
  }

  Fingerprint add(JsonNode value) {
    return add(canonical(value));
  }

  /** The hash of all that was added. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** JSON text with the names of objects in order. */
  static String canonical(JsonNode value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(JsonNode value, StringBuilder text) {
    if (value.isObject()) {
      TreeMap<String, JsonNode> members = new TreeMap<>();
      value.properties().forEach(e -> members.put(e.getKey(), e.getValue()));
      text.append('{');
      members.forEach(
          (name, member) -> {
            text.append('"').append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append("\":");
            write(member, text);
            text.append(',');
          });
      text.append('}');
    } else if (value.isArray()) {
      text.append('[');
      value.forEach(
          element -> {
            write(element, text);
            text.append(',');
          });
      text.append(']');
    } else {
      text.append(value);
    }
  }
}
