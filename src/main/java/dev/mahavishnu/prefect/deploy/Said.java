package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.ServerSchedule;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said about a deployment besides its flow: by an environment, or by options. What is not
 * said stays as it is on the server.
 *
 * @param pool work pool
 * @param queue of the pool
 * @param parameters values over those that the deployment has
 * @param tags all of them
 * @param concurrency most runs at a time; 0: as many as there are
 * @param paused whether its schedules rest
 * @param schedules instead of those that the flow has
 * @param active whether its schedules make runs, each of them
 */
public record Said(
    Optional<String> pool,
    Optional<String> queue,
    ObjectNode parameters,
    Optional<List<String>> tags,
    Optional<Integer> concurrency,
    Optional<Boolean> paused,
    List<ServerSchedule> schedules,
    Optional<Boolean> active) {
  public static final Said NOTHING =
      new Said(
          Optional.empty(),
          Optional.empty(),
          JsonNodeFactory.instance.objectNode(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty());

  public Said {
    parameters = parameters.deepCopy();
    tags = tags.map(List::copyOf);
    schedules = List.copyOf(schedules);
  }

  /** The same in that pool. */
  Said in(String name) {
    return new Said(
        Optional.of(name), queue, parameters, tags, concurrency, paused, schedules, active);
  }

  /** Both; where they differ, this one counts. */
  public Said over(Said other) {
    ObjectNode both = other.parameters.deepCopy();
    both.setAll(parameters);
    return new Said(
        pool.or(() -> other.pool),
        queue.or(() -> pool.isPresent() ? Optional.empty() : other.queue),
        both,
        tags.or(() -> other.tags),
        concurrency.or(() -> other.concurrency),
        paused.or(() -> other.paused),
        schedules.isEmpty() ? other.schedules : schedules,
        active.or(() -> other.active));
  }
}
