package dev.mahavishnu.expr;

/**
 * What one evaluation may use up. There is no way to stop an evaluation from outside, so each one
 * ends by itself within some tens of milliseconds and megabytes.
 */
final class Budget {
  /** Turns of all loops of one evaluation together. */
  static final int TURNS = 2_000;

  /** Characters read or made; an item of a list counts as {@link #ITEM}. */
  static final long WORK = 10_000_000;

  static final int ITEM = 8;

  private int turns = TURNS;
  private long work = WORK;

  void turn() {
    if (--turns < 0) {
      throw Failure.limit(
          "loops take more than "
              + TURNS
              + " turns in all; fan out with `map:` or let a task do this");
    }
  }

  void items(long count) {
    spend(count > WORK ? WORK + 1 : count * ITEM);
  }

  void spend(long units) {
    work -= units;
    if (work < 0) {
      throw Failure.limit(
          "too much for one expression: it may go through 10 million characters or 1 million items;"
              + " let a task do this");
    }
  }
}
