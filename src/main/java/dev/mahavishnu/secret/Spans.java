package dev.mahavishnu.secret;

import java.util.Arrays;

/** Parts of a text that must not be seen, gathered in any order. */
final class Spans {
  /** Start in the upper half, end in the lower: in the order of the numbers. */
  private long[] spans = new long[8];

  private int size;

  void add(int start, int end) {
    if (size > 0 && start <= end(size - 1) && end >= start(size - 1)) {
      spans[size - 1] = pack(Math.min(start, start(size - 1)), Math.max(end, end(size - 1)));
      return;
    }
    if (size == spans.length) {
      spans = Arrays.copyOf(spans, 2 * size);
    }
    spans[size++] = pack(start, end);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The text with each part, and parts that touch as one, replaced. */
  String replace(String text, String mask) {
    if (size == 0) {
      return text;
    }
    Arrays.sort(spans, 0, size);
    StringBuilder shown = new StringBuilder(text.length());
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || start(i) > at) {
        shown.append(text, at, start(i)).append(mask);
      }
      at = Math.max(at, end(i));
    }
    return shown.append(text, at, text.length()).toString();
  }

  private int start(int i) {
    return (int) (spans[i] >>> 32);
  }

  private int end(int i) {
    return (int) spans[i];
  }

  private static long pack(int start, int end) {
    return ((long) start << 32) | end;
  }
}
