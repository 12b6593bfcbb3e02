package dev.mahavishnu.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** The canonical form of a value: JSON without spaces, names sorted, in UTF-8. */
public final class Canonical {
  private Canonical() {}

  /**
   * Equal values give equal bytes.
   *
   * @throws StoreException when it is no JSON value, or nested deeper than 400 levels
   */
  public static byte[] bytes(JsonNode value) {
    return new JsonOut(256).canonical(value).toBytes();
  }

  /** SHA-256 of {@link #bytes}, in lower-case hex. */
  public static String hash(JsonNode value) {
    JsonOut out = new JsonOut(256).canonical(value);
    return sha256(out.array(), 0, out.size());
  }

  static String sha256(byte[] bytes, int from, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
