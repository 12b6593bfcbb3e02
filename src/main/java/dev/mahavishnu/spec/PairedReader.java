package dev.mahavishnu.spec;

import java.io.Reader;

/**
 * Reads a text so that no read ends amid a surrogate pair: SnakeYAML Engine fails where a full
 * buffer ends so.
 */
final class PairedReader extends Reader {
  private final String text;
  private int at;

  PairedReader(String text) {
    this.text = text;
  }

  @Override
  public int read(char[] buffer, int offset, int length) {
    if (at == text.length()) {
      return -1;
    }
    int end = Math.min(text.length(), at + length);
    if (end > at + 1 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    text.getChars(at, end, buffer, offset);
    int read = end - at;
    at = end;
    return read;
  }

  @Override
  public void close() {}
}
