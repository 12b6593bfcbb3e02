package dev.mahavishnu.store;

import java.util.Arrays;

/**
 * Positions as bytes: each as its difference to the one before, zigzag, seven bits a byte. Items
 * that end one after the other take two bytes each and not eight.
 */
final class Packed {
  private static final int LONGEST = 10;

  private Packed() {}

  static byte[] write(long[] values) {
    byte[] bytes = new byte[64 + values.length * 3];
    int size = 0;
    long before = -1;
    for (long value : values) {
      if (bytes.length - size < LONGEST) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      long difference = value - before;
      long rest = (difference << 1) ^ (difference >> 63);
      while ((rest & ~0x7fL) != 0) {
        bytes[size++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
      before = value;
    }
    return Arrays.copyOf(bytes, size);
  }

  /**
   * @throws StoreException when there are more or fewer values than {@code count}
   */
  static long[] read(byte[] bytes, int count) {
    long[] values = new long[count];
    long before = -1;
    int at = 0;
    for (int i = 0; i < count; i++) {
      long rest = 0;
      int shift = 0;
      byte next;
      do {
        if (at == bytes.length || shift > 63) {
          throw new StoreException("positions are missing");
        }
        next = bytes[at++];
        rest |= (next & 0x7fL) << shift;
        shift += 7;
      } while (next < 0);
      before += (rest >>> 1) ^ -(rest & 1);
      values[i] = before;
    }
    if (at != bytes.length) {
      throw new StoreException("there are more positions than items");
    }
    return values;
  }
}
