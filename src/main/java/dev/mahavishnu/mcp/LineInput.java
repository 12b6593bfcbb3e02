package dev.mahavishnu.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, of which none takes more memory than it may. */
final class LineInput {
  private final InputStream in;
  private final int longest;

  /**
   * @param longest bytes of a line; what is longer is read to its end and not kept
   */
  LineInput(InputStream in, int longest) {
    this.in = new BufferedInputStream(in);
    this.longest = longest;
  }

  /** A line of the input. */
  sealed interface Next {
    record Line(String text) implements Next {}

    /** It was longer than it may be. */
    record TooLong() implements Next {}
  }

  /** The next line without its end; empty at the end of the input. */
  Optional<Next> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean some = false;
    boolean whole = true;
    while (true) {
      int b = in.read();
      if (b < 0 && !some) {
        return Optional.empty();
      }
      some = true;
      if (b < 0 || b == '\n') {
        return Optional.of(
            whole ? new Next.Line(bytes.toString(StandardCharsets.UTF_8)) : new Next.TooLong());
      }
      whole &= bytes.size() < longest;
      if (whole) {
        bytes.write(b);
      }
    }
  }
}
