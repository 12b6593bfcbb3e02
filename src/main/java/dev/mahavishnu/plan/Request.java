package dev.mahavishnu.plan;

import dev.mahavishnu.spec.Flow;
import java.util.Optional;

/**
 * What a person asked for, and what they have in front of them.
 *
 * @param text as typed, may have several lines
 * @param draft the flow that they are changing; absent: the request is for a new one
 * @param workspace what is there to refer to
 */
public record Request(String text, Optional<Flow> draft, WorkspaceView workspace) {

  /** A request for a new flow. */
  public static Request of(String text, WorkspaceView workspace) {
    return new Request(text, Optional.empty(), workspace);
  }

  /** The same, asked in other words. */
  public Request reworded(String words) {
    return new Request(words, draft, workspace);
  }
}
