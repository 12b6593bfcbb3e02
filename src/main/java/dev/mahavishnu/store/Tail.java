package dev.mahavishnu.store;

/**
 * The last record of a journal.
 *
 * @param position where it stands
 * @param end where it ends
 * @param crc its checksum
 */
record Tail(long position, long end, int crc) {
  static final Tail NONE = new Tail(-1, -1, 0);

  /** The record whose payload stands at {@code from}. */
  static Tail of(long position, byte[] bytes, int from, int length) {
    return new Tail(
        position, position + Frame.HEADER + length, Frame.crc(bytes, from - Frame.HEADER));
  }
}
