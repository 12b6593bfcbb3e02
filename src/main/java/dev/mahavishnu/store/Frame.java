package dev.mahavishnu.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * How bytes stand in a journal. A segment starts with a header of 64 bytes: magic 8, version 4,
 * CRC32C of all other bytes 4, position of the segment 8, sequence number of its first record 8,
 * run id 32. Then records, each with 24 bytes ahead: length of the payload 4, CRC32C 4, sequence
 * number 8, and the position up to which the journal had been forced when it was written 8. The
 * checksum covers the record's position too, so that bytes in the wrong place are wrong. A record
 * without a payload is a seal: written when the journal was closed. All numbers big-endian.
 */
final class Frame {
  static final int VERSION = 1;
  static final int SEGMENT_HEADER = 64;
  static final int HEADER = 24;
  static final int MAX_PAYLOAD = 512 << 20;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long MAGIC = 0x894d564a0d0a1a0aL;
  private static final int ID_BYTES = 32;

  private Frame() {}

  static int length(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static int crc(byte[] bytes, int at) {
    return (int) INT.get(bytes, at + 4);
  }

  static long seq(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + 8);
  }

  static long durable(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at + 16);
  }

  /** Fills in the 24 bytes ahead of a payload that stands in place. */
  static void finish(byte[] bytes, int at, int length, long seq, long durable, long position) {
    INT.set(bytes, at, length);
    LONG.set(bytes, at + 8, seq);
    LONG.set(bytes, at + 16, durable);
    INT.set(bytes, at + 4, checksum(bytes, at, length, position));
  }

  /** Whether a whole, right record of {@code length} stands at {@code at}. */
  static boolean isRight(byte[] bytes, int at, int length, long position) {
    return crc(bytes, at) == checksum(bytes, at, length, position);
  }

  private static int checksum(byte[] bytes, int at, int length, long position) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, at + 8, HEADER - 8 + length);
    byte[] place = new byte[12];
    LONG.set(place, 0, position);
    INT.set(place, 8, length);
    crc.update(place, 0, place.length);
    return (int) crc.getValue();
  }

  static byte[] segmentHeader(String run, long base, long firstSeq) {
    byte[] bytes = new byte[SEGMENT_HEADER];
    LONG.set(bytes, 0, MAGIC);
    INT.set(bytes, 8, VERSION);
    LONG.set(bytes, 16, base);
    LONG.set(bytes, 24, firstSeq);
    byte[] id = run.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(id, 0, bytes, SEGMENT_HEADER - ID_BYTES, Math.min(id.length, ID_BYTES));
    INT.set(bytes, 12, headerChecksum(bytes));
    return bytes;
  }

  private static int headerChecksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 12);
    crc.update(bytes, 16, SEGMENT_HEADER - 16);
    return (int) crc.getValue();
  }

  /** What is wrong with a segment's header, or empty. */
  static String headerProblem(byte[] bytes, int length, String run, long base) {
    if (length < SEGMENT_HEADER) {
      return "its header is not whole";
    }
    if ((long) LONG.get(bytes, 0) != MAGIC) {
      return "it does not start as a journal does";
    }
    int version = (int) INT.get(bytes, 8);
    boolean whole = (int) INT.get(bytes, 12) == headerChecksum(bytes);
    if (version > VERSION) {
      return "it is of format "
          + Integer.toUnsignedString(version)
          + " and this Mahavishnu reads up to format "
          + VERSION
          + (whole ? "; use a newer Mahavishnu" : "; use a newer Mahavishnu, or it is damaged");
    }
    if (!whole) {
      return "its header is damaged";
    }
    String id =
        new String(bytes, SEGMENT_HEADER - ID_BYTES, ID_BYTES, StandardCharsets.US_ASCII)
            .stripTrailing()
            .replace("\0", "");
    if (!id.equals(run)) {
      return "it belongs to run " + id;
    }
    return (long) LONG.get(bytes, 16) == base ? "" : "it was renamed";
  }

  static long firstSeq(byte[] segmentHeader) {
    return (long) LONG.get(segmentHeader, 24);
  }
}
