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
 * @param files those whose texts stand in {@code text}, in their order; the person asked for them,
 *     but did not write what they say
 */
public record Request(
    String text,
    Optional<Flow> draft,
    WorkspaceView workspace,
    List<Turn> before,
    List<Brought> files) {

  public Request {
    before = List.copyOf(before);
    files = List.copyOf(files);
  }

  /**
   * A file within a request.
   *
   * @param name as the person wrote it
   * @param start offset of its text in the request
   * @param end offset after it
   */
  public record Brought(String name, int start, int end) {}

  /** A request in which all is the person's own. */
  public Request(String text, Optional<Flow> draft, WorkspaceView workspace, List<Turn> before) {
    this(text, draft, workspace, before, List.of());
  }

  /** A request that nothing was said before. */
  public Request(String text, Optional<Flow> draft, WorkspaceView workspace) {
    this(text, draft, workspace, List.of());
  }

  /** A request for a new flow. */
  public static Request of(String text, WorkspaceView workspace) {
    return new Request(text, Optional.empty(), workspace);
  }

  /** What the person wrote: the files by their names alone. */
  public String own() {
    StringBuilder own = new StringBuilder();
    int from = 0;
    for (Brought file : files) {
      own.append(text, from, file.start()).append('@').append(file.name());
      from = file.end();
    }
    return own.append(text.substring(from)).toString();
  }

  /** What a file in the request says. */
  public String content(Brought file) {
    return text.substring(file.start(), file.end());
  }

  /** The same, asked in other words. */
  public Request reworded(String words) {
    return new Request(words, draft, workspace, before);
  }
}
