package dev.mahavishnu.bench;

/**
 * A line of the table.
 *
 * @param what what was measured
 * @param times how long it took
 * @param beside how long the thing took that it is compared with; its own median for none
 * @param bound what it may take, in words; empty for none
 */
record Row(String what, Times times, double beside, String bound) {
  static final String HEAD =
      "%-44s %10s %10s %8s  %s".formatted("", "median ms", "worst ms", "ratio", "at most");

  @Override
  public String toString() {
    double ratio = times.median() / beside;
    return "%-44s %10.2f %10.2f %8s  %s"
        .formatted(
            what, times.median(), times.worst(), ratio == 1 ? "" : "%.2f".formatted(ratio), bound)
        .stripTrailing();
  }
}
