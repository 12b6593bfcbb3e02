package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.spec.MapOver;
import java.util.OptionalInt;

/**
 * The items of a mapped task.
 *
 * @param size number of task runs, batches counted as one; empty while it is not known
 * @param ended task runs that ended, however
 */
record ItemCount(OptionalInt size, int ended, int failed) {
  /** What a flow says by itself: the number where the items stand in it. */
  static ItemCount of(MapOver map) {
    OptionalInt size =
        map.items().isArray()
            ? OptionalInt.of(Math.ceilDiv(map.items().size(), map.batch().orElse(1)))
            : OptionalInt.empty();
    return new ItemCount(size, 0, 0);
  }

  static ItemCount of(MapFold map) {
    int failed = map.count(MapFold.End.FAILED) + map.count(MapFold.End.CRASHED);
    return new ItemCount(OptionalInt.of(map.size()), map.endedCount(), failed);
  }

  /**
   * As a label has it: {@code ×12}, of a map under way {@code ×3/12}.
   *
   * @param times the sign before it
   */
  String text(String times, boolean underWay) {
    String all = size.isPresent() ? String.valueOf(size.getAsInt()) : "n";
    return times + (underWay && size.isPresent() ? ended + "/" : "") + all;
  }
}
