package dev.mahavishnu.prefect.mirror;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the task runs of a task: in arrays, since there may be a hundred thousand. Times
 * are microseconds since 1970.
 */
final class Slots {
  /** Null for what nothing was told of. */
  private @Nullable Phase[] phase;

  private int[] runs;
  private long[] expected;
  private long[] started;
  private long[] since;
  private long[] runTime;

  Slots(int size) {
    phase = new Phase[size];
    runs = new int[size];
    expected = new long[size];
    started = new long[size];
    since = new long[size];
    runTime = new long[size];
  }

  /** Makes room; what is known stays. */
  void grow(int size) {
    int old = phase.length;
    if (size > old) {
      phase = Arrays.copyOf(phase, size);
      runs = Arrays.copyOf(runs, size);
      expected = Arrays.copyOf(expected, size);
      started = Arrays.copyOf(started, size);
      since = Arrays.copyOf(since, size);
      runTime = Arrays.copyOf(runTime, size);
    }
  }

  int size() {
    return phase.length;
  }

  boolean known(int slot) {
    return phase[slot] != null;
  }

  /** Of a known one. */
  Phase phase(int slot) {
    return Objects.requireNonNull(phase[slot]);
  }

  void move(int slot, Phase to, long at) {
    if (!known(slot)) {
      expected[slot] = at;
    } else if (phase(slot).isRunning()) {
      runTime[slot] += at - since[slot];
    }
    if (to.isRunning()) {
      runs[slot]++;
      if (started[slot] == 0) {
        started[slot] = at;
      }
    }
    phase[slot] = to;
    since[slot] = at;
  }

  int runs(int slot) {
    return runs[slot];
  }

  long expected(int slot) {
    return expected[slot];
  }

  /** 0 when it never was. */
  long started(int slot) {
    return started[slot];
  }

  /** Since when it is in its phase. */
  long since(int slot) {
    return since[slot];
  }

  /** Of all that is over of it. */
  long runTime(int slot) {
    return runTime[slot];
  }
}
