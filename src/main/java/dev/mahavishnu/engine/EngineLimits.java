package dev.mahavishnu.engine;

import java.time.Duration;
import java.util.Map;

/**
 * Bounds of an engine.
 *
 * @param concurrency most attempts at a time in one run of a flow that sets no limit itself
 * @param tags most task runs at a time with a tag, over all runs and processes of the workspace
 * @param grace how long a process has between being asked to stop and being killed
 * @param killBound how long killing may take before the engine gives up and names the pids
 */
public record EngineLimits(
    int concurrency, Map<String, Integer> tags, Duration grace, Duration killBound) {
  public static final EngineLimits DEFAULT =
      new EngineLimits(16, Map.of(), Duration.ofSeconds(5), Duration.ofSeconds(10));

  public EngineLimits {
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be 1 or more: " + concurrency);
    }
    tags = Map.copyOf(tags);
  }
}
