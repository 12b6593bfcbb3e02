package dev.mahavishnu.run;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The items of a mapped task: a bit an item and end, a record position an item, and objects only
 * for the items that are under way.
 */
public final class MapFold {
  /** How an item ended. */
  public enum End {
    COMPLETED,
    CACHED,
    SKIPPED,
    FAILED,
    UPSTREAM_FAILED,
    CANCELLED,
    CRASHED;

    /** The end that a final state is; empty for a state that is none. */
    public static Optional<End> of(State state) {
      return switch (state) {
        case State.Completed c ->
            Optional.of(
                switch (c.how()) {
                  case DONE -> COMPLETED;
                  case CACHED -> CACHED;
                  case SKIPPED -> SKIPPED;
                });
        case State.Failed f ->
            Optional.of(f.how() == State.Failed.How.UPSTREAM ? UPSTREAM_FAILED : FAILED);
        case State.Cancelled _ -> Optional.of(CANCELLED);
        case State.Crashed _ -> Optional.of(CRASHED);
        case State.Scheduled _,
            State.Pending _,
            State.Running _,
            State.Paused _,
            State.Cancelling _ ->
            Optional.empty();
      };
    }
  }

  private final long items;
  private final long[] positions;
  private final BitSet ended;
  private final Map<End, BitSet> ends = new EnumMap<>(End.class);
  private final TreeMap<Integer, TaskFold> open = new TreeMap<>();

  /**
   * @param size number of items
   * @param items position of the record that holds the list of items
   */
  public MapFold(int size, long items) {
    this.items = items;
    this.positions = new long[size];
    this.ended = new BitSet(size);
    Arrays.fill(positions, -1);
    for (End end : End.values()) {
      ends.put(end, new BitSet());
    }
  }

  /** A map restored from a checkpoint image; the arguments become part of it. */
  public MapFold(long items, long[] positions, Map<End, BitSet> ends, Map<Integer, TaskFold> open) {
    this(positions.length, items);
    System.arraycopy(positions, 0, this.positions, 0, positions.length);
    ends.forEach(
        (end, bits) -> {
          ofEnd(end).or(bits);
          ended.or(bits);
        });
    this.open.putAll(open);
  }

  void apply(RunEvent.TaskMoved moved, Recorded recorded) {
    int index = moved.task().index();
    Optional<End> end = End.of(moved.state());
    if (end.isPresent()) {
      open.remove(index);
      positions[index] = recorded.position();
      ended.set(index);
      ofEnd(end.get()).set(index);
    } else {
      clear(index);
      open.put(index, TaskFold.after(Optional.ofNullable(open.get(index)), moved, recorded));
    }
  }

  void reset(int index) {
    open.remove(index);
    clear(index);
  }

  private void clear(int index) {
    if (ended.get(index)) {
      ended.clear(index);
      ends.values().forEach(bits -> bits.clear(index));
      positions[index] = -1;
    }
  }

  public int size() {
    return positions.length;
  }

  /** Position of the record that holds the items. */
  public long items() {
    return items;
  }

  /** Position of the record that ended the item, or -1. */
  public long position(int index) {
    return positions[index];
  }

  /** A copy of all positions. */
  public long[] positions() {
    return positions.clone();
  }

  public boolean ended(int index) {
    return ended.get(index);
  }

  public int endedCount() {
    return ended.cardinality();
  }

  /** The first item from {@code from} on that has not ended; {@link #size} when there is none. */
  public int nextOpen(int from) {
    return Math.min(ended.nextClearBit(from), size());
  }

  public int count(End end) {
    return ofEnd(end).cardinality();
  }

  /** The items that ended so; a copy. */
  public BitSet bits(End end) {
    return (BitSet) ofEnd(end).clone();
  }

  /** How the item ended. */
  public Optional<End> end(int index) {
    for (End end : End.values()) {
      if (ofEnd(end).get(index)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  /** The items under way, by index; a view. */
  public Map<Integer, TaskFold> open() {
    return java.util.Collections.unmodifiableMap(open);
  }

  private BitSet ofEnd(End end) {
    return java.util.Objects.requireNonNull(ends.get(end));
  }
}
