package dev.mahavishnu.plan;

import dev.mahavishnu.spec.Flow;
import java.util.List;
import java.util.Optional;

/**
 * What a person asked for, and what they have in front of them.
 *
 * @param text as typed, may have several lines
 * @param draft the flow that they are changing; absent: the request is for a new one
 * @param workspace what is there to refer to
 * @param before what was said before, the oldest first
 */
public record Request(
    String text, Optional<Flow> draft, WorkspaceView workspace, List<Turn> before) {

  public Request {
    before = List.copyOf(before);
  }

  /** A request that nothing was said before. */
  public Request(String text, Optional<Flow> draft, WorkspaceView workspace) {
    this(text, draft, workspace, List.of());
  }

  /** A request for a new flow. */
  public static Request of(String text, WorkspaceView workspace) {
    return new Request(text, Optional.empty(), workspace);
  }

  /** The same, asked in other words. */
  public Request reworded(String words) {
    return new Request(words, draft, workspace, before);
  }
}
