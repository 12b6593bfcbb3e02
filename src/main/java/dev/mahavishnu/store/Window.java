package dev.mahavishnu.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file that may be growing through a buffer that slides over it. For one thread. */
final class Window implements AutoCloseable {
  private static final int SIZE = 256 << 10;

  private final RandomAccessFile file;
  private byte[] bytes;
  private long start;
  private int filled;

  Window(Path path) throws IOException {
    this(path, SIZE);
  }

  Window(Path path, int size) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.bytes = new byte[size];
  }

  /**
   * Brings {@code count} bytes at {@code offset} into the buffer.
   *
   * @return how many there are, fewer than {@code count} only at the file's end
   */
  int load(long offset, int count) throws IOException {
    if (offset >= start && offset + count <= start + filled) {
      return count;
    }
    if (bytes.length < count) {
      bytes = new byte[Math.max(count, (int) Math.min(bytes.length * 2L, Frame.MAX_PAYLOAD))];
    }
    file.seek(offset);
    start = offset;
    filled = 0;
    while (filled < bytes.length) {
      int read = file.read(bytes, filled, bytes.length - filled);
      if (read < 0) {
        break;
      }
      filled += read;
    }
    return Math.min(filled, count);
  }

  /** Forgets what was read, to read it anew. */
  void forget() {
    filled = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes} the byte at this offset of the file is, after {@link #load}. */
  int at(long offset) {
    return (int) (offset - start);
  }

  byte[] copy(long offset, int count) {
    return Arrays.copyOfRange(bytes, at(offset), at(offset) + count);
  }

  long fileLength() throws IOException {
    return file.length();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
