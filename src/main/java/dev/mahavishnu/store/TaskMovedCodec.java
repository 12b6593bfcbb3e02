package dev.mahavishnu.store;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.TaskKey;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The event that journals are made of, read without a tree: {@code "c"} scope, {@code "t"} task,
 * {@code "i"} index, {@code "a"} attempt, the state's fields, {@code "p"} child, {@code "o"}
 * output, {@code "d"} hashes.
 */
final class TaskMovedCodec {
  private TaskMovedCodec() {}

  static void write(JsonOut out, RunEvent.TaskMoved event) {
    key(out, event.task());
    out.field("a", event.attempt());
    StateCodec.write(out, event.state());
    if (event.child().isPresent()) {
      Child child = event.child().get();
      out.name("p").openList().number(child.pid()).number(child.started());
      out.text(child.mark()).closeList();
    }
    if (event.output().isPresent()) {
      out.name("o");
      OutputCodec.write(out, event.output().get());
    }
    if (event.hashes().isPresent()) {
      RunEvent.Hashes hashes = event.hashes().get();
      out.name("d").openList().text(hashes.definition()).text(hashes.inputs()).closeList();
    }
  }

  static void key(JsonOut out, TaskKey key) {
    if (!key.scope().isEmpty()) {
      out.field("c", key.scope());
    }
    out.field("t", key.task());
    if (key.index() >= 0) {
      out.field("i", key.index());
    }
  }

  /** Reads the fields that are left of the object the parser is in. */
  static RunEvent.TaskMoved read(JsonParser parser) {
    String scope = "";
    String task = "";
    int index = -1;
    int attempt = 0;
    String word = "";
    String message = "";
    String until = "";
    Optional<Child> child = Optional.empty();
    Optional<Output> output = Optional.empty();
    Optional<RunEvent.Hashes> hashes = Optional.empty();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "c" -> scope = parser.getString();
        case "t" -> task = parser.getString();
        case "i" -> index = parser.getIntValue();
        case "a" -> attempt = parser.getIntValue();
        case "s" -> word = parser.getString();
        case "m" -> message = parser.getString();
        case "u" -> until = parser.getString();
        case "p" -> child = Optional.of(child(parser));
        case "o" -> output = Optional.of(OutputCodec.read(parser));
        case "d" -> hashes = Optional.of(hashes(parser));
        default -> throw new StoreException("unknown field `" + name + "` of a task's event");
      }
    }
    return new RunEvent.TaskMoved(
        new TaskKey(scope, task, index),
        attempt,
        StateCodec.read(word, message, until),
        child,
        output,
        hashes);
  }

  private static Child child(JsonParser parser) {
    parser.nextToken();
    long pid = parser.getLongValue();
    parser.nextToken();
    long started = parser.getLongValue();
    parser.nextToken();
    String mark = parser.getString();
    parser.nextToken();
    return new Child(pid, started, mark);
  }

  private static RunEvent.Hashes hashes(JsonParser parser) {
    parser.nextToken();
    String definition = parser.getString();
    parser.nextToken();
    String inputs = parser.getString();
    parser.nextToken();
    return new RunEvent.Hashes(definition, inputs);
  }
}
