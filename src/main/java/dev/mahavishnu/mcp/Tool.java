package dev.mahavishnu.mcp;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that a client can call.
 *
 * @param title a few words for people
 * @param description for a model: what it does and gives
 * @param input JSON Schema of the arguments
 * @param output JSON Schema of {@link ToolResult.Done#content}
 * @param permission what a person has to agree to; absent: it only reads
 * @param question what a person is asked who has to agree
 */
public record Tool(
    String name,
    String title,
    String description,
    ObjectNode input,
    ObjectNode output,
    Optional<Permission> permission,
    Question question,
    Deed deed) {

  /** A tool that only reads. */
  public Tool(
      String name,
      String title,
      String description,
      ObjectNode input,
      ObjectNode output,
      Deed deed) {
    this(name, title, description, input, output, Optional.empty(), _ -> title, deed);
  }

  /** Puts into words what a call would do. What it throws is told as {@link Deed}'s is. */
  public interface Question {
    String of(ObjectNode arguments);
  }

  /** What a tool does. */
  public interface Deed {
    ToolResult of(Call call);
  }
}
