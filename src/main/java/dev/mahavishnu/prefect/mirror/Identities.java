package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.RunId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Ids that are the same each time they are made, and no other workspace's: a server that is told
 * twice knows it.
 */
final class Identities {
  private final byte[] salt;
  private final MessageDigest digest;

  /**
   * @param seal of the workspace: the same text always gives the same
   */
  Identities(UnaryOperator<String> seal, RunId run) {
    this.salt = seal.apply("prefect mirror of " + run).getBytes(StandardCharsets.UTF_8);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By which the server finds a flow run again. */
  String key(String flowRun) {
    return "mahavishnu-" + of("flow run", flowRun, 0);
  }

  UUID taskRun(String flowRun, String task, int index) {
    return of("task run", flowRun + "\n" + task, index);
  }

  /** Of the {@code n}th report of an event. */
  UUID state(long seq, int n) {
    return of("state", Long.toString(seq), n);
  }

  private UUID of(String kind, String what, int n) {
    digest.update(salt);
    digest.update((kind + "\n" + what + "\n" + n).getBytes(StandardCharsets.UTF_8));
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    // Version 8, of one's own making, and the usual variant.
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
