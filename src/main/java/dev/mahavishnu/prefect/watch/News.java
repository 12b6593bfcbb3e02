package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.ServerState;
import java.time.Instant;
import java.util.UUID;

/** Something about a flow run that was not known before. What is text in it is the server's. */
public sealed interface News {
  /** The run itself is in another state. */
  record Moved(Instant at, ServerState state) implements News {}

  /**
   * A task run is in another state.
   *
   * @param task its name, behind the names of the runs of subflows that it is in: {@code sub/load}
   */
  record TaskMoved(Instant at, UUID id, String task, ServerState state) implements News {}

  /** A flow that the run has started, or one that this one has. */
  record Nested(Instant at, UUID run, String name, ServerState state) implements News {}

  /**
   * A line of the log.
   *
   * @param task empty for one of the run itself
   * @param level as Python has them: 20 is INFO
   */
  record Logged(Instant at, String task, int level, String logger, String text) implements News {}

  /** The server does not answer; it is waited for. */
  record Lost(String why) implements News {}

  /** It answers again. */
  record Back() implements News {}
}
