package dev.mahavishnu.shell;

import dev.mahavishnu.expr.Bindings;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What a condition sees where there is no run: nothing, and it is noted that it looked. */
final class NoRun implements Bindings {
  private boolean asked;

  /** Whether the condition is about a run. */
  boolean isAsked() {
    return asked;
  }

  private JsonNode nothing() {
    asked = true;
    return NullNode.getInstance();
  }

  @Override
  public JsonNode parameter(String name) {
    return nothing();
  }

  @Override
  public JsonNode output(String task) {
    return nothing();
  }

  @Override
  public String state(String task) {
    asked = true;
    return "";
  }

  @Override
  public JsonNode run() {
    return nothing();
  }

  @Override
  public String secret(String name) {
    throw new IllegalStateException("a condition names no secret: its scope has none");
  }

  @Override
  public Optional<JsonNode> item() {
    return Optional.empty();
  }

  @Override
  public long index() {
    return 0;
  }
}
