package dev.mahavishnu.store;

import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Debugging;
import dev.mahavishnu.run.Stop;
import dev.mahavishnu.run.TaskKey;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Breakpoints and where a run stands, in JSON. */
final class DebuggingCodec {
  private DebuggingCodec() {}

  static void breakpoints(JsonOut out, List<Breakpoint> breakpoints) {
    out.name("at").openList();
    breakpoints.forEach(b -> out.text(b.text()));
    out.closeList();
  }

  static List<Breakpoint> breakpoints(JsonNode json) {
    return json.path("at").valueStream().map(n -> Breakpoint.parse(n.stringValue())).toList();
  }

  /** The fields of one stop. */
  static void stop(JsonOut out, Stop stop, String why) {
    out.field("task", stop.task().text())
        .field("attempt", stop.attempt())
        .field("moment", stop.moment().name())
        .field("why", why);
  }

  static Stop stop(JsonNode json) {
    return new Stop(
        TaskKey.parse(Fields.text(json, "task")),
        Fields.count(json, "attempt"),
        Breakpoint.Moment.valueOf(Fields.text(json, "moment")));
  }

  /**
   * A field of its own, where there is anything: images of runs that nobody debugs stay as they
   * were.
   */
  static void write(JsonOut out, Debugging debugging) {
    if (debugging.equals(Debugging.NONE)) {
      return;
    }
    out.name("debug").open();
    breakpoints(out, debugging.breakpoints());
    out.name("passed").openList();
    debugging
        .passed()
        .forEach(
            s -> {
              out.open();
              stop(out, s, "");
              out.close();
            });
    out.closeList();
    debugging
        .standing()
        .ifPresent(
            s -> {
              out.name("standing").open();
              stop(out, s.stop(), s.why());
              out.close();
            });
    if (debugging.amended()) {
      out.field("amended", "yes");
    }
    out.close();
  }

  static Debugging read(JsonNode head) {
    Optional<JsonNode> json = head.optional("debug");
    return json.map(
            d ->
                new Debugging(
                    breakpoints(d),
                    d.path("passed").valueStream().map(DebuggingCodec::stop).toList(),
                    d.optional("standing")
                        .map(s -> new Debugging.Standing(stop(s), Fields.text(s, "why"))),
                    d.has("amended")))
        .orElse(Debugging.NONE);
  }
}
