package dev.mahavishnu.view;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON, one object a line: {@code type}, {@code seq}, {@code at} and {@code run}, then
 * what the type has. A small output stands in the line, of a large one its size, of a secret one
 * only that there is one.
 */
public final class EventJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private EventJson() {}

  /** One line without its end. */
  public static String line(RunId run, Recorded recorded) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("type", type(recorded.event()));
    json.put("seq", recorded.seq());
    json.put("at", recorded.at().toString());
    json.put("run", run.text());
    fill(json, recorded.event());
    return MAPPER.writeValueAsString(json);
  }

  private static String type(RunEvent event) {
    return switch (event) {
      case RunEvent.Created _ -> "created";
      case RunEvent.Opened _ -> "opened";
      case RunEvent.Moved _ -> "run";
      case RunEvent.TaskMoved _ -> "task";
      case RunEvent.Mapped _ -> "mapped";
      case RunEvent.Nested _ -> "subflow";
      case RunEvent.Returned _ -> "returned";
      case RunEvent.Commanded _ -> "command";
      case RunEvent.Reset _ -> "reset";
      case RunEvent.Halted _ -> "halted";
      case RunEvent.Amended _ -> "amended";
    };
  }

  private static void fill(ObjectNode json, RunEvent event) {
    switch (event) {
      case RunEvent.Created e -> {
        json.put("flow", e.flow()).put("tasks", e.tasks());
        json.set("parameters", e.parameters());
        e.from().ifPresent(from -> json.put("from", from.text()));
        json.put("requester", e.requester());
      }
      case RunEvent.Opened e -> json.put("pid", e.pid()).put("host", e.host());
      case RunEvent.Moved e -> json.set("state", state(e.state()));
      case RunEvent.TaskMoved e -> {
        json.put("task", e.task().text()).put("attempt", e.attempt());
        json.set("state", state(e.state()));
        e.child().ifPresent(child -> json.put("pid", child.pid()));
        e.output().ifPresent(output -> output(json, "output", output));
      }
      case RunEvent.Mapped e -> json.put("task", e.task().text()).put("size", e.size());
      case RunEvent.Nested e -> {
        json.put("task", e.task().text()).put("flow", e.flow()).put("tasks", e.tasks());
        json.set("parameters", e.parameters());
      }
      case RunEvent.Returned e -> output(json, "outputs", e.outputs());
      case RunEvent.Commanded e -> command(json, e.command());
      case RunEvent.Reset e ->
          e.tasks().stream().map(TaskKey::text).forEach(json.putArray("tasks")::add);
      case RunEvent.Halted e ->
          json.put("task", e.stop().task().text())
              .put("attempt", e.stop().attempt())
              .put("moment", e.stop().moment().text())
              .put("why", e.why());
      case RunEvent.Amended e -> {
        json.put("who", e.who()).put("what", e.what()).put("why", e.why());
        json.put("edited", e.spec().isPresent());
      }
    }
  }

  /** {@code {type, name, message}}. */
  static ObjectNode state(State state) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("type", state.type().name()).put("name", state.name());
    return json.put("message", state.message());
  }

  private static void output(ObjectNode json, String name, Output output) {
    switch (output) {
      case Output.Inline inline -> json.set(name, inline.value());
      case Output.Stored stored ->
          json.putObject(name + "_stored")
              .put("bytes", stored.bytes())
              .put("secret", stored.secret());
    }
  }

  private static void command(ObjectNode json, Command command) {
    json.put("who", command.who());
    switch (command) {
      case Command.Cancel _ -> json.put("command", "cancel");
      case Command.Pause _ -> json.put("command", "pause");
      case Command.Resume _ -> json.put("command", "resume");
      case Command.Suspend _ -> json.put("command", "suspend");
      case Command.Step e ->
          json.put("command", "step").put("stride", e.stride().name().toLowerCase(Locale.ROOT));
      case Command.Break e -> {
        json.put("command", "break");
        e.breakpoints().stream().map(Breakpoint::text).forEach(json.putArray("at")::add);
      }
      case Command.Approve e -> answer(json.put("command", "approve"), e.task(), e.note());
      case Command.Deny e -> answer(json.put("command", "deny"), e.task(), e.note());
    }
  }

  private static void answer(ObjectNode json, Optional<String> task, String note) {
    task.ifPresent(t -> json.put("task", t));
    json.put("note", note);
  }
}
