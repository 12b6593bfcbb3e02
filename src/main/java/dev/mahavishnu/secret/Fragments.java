package dev.mahavishnu.secret;

import java.util.Collection;

/**
 * The words that must not be seen, as sequences of {@link Symbols}: of a word of up to {@value
 * #SIZE} the whole, of a longer one its parts of that size. Whether the symbols read last are one
 * of them is one look into a table, whatever the words are. Immutable.
 */
final class Fragments {
  /** Symbols of a part. */
  static final int SIZE = 16;

  /** Parts of a long word start this far apart, those of others at every symbol. */
  static final int STRIDE = 8;

  /** Words of fewer symbols are everywhere. */
  static final int SHORTEST = 8;

  /** So many symbols in a row are too many, whatever the word's length. */
  private static final int ENOUGH = 32;

  /** Of longer words not every part is kept. */
  private static final int LONG = 128;

  static final long HALF = (1L << (SIZE / 2 * Symbols.BITS)) - 1;

  private final int shift;

  /** The last eight symbols of each part; 0: nothing. */
  private final long[] last;

  /** The symbols before those, as many as there are. */
  private final long[] before;

  private final byte[] lengths;
  private final byte[] needs;
  private final boolean empty;

  private Fragments(int parts) {
    int slots = Integer.highestOneBit(Math.max(16, 3 * parts)) << 1;
    shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    last = new long[slots];
    before = new long[slots];
    lengths = new byte[slots];
    needs = new byte[slots];
    empty = parts == 0;
  }

  static Fragments of(Collection<String> words) {
    Fragments made = new Fragments(words.stream().mapToInt(Fragments::parts).sum());
    words.stream().filter(w -> w.length() >= SHORTEST).forEach(made::add);
    return made;
  }

  private static int parts(String word) {
    return word.length() < SHORTEST ? 0 : 2 + Math.max(0, word.length() - SIZE) / stride(word);
  }

  private static int stride(String word) {
    return word.length() > LONG ? STRIDE : 1;
  }

  boolean isEmpty() {
    return empty;
  }

  private void add(String word) {
    if (word.length() <= SIZE) {
      put(word, 0, word.length(), word.length());
      return;
    }
    int need = Math.min(ENOUGH, Math.max(SIZE, (word.length() + 1) / 2));
    for (int at = 0; at < word.length() - SIZE; at += stride(word)) {
      put(word, at, SIZE, need);
    }
    put(word, word.length() - SIZE, SIZE, need);
  }

  private void put(String word, int from, int length, int need) {
    int half = from + length - SIZE / 2;
    long end = packed(word, half, from + length);
    long start = packed(word, from, half);
    int slot = slot(end);
    while (last[slot] != 0) {
      if (last[slot] == end && before[slot] == start && lengths[slot] == length) {
        needs[slot] = (byte) Math.min(need, needs[slot]);
        return;
      }
      slot = after(slot);
    }
    last[slot] = end;
    before[slot] = start;
    lengths[slot] = (byte) length;
    needs[slot] = (byte) need;
  }

  private static long packed(String word, int from, int to) {
    long packed = 0;
    for (int i = from; i < to; i++) {
      packed = (packed << Symbols.BITS) | word.charAt(i);
    }
    return packed;
  }

  /**
   * Tells the window of the parts that end here.
   *
   * @param earlier the ninth to the sixteenth symbol from here back
   * @param latest the last eight
   */
  void look(long earlier, long latest, Window window, Spans hidden) {
    int slot = slot(latest);
    for (long there = last[slot]; there != 0; there = last[slot]) {
      if (there == latest) {
        int length = lengths[slot];
        long known = (1L << ((length - SIZE / 2) * Symbols.BITS)) - 1;
        if ((earlier & known) == before[slot]) {
          window.part(length, needs[slot], hidden);
        }
      }
      slot = after(slot);
    }
  }

  private int slot(long end) {
    return (int) ((end * 0x9E3779B97F4A7C15L) >>> shift);
  }

  private int after(int slot) {
    return (slot + 1) & (last.length - 1);
  }
}
