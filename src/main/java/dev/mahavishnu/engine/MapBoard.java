package dev.mahavishnu.engine;

import dev.mahavishnu.run.MapFold;
import java.util.BitSet;

/** The items of a mapped task, as far as they got. */
final class MapBoard {
  final int size;
  final int concurrency;

  /** Items that have ended or are under way. */
  final BitSet taken;

  private int from;
  int open;
  int ended;
  int bad;

  MapBoard(int size, int concurrency) {
    this.size = size;
    this.concurrency = concurrency;
    this.taken = new BitSet(size);
  }

  /** As a journal tells it; items under way are not taken yet. */
  static MapBoard of(MapFold fold, int concurrency) {
    MapBoard map = new MapBoard(fold.size(), concurrency);
    for (MapFold.End end : MapFold.End.values()) {
      map.taken.or(fold.bits(end));
      if (isBad(end)) {
        map.bad += fold.count(end);
      }
    }
    map.ended = map.taken.cardinality();
    return map;
  }

  /** The next item that may start now, or -1. */
  int next() {
    from = taken.nextClearBit(from);
    if (open >= concurrency || from >= size) {
      return -1;
    }
    return from;
  }

  /** Takes it. */
  void take(int index) {
    taken.set(index);
    open++;
  }

  void ended(MapFold.End end) {
    open--;
    ended++;
    bad += isBad(end) ? 1 : 0;
  }

  static boolean isBad(MapFold.End end) {
    return switch (end) {
      case COMPLETED, CACHED, SKIPPED -> false;
      case FAILED, UPSTREAM_FAILED, CANCELLED, CRASHED -> true;
    };
  }
}
