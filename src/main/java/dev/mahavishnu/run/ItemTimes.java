package dev.mahavishnu.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** When the items of a mapped task began and ended, in milliseconds since 1970. */
final class ItemTimes {
  private static final int PARTS = 120;
  private static final long NEVER = -1;

  private final long known;
  private final long[] from;
  private final long[] to;

  /**
   * @param known when the items got known
   */
  ItemTimes(int size, Instant known) {
    this.known = known.toEpochMilli();
    this.from = new long[size];
    this.to = new long[size];
    Arrays.fill(from, NEVER);
    Arrays.fill(to, NEVER);
  }

  void add(RunEvent.TaskMoved moved, Instant at) {
    int item = moved.task().index();
    if (moved.state().type() == StateType.RUNNING && from[item] == NEVER) {
      from[item] = at.toEpochMilli();
    }
    to[item] = moved.state().isFinal() ? at.toEpochMilli() : NEVER;
  }

  void reset(int item) {
    from[item] = NEVER;
    to[item] = NEVER;
  }

  Instant first() {
    long first = Arrays.stream(from).filter(t -> t != NEVER).min().orElse(known);
    return Instant.ofEpochMilli(first);
  }

  /**
   * @param now for items that have not ended
   */
  Instant last(Instant now) {
    boolean open = IntStream.range(0, to.length).anyMatch(i -> to[i] == NEVER);
    long last = Arrays.stream(to).max().orElse(known);
    return open ? now : Instant.ofEpochMilli(Math.max(last, known));
  }

  /** The items that took longest, the longest first. */
  List<Integer> slowest(int most) {
    return IntStream.range(0, from.length)
        .filter(i -> from[i] != NEVER && to[i] != NEVER)
        .boxed()
        .sorted((a, b) -> Long.compare(to[b] - from[b], to[a] - from[a]))
        .limit(most)
        .toList();
  }

  /** How many ran at a time on average, in equal parts of the time from first to last. */
  List<Double> busy(Instant now) {
    long start = first().toEpochMilli();
    double part = Math.max(1, last(now).toEpochMilli() - start) / (double) PARTS;
    double[] busy = new double[PARTS];
    boolean ran = false;
    for (int i = 0; i < from.length; i++) {
      if (from[i] == NEVER) {
        continue;
      }
      ran = true;
      double begin = (from[i] - start) / part;
      double end = ((to[i] == NEVER ? now.toEpochMilli() : to[i]) - start) / part;
      for (int p = Math.max(0, (int) begin); p < Math.min(PARTS, end); p++) {
        busy[p] += Math.min(end, p + 1) - Math.max(begin, p);
      }
    }
    List<Double> all = new ArrayList<>();
    Arrays.stream(busy).forEach(all::add);
    return ran ? all : List.of();
  }
}
