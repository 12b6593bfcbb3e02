package dev.mahavishnu.task;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits what a program prints into lines, in constant memory however long they are. What is not
 * UTF-8 becomes the replacement character; control sequences stay, as does a carriage return that
 * does not end a line.
 */
final class LineReader {
  private static final int BUFFER = 64 * 1024;

  private final int longest;
  private final Sink sink;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long dropped;

  /** Gets the lines. */
  interface Sink {
    /**
     * @param line without its end
     * @param dropped bytes at its end that were too many to keep
     */
    void line(String line, long dropped);
  }

  /**
   * @param longest bytes of a line that are kept
   */
  LineReader(int longest, Sink sink) {
    this.longest = longest;
    this.sink = sink;
  }

  /** Reads to the end; a last line without a line end counts. */
  void read(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      int start = 0;
      for (int i = 0; i < n; i++) {
        if (buffer[i] == '\n') {
          keep(buffer, start, i);
          emit();
          start = i + 1;
        }
      }
      keep(buffer, start, n);
    }
    if (line.size() > 0) {
      emit();
    }
  }

  private void keep(byte[] buffer, int start, int end) {
    int kept = Math.min(end - start, longest - line.size());
    line.write(buffer, start, kept);
    dropped += end - start - kept;
  }

  private void emit() {
    String text = line.toString(StandardCharsets.UTF_8);
    sink.line(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, dropped);
    line.reset();
    dropped = 0;
  }
}
