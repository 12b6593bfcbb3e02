package dev.mahavishnu.store;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Task runs in a checkpoint image; their scope stands beside them. */
final class TaskFoldCodec {
  private TaskFoldCodec() {}

  static void write(JsonOut out, TaskFold task) {
    out.open().field("t", task.task().task());
    if (task.task().isItem()) {
      out.field("i", task.task().index());
    }
    out.field("a", task.attempt());
    StateCodec.write(out, task.state());
    task.child()
        .ifPresent(
            child ->
                out.field("pid", child.pid())
                    .field("began", child.started())
                    .field("mark", child.mark()));
    out.field("at", task.position()).name("out").bool(task.hasOutput());
    out.field("since", Micros.of(task.since()));
    task.started().ifPresent(started -> out.field("started", Micros.of(started)));
    out.close();
  }

  static TaskFold read(String scope, JsonNode json) {
    Optional<Child> child =
        json.has("pid")
            ? Optional.of(
                new Child(
                    Fields.number(json, "pid"),
                    Fields.number(json, "began"),
                    Fields.text(json, "mark")))
            : Optional.empty();
    return new TaskFold(
        new TaskKey(scope, Fields.text(json, "t"), json.path("i").asInt(-1)),
        Fields.count(json, "a"),
        EventCodec.state(json),
        child,
        Fields.number(json, "at"),
        Fields.node(json, "out").booleanValue(),
        Micros.instant(Fields.number(json, "since")),
        Fields.instant(json, "started"));
  }
}
