package dev.mahavishnu.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;

/** A small file or line that knows whether it is whole: CRC32C in hex, a space, JSON, a newline. */
final class Sealed {
  private static final int PREFIX = 9;

  private Sealed() {}

  /** Starts a sealed text; the JSON is to be written to what is given back. */
  static JsonOut start() {
    JsonOut out = new JsonOut(512);
    out.skip(PREFIX);
    return out;
  }

  static byte[] finish(JsonOut out) {
    out.ascii("\n");
    byte[] bytes = out.toBytes();
    String crc = HexFormat.of().toHexDigits(checksum(bytes, PREFIX, bytes.length - PREFIX - 1));
    byte[] prefix = (crc + " ").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, bytes, 0, PREFIX);
    return bytes;
  }

  static boolean isWhole(byte[] bytes, int from, int length) {
    if (length < PREFIX + 1 || bytes[from + length - 1] != '\n') {
      return false;
    }
    String crc = HexFormat.of().toHexDigits(checksum(bytes, from + PREFIX, length - PREFIX - 1));
    return (crc + " ").equals(new String(bytes, from, PREFIX, StandardCharsets.ISO_8859_1));
  }

  /** Reads the JSON of a whole sealed text. */
  static JsonParser parser(byte[] bytes, int from, int length) {
    return JsonIn.parser(bytes, from + PREFIX, length - PREFIX - 1);
  }

  /** The JSON of the sealed text in these bytes; empty when it is not whole. */
  static Optional<JsonNode> read(byte[] bytes) {
    if (!isWhole(bytes, 0, bytes.length)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonIn.read(bytes, PREFIX, bytes.length - PREFIX - 1));
    } catch (JacksonException | StoreException e) {
      return Optional.empty();
    }
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
