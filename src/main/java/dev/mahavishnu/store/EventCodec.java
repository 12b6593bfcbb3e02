package dev.mahavishnu.store;

import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events in JSON, format version 1: {@code {"at":microseconds,"e":word,…}}. A change of what is
 * written here is a new version of the journal format; the golden journals hold it.
 */
final class EventCodec {
  /**
   * An event as read.
   *
   * @param inbox name of the inbox file that brought a command, or empty
   */
  record Decoded(Instant at, RunEvent event, String inbox) {}

  private EventCodec() {}

  static void write(JsonOut out, long micros, RunEvent event, String inbox) {
    out.open().field("at", micros);
    switch (event) {
      case RunEvent.TaskMoved e -> TaskMovedCodec.write(out.field("e", "task"), e);
      case RunEvent.Created e -> created(out.field("e", "created"), e);
      case RunEvent.Opened e ->
          out.field("e", "opened").field("pid", e.pid()).field("host", e.host());
      case RunEvent.Moved e -> StateCodec.write(out.field("e", "moved"), e.state());
      case RunEvent.Mapped e -> {
        out.field("e", "mapped").field("task", e.task().text()).field("size", e.size());
        OutputCodec.write(out.name("items"), e.items());
      }
      case RunEvent.Nested e ->
          out.field("e", "nested")
              .field("task", e.task().text())
              .field("flow", e.flow())
              .field("spec", e.spec())
              .field("folder", e.folder())
              .field("tasks", e.tasks())
              .name("parameters")
              .value(e.parameters());
      case RunEvent.Returned e ->
          OutputCodec.write(out.field("e", "returned").name("outputs"), e.outputs());
      case RunEvent.Commanded e -> {
        CommandCodec.write(out.field("e", "commanded").name("command"), e.command());
        if (!inbox.isEmpty()) {
          out.field("inbox", inbox);
        }
      }
      case RunEvent.Reset e -> {
        out.field("e", "reset").name("tasks").openList();
        e.tasks().forEach(key -> out.text(key.text()));
        out.closeList();
      }
      case RunEvent.Halted e -> DebuggingCodec.stop(out.field("e", "halted"), e.stop(), e.why());
      case RunEvent.Amended e -> amended(out.field("e", "amended"), e);
    }
    out.close();
  }

  private static void amended(JsonOut out, RunEvent.Amended event) {
    out.field("who", event.who()).field("what", event.what()).field("why", event.why());
    event.spec().ifPresent(spec -> out.field("spec", spec));
    out.field("tasks", event.tasks());
    out.name("rerun").openList();
    event.rerun().forEach(out::text);
    out.closeList();
  }

  private static RunEvent.Amended amended(JsonNode json) {
    return new RunEvent.Amended(
        Fields.text(json, "who"),
        Fields.text(json, "what"),
        Fields.text(json, "why"),
        json.optional("spec").flatMap(JsonNode::stringValueOpt),
        Fields.count(json, "tasks"),
        texts(json, "rerun"));
  }

  private static void created(JsonOut out, RunEvent.Created event) {
    out.field("run", event.run().text())
        .field("flow", event.flow())
        .field("spec", event.spec())
        .field("folder", event.folder())
        .field("tasks", event.tasks())
        .name("parameters")
        .value(event.parameters());
    event.from().ifPresent(from -> out.field("from", from.text()));
    if (!event.rerun().isEmpty()) {
      out.name("rerun").openList();
      event.rerun().forEach(out::text);
      out.closeList();
    }
    out.field("requester", event.requester());
  }

  /**
   * @throws StoreException when it is not an event of this version
   */
  static Decoded read(byte[] bytes, int from, int length) {
    try (JsonParser parser = JsonIn.parser(bytes, from, length)) {
      parser.nextToken();
      expect(parser, "at");
      Instant at = Micros.instant(parser.getLongValue());
      expect(parser, "e");
      String word = parser.getString();
      if (word.equals("task")) {
        return new Decoded(at, TaskMovedCodec.read(parser), "");
      }
      return rare(at, word, parser);
    } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
      throw new StoreException("not an event: " + e.getMessage(), e);
    }
  }

  private static void expect(JsonParser parser, String name) {
    if (parser.nextToken() != JsonToken.PROPERTY_NAME || !parser.currentName().equals(name)) {
      throw new StoreException("not an event: `" + name + "` is missing");
    }
    parser.nextToken();
  }

  private static Decoded rare(Instant at, String word, JsonParser parser) {
    if (word.equals("mapped")) {
      return new Decoded(at, mapped(parser), "");
    }
    if (word.equals("returned")) {
      expect(parser, "outputs");
      return new Decoded(at, new RunEvent.Returned(OutputCodec.read(parser)), "");
    }
    ObjectNode json = rest(parser);
    RunEvent event =
        switch (word) {
          case "created" -> created(json);
          case "opened" ->
              new RunEvent.Opened(Fields.number(json, "pid"), Fields.text(json, "host"));
          case "moved" -> new RunEvent.Moved(state(json));
          case "nested" ->
              new RunEvent.Nested(
                  TaskKey.parse(Fields.text(json, "task")),
                  Fields.text(json, "flow"),
                  Fields.text(json, "spec"),
                  Fields.text(json, "folder"),
                  Fields.count(json, "tasks"),
                  Fields.node(json, "parameters"));
          case "commanded" ->
              new RunEvent.Commanded(CommandCodec.read(Fields.node(json, "command")));
          case "reset" ->
              new RunEvent.Reset(texts(json, "tasks").stream().map(TaskKey::parse).toList());
          case "halted" -> new RunEvent.Halted(DebuggingCodec.stop(json), Fields.text(json, "why"));
          case "amended" -> amended(json);
          default ->
              throw new StoreException("unknown event `" + word + "`, of a newer Mahavishnu?");
        };
    return new Decoded(at, event, json.path("inbox").asString(""));
  }

  private static RunEvent.Mapped mapped(JsonParser parser) {
    expect(parser, "task");
    TaskKey task = TaskKey.parse(parser.getString());
    expect(parser, "size");
    int size = parser.getIntValue();
    expect(parser, "items");
    return new RunEvent.Mapped(task, size, OutputCodec.read(parser));
  }

  private static ObjectNode rest(JsonParser parser) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      json.set(name, JsonIn.value(parser));
    }
    return json;
  }

  /** The state whose fields stand in this object. */
  static dev.mahavishnu.run.State state(JsonNode json) {
    return StateCodec.read(
        Fields.text(json, "s"), json.path("m").asString(""), json.path("u").asString(""));
  }

  /** What {@link #write} made of a {@link RunEvent.Created}, without its time. */
  static RunEvent.Created created(JsonNode json) {
    return new RunEvent.Created(
        new RunId(Fields.text(json, "run")),
        Fields.text(json, "flow"),
        Fields.text(json, "spec"),
        Fields.text(json, "folder"),
        Fields.count(json, "tasks"),
        Fields.node(json, "parameters"),
        Optional.of(json.path("from").asString("")).filter(t -> !t.isEmpty()).map(RunId::new),
        texts(json, "rerun"),
        Fields.text(json, "requester"));
  }

  private static List<String> texts(JsonNode json, String name) {
    return json.path(name).valueStream().map(JsonNode::stringValue).toList();
  }
}
