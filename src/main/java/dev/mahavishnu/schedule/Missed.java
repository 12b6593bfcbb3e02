package dev.mahavishnu.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What becomes of the times of a schedule at which nobody was there to start a run. */
public enum Missed {
  /** None of them runs. */
  SKIP,
  /** The last of them runs, late. */
  ONCE,
  /** They all run, late, but no more than {@link #MOST} of them. */
  ALL;

  /** Most missed times of one schedule that run. */
  public static final int MOST = 100;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Most missed times of one schedule that run, by this. */
  int most() {
    return switch (this) {
      case SKIP -> 0;
      case ONCE -> 1;
      case ALL -> MOST;
    };
  }

  /**
   * Which times run.
   *
   * @param late those that were missed, in order
   * @param fresh those that were not, in order
   */
  List<Instant> of(List<Instant> late, List<Instant> fresh) {
    List<Instant> run =
        new ArrayList<>(late.subList(Math.max(0, late.size() - most()), late.size()));
    run.addAll(fresh);
    return run;
  }
}
