package dev.mahavishnu.store;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Named values of any size, cut into pieces that fit a {@link SortedTable}. */
final class Entries {
  private static final int DIGITS = 8;
  private final NavigableMap<String, byte[]> pieces;

  Entries() {
    this(new TreeMap<>());
  }

  Entries(NavigableMap<String, byte[]> pieces) {
    this.pieces = pieces;
  }

  NavigableMap<String, byte[]> pieces() {
    return Collections.unmodifiableNavigableMap(pieces);
  }

  /** A number of eight digits, so that names sort as numbers do. */
  static String digits(int number) {
    String text = Integer.toString(number);
    return "0".repeat(Math.max(0, DIGITS - text.length())) + text;
  }

  void put(String name, byte[] value) {
    put(name, value, value.length);
  }

  void put(String name, byte[] value, int length) {
    int piece = 0;
    int from = 0;
    do {
      int to = Math.min(length, from + SortedTable.MAX_VALUE);
      pieces.put(name + "/" + digits(piece++), Arrays.copyOfRange(value, from, to));
      from = to;
    } while (from < length);
  }

  void put(String name, JsonOut json) {
    put(name, json.array(), json.size());
  }

  Optional<byte[]> get(String name) {
    byte[] first = pieces.get(name + "/" + digits(0));
    if (first == null) {
      return Optional.empty();
    }
    if (first.length < SortedTable.MAX_VALUE) {
      return Optional.of(first);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] next = first;
    for (int piece = 1; next != null; piece++) {
      all.writeBytes(next);
      next = pieces.get(name + "/" + digits(piece));
    }
    return Optional.of(all.toByteArray());
  }

  Optional<JsonNode> json(String name) {
    return get(name).map(bytes -> JsonIn.read(bytes, 0, bytes.length));
  }

  byte[] need(String name) {
    return get(name).orElseThrow(() -> new StoreException("`" + name + "` is missing"));
  }

  JsonNode needJson(String name) {
    return json(name).orElseThrow(() -> new StoreException("`" + name + "` is missing"));
  }
}
