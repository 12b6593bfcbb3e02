package dev.mahavishnu.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a command prints, collected: in memory while it fits on the screen, beyond that in a file
 * for the person alone.
 */
final class Pages extends OutputStream {
  private final int columns;
  private final int rows;
  private final ByteArrayOutputStream screenful = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream rest;
  private int lines;
  private int cells;
  private boolean escape;

  /**
   * @param rows that may be used
   */
  Pages(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** Whether it is more than a screenful. */
  boolean isLong() {
    return file != null;
  }

  /** What there is of one screenful, where it is not long. */
  byte[] screenful() {
    return screenful.toByteArray();
  }

  /** Where all of it is, where it is long. */
  Path file() {
    return java.util.Objects.requireNonNull(file);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    count((byte) b);
    OutputStream to = rest;
    if (to == null) {
      screenful.write(b);
      if (lines > rows) {
        overflow();
      }
    } else {
      to.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    OutputStream to = rest;
    int at = offset;
    for (; at < offset + length && to == null; at++) {
      write(bytes[at]);
      to = rest;
    }
    if (to != null) {
      to.write(bytes, at, offset + length - at);
    }
  }

  /** Rows of the screen; colours take no room, and signs beyond ASCII one cell. */
  private void count(byte b) {
    if (escape) {
      escape = !(b >= '@' && b <= '~' && b != '[');
    } else if (b == 0x1b) {
      escape = true;
    } else if (b == '\n') {
      lines++;
      cells = 0;
    } else if ((b & 0xC0) != 0x80 && ++cells > columns) {
      lines++;
      cells = 1;
    }
  }

  private void overflow() throws IOException {
    Path path = Files.createTempFile("mahavishnu-", ".txt");
    OutputStream to = Files.newOutputStream(path);
    screenful.writeTo(to);
    file = path;
    rest = to;
  }

  @Override
  public synchronized void flush() throws IOException {
    if (rest != null) {
      rest.flush();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (rest != null) {
      rest.close();
    }
  }
}
