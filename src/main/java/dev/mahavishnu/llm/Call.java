package dev.mahavishnu.llm;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One question to a model.
 *
 * @param messages in order, the system's first
 * @param schema what the answer must be, as JSON; empty for an answer in words
 * @param tools what the model may look up instead of answering now
 */
public record Call(List<Message> messages, Optional<ObjectNode> schema, List<Tool> tools) {
  public Call {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
  }

  /** Part of what the model is told. */
  public sealed interface Message {}

  /** What it is here for; from our prompts alone. */
  public record Instructions(String text) implements Message {}

  /** What the person said, with the data that we add, quoted. */
  public record User(String text) implements Message {}

  /** What the model answered before. */
  public record Model(String text, List<Lookup> lookups) implements Message {
    public Model {
      lookups = List.copyOf(lookups);
    }
  }

  /** What a lookup found: data, quoted. */
  public record Found(Lookup lookup, String text) implements Message {}

  /**
   * Something that can be looked up.
   *
   * @param parameters a JSON Schema of type object, whose properties are texts, numbers and truths
   */
  public record Tool(String name, String description, ObjectNode parameters) {}

  /**
   * The model wants to know something.
   *
   * @param id by which the provider matches the result; may be empty
   * @param arguments as the model wrote them: not checked
   */
  public record Lookup(String id, String tool, ObjectNode arguments) {}
}
