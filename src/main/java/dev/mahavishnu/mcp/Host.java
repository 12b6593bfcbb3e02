package dev.mahavishnu.mcp;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a server serves.
 *
 * @param instructions what a model should know before it calls anything
 * @param redact gives what takes out of a text what no client may see, as it is known now
 * @param explain what an exception of a tool means to a person, in one line
 */
public record Host(
    String version,
    String instructions,
    List<Tool> tools,
    Shelf shelf,
    Grants grants,
    Supplier<UnaryOperator<String>> redact,
    Explaining explain) {

  public Host {
    tools = List.copyOf(tools);
  }

  /** Puts an exception into words. */
  public interface Explaining {
    String of(RuntimeException e);
  }
}
