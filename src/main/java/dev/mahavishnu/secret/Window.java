package dev.mahavishnu.secret;

/** The symbols read last, where each stood, and how many in a row belong to known words. */
final class Window {
  private static final int RING = Fragments.SIZE - 1;
  private static final int HALF_BITS = Fragments.SIZE / 2 * Symbols.BITS;

  private long earlier;
  private long latest;
  private final int[] places = new int[Fragments.SIZE];

  /** How many were read, but for overflow: differences count. */
  private int count;

  /** What stands before was given out: it can't be hidden any more. */
  private int hidable;

  private boolean running;
  private int runStart;
  private int runPlace;
  private int runEnd;
  private int runNeed;

  /** Reads one more and adds what it makes known. */
  void read(int symbol, int place, Fragments known, Spans hidden) {
    earlier =
        ((earlier << Symbols.BITS) | (latest >>> (HALF_BITS - Symbols.BITS))) & Fragments.HALF;
    latest = ((latest << Symbols.BITS) | symbol) & Fragments.HALF;
    places[count & RING] = place;
    count++;
    known.look(earlier, latest, this, hidden);
  }

  /**
   * The last symbols are part of a word.
   *
   * @param length how many
   * @param need how many in a row count as the word
   */
  void part(int length, int need, Spans hidden) {
    int end = places[(count - 1) & RING] + 1;
    int start = places[(count - length) & RING];
    if (length < Fragments.SIZE) {
      hide(start, end, hidden);
      return;
    }
    if (isRunning()) {
      runNeed = Math.min(runNeed, need);
    } else {
      running = true;
      runStart = count - length;
      runPlace = start;
      runNeed = need;
    }
    runEnd = count;
    if (count - runStart >= runNeed) {
      hide(runPlace, end, hidden);
    }
  }

  private void hide(int start, int end, Spans hidden) {
    hidden.add(Math.max(hidable, start), end);
  }

  /** Whether the next symbol could go on with a word. */
  boolean isRunning() {
    return running && count - runEnd <= Fragments.STRIDE;
  }

  /** Becomes the same as the other. */
  void copy(Window other) {
    earlier = other.earlier;
    latest = other.latest;
    System.arraycopy(other.places, 0, places, 0, places.length);
    count = other.count;
    running = other.running;
    runStart = other.runStart;
    runPlace = other.runPlace;
    runEnd = other.runEnd;
    runNeed = other.runNeed;
  }

  /** Sets out with the next line of a stream, of which only what comes from a place on is new. */
  void next(int lengthBefore, int from) {
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(places[i] - lengthBefore, -1);
    }
    runPlace = Math.max(runPlace - lengthBefore, -1);
    hidable = from;
  }
}
