package dev.mahavishnu.prefect.worker;

import java.time.Duration;
import java.util.List;

/**
 * How a worker works.
 *
 * @param name of the worker; no other of the pool has it
 * @param queues only of these; of all when empty
 * @param limit most flow runs at a time
 * @param beat how often it says that it lives, in whole seconds
 * @param grace how long what runs may go on when the worker is to stop
 */
public record WorkerSettings(
    String pool, String name, List<String> queues, int limit, Duration beat, Duration grace) {
  public WorkerSettings {
    queues = List.copyOf(queues);
    if (limit < 1) {
      throw new IllegalArgumentException("the limit is 1 or more, not " + limit);
    }
    if (beat.toSeconds() < 1) {
      throw new IllegalArgumentException("a heart beats every second or slower, not " + beat);
    }
  }
}
