package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.FlowSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where flows run: the embedded engine, or a server. */
public interface Adapter {
  /** As {@code --adapter} names it. */
  String name();

  /** Starts a run; what is wrong with the submission comes as an exception before anything runs. */
  RunHandle submit(Submission submission);

  /**
   * What to run.
   *
   * @param parameters an object; missing ones take their defaults
   * @param from the run this one is made from
   * @param requester who or what asks
   */
  record Submission(
      FlowSource source, JsonNode parameters, Optional<RunId> from, String requester) {}
}
