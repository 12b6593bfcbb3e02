package dev.mahavishnu.spec;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The text of a spec: knows the line and column of every offset in it. */
final class SpecText {
  private final String file;
  private final String text;
  private final int[] lines;

  /** Where characters of two units stand, counted in code points. */
  private final int[] pairs;

  /**
   * @param file as people named it
   */
  SpecText(String file, String text) {
    this.file = file;
    this.text = text;
    IntStream.Builder starts = IntStream.builder().add(0);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        starts.add(i + 1);
      }
    }
    this.lines = starts.build().toArray();
    this.pairs = pairs(text);
  }

  private static int[] pairs(String text) {
    IntStream.Builder found = IntStream.builder();
    int count = 0;
    for (int i = 0; i + 1 < text.length(); i++) {
      if (Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
        found.add(i - count);
        count++;
        i++;
      }
    }
    return found.build().toArray();
  }

  String file() {
    return file;
  }

  String text() {
    return text;
  }

  /** The position of a character; of the end of the text for an offset after it. */
  Position position(int offset) {
    int bounded = Math.max(0, Math.min(offset, text.length()));
    int found = Arrays.binarySearch(lines, bounded);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line + 1, text.codePointCount(lines[line], bounded) + 1);
  }

  /** The offset of a character counted in code points, as YAML's parser does. */
  int ofCodePoint(int index) {
    int found = Arrays.binarySearch(pairs, index);
    int before = found >= 0 ? found : -found - 1;
    return Math.min(index + before, text.length());
  }
}
