package dev.mahavishnu.bench;

import java.util.Arrays;

/** Some durations of the same work, in milliseconds, shortest first. */
record Times(double[] sorted) {
  /** What is timed. */
  interface Work {
    void once() throws Exception;
  }

  static Times of(int rounds, Work work) throws Exception {
    double[] times = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      work.once();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return new Times(times);
  }

  /** The same work, by the piece. */
  Times divided(int pieces) {
    return new Times(Arrays.stream(sorted).map(t -> t / pieces).toArray());
  }

  double median() {
    return sorted[sorted.length / 2];
  }

  double worst() {
    return sorted[sorted.length - 1];
  }
}
