package dev.mahavishnu.mcp;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What came of a call. */
public sealed interface ToolResult {
  /** For a model or a person to read. */
  String text();

  /**
   * It did what it was asked.
   *
   * @param content the same for programs, as the tool's schema says
   */
  record Done(String text, ObjectNode content) implements ToolResult {}

  /**
   * It did not.
   *
   * @param text what is wrong, and what to do
   * @param content what programs may make use of
   */
  record Failed(String text, Optional<ObjectNode> content) implements ToolResult {
    public Failed(String text) {
      this(text, Optional.empty());
    }
  }
}
