package dev.mahavishnu.store;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Stride;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Commands in JSON: {@code {"c":"approve","who":…,"task":…,"note":…}}. */
final class CommandCodec {
  private CommandCodec() {}

  static void write(JsonOut out, Command command) {
    out.open();
    switch (command) {
      case Command.Cancel _ -> out.field("c", "cancel");
      case Command.Pause _ -> out.field("c", "pause");
      case Command.Resume _ -> out.field("c", "resume");
      case Command.Suspend _ -> out.field("c", "suspend");
      case Command.Step s -> out.field("c", "step").field("stride", s.stride().name());
      case Command.Break b -> DebuggingCodec.breakpoints(out.field("c", "break"), b.breakpoints());
      case Command.Approve a -> answer(out, "approve", a.task(), a.note());
      case Command.Deny d -> answer(out, "deny", d.task(), d.note());
    }
    out.field("who", command.who()).close();
  }

  private static void answer(JsonOut out, String word, Optional<String> task, String note) {
    out.field("c", word);
    task.ifPresent(t -> out.field("task", t));
    if (!note.isEmpty()) {
      out.field("note", note);
    }
  }

  static Command read(JsonNode json) {
    String who = Fields.text(json, "who");
    Optional<String> task = json.optional("task").flatMap(JsonNode::stringValueOpt);
    String note = json.optional("note").flatMap(JsonNode::stringValueOpt).orElse("");
    return switch (Fields.text(json, "c")) {
      case "cancel" -> new Command.Cancel(who);
      case "pause" -> new Command.Pause(who);
      case "resume" -> new Command.Resume(who);
      case "suspend" -> new Command.Suspend(who);
      case "step" -> new Command.Step(who, Stride.valueOf(Fields.text(json, "stride")));
      case "break" -> new Command.Break(who, DebuggingCodec.breakpoints(json));
      case "approve" -> new Command.Approve(who, task, note);
      case "deny" -> new Command.Deny(who, task, note);
      default -> throw new StoreException("unknown command `" + Fields.text(json, "c") + "`");
    };
  }
}
