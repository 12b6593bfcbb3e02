package dev.mahavishnu.store;

/**
 * Bounds of a store. All sizes in bytes.
 *
 * @param outputLimit largest output accepted, as JSON
 * @param logLimitPerTask most log text kept of one task run
 * @param logLimitPerRun largest log of one run
 * @param segmentLimit size at which a journal goes on in a new file
 * @param checkpointEvery number of events after which a checkpoint image is written by itself
 */
public record StoreOptions(
    Durability durability,
    long outputLimit,
    long logLimitPerTask,
    long logLimitPerRun,
    long segmentLimit,
    int checkpointEvery) {
  private static final long MIB = 1024 * 1024;

  public static final StoreOptions DEFAULT =
      new StoreOptions(Durability.GROUP, 64 * MIB, 10 * MIB, 256 * MIB, 64 * MIB, 5_000);

  public StoreOptions {
    if (outputLimit < 1 || logLimitPerTask < 0 || logLimitPerRun < 0) {
      throw new IllegalArgumentException("a limit is negative");
    }
    if (segmentLimit < 1 || checkpointEvery < 1) {
      throw new IllegalArgumentException("segmentLimit and checkpointEvery are at least 1");
    }
  }

  public StoreOptions with(Durability changed) {
    return new StoreOptions(
        changed, outputLimit, logLimitPerTask, logLimitPerRun, segmentLimit, checkpointEvery);
  }
}
