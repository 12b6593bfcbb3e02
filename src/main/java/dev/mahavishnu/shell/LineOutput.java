package dev.mahavishnu.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Collects bytes to whole lines of UTF-8. Safe for several threads; a line keeps together. */
public final class LineOutput extends OutputStream {
  private final Consumer<String> lines;
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

  /**
   * @param lines gets one or more whole lines, each with its end
   */
  public LineOutput(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    rest.write(b);
    if (b == '\n') {
      give();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int last = offset + length - 1;
    while (last >= offset && bytes[last] != '\n') {
      last--;
    }
    int whole = last - offset + 1;
    rest.write(bytes, offset, whole);
    if (whole > 0) {
      give();
    }
    rest.write(bytes, offset + whole, length - whole);
  }

  private void give() {
    lines.accept(rest.toString(StandardCharsets.UTF_8));
    rest.reset();
  }

  /** Gives a last line that has no end one. */
  @Override
  public synchronized void close() {
    if (rest.size() > 0) {
      rest.write('\n');
      give();
    }
  }
}
