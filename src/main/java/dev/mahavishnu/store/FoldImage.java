package dev.mahavishnu.store;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.TaskFold;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A run's fold as entries of a checkpoint image, and back. Equal folds give equal entries. */
final class FoldImage {
  private FoldImage() {}

  static void write(Entries entries, RunFold fold) {
    entries.put("head", head(fold.head()));
    int number = 0;
    for (ScopeFold scope : fold.scopes()) {
      scope(entries, "scope/" + Entries.digits(number++), scope);
    }
  }

  private static JsonOut head(RunFold.Head head) {
    JsonOut out = new JsonOut(1024);
    out.open().name("created");
    EventCodec.write(out, Micros.of(head.createdAt()), head.created(), "");
    out.name("state").open();
    StateCodec.write(out, head.state());
    out.close().field("since", Micros.of(head.since()));
    head.started().ifPresent(at -> out.field("started", Micros.of(at)));
    head.opened().ifPresent(by -> out.field("pid", by.pid()).field("host", by.host()));
    DebuggingCodec.write(out, head.debugging());
    return out.field("seq", head.seq()).field("outputs", head.outputs()).close();
  }

  private static void scope(Entries entries, String name, ScopeFold scope) {
    JsonOut head = new JsonOut(1024);
    head.open()
        .field("scope", scope.scope())
        .field("flow", scope.flow())
        .field("spec", scope.spec())
        .field("folder", scope.folder())
        .field("tasks", scope.declared())
        .name("parameters")
        .value(scope.parameters())
        .close();
    entries.put(name + "/head", head);
    int number = 0;
    for (TaskFold task : scope.tasks()) {
      JsonOut out = new JsonOut(256);
      TaskFoldCodec.write(out, task);
      entries.put(name + "/task/" + Entries.digits(number++), out);
    }
    number = 0;
    for (Map.Entry<String, MapFold> map : scope.maps().entrySet()) {
      MapFoldImage.write(
          entries, name + "/map/" + Entries.digits(number++), map.getKey(), map.getValue());
    }
  }

  static RunFold read(Entries entries) {
    RunFold fold = RunFold.restored(head(entries.needJson("head")));
    for (int number = 0; ; number++) {
      String name = "scope/" + Entries.digits(number);
      Optional<JsonNode> head = entries.json(name + "/head");
      if (head.isEmpty()) {
        return fold;
      }
      fold.restore(scope(entries, name, head.get()));
    }
  }

  private static RunFold.Head head(JsonNode json) {
    JsonNode created = Fields.node(json, "created");
    return new RunFold.Head(
        EventCodec.created(created),
        Micros.instant(Fields.number(created, "at")),
        EventCodec.state(Fields.node(json, "state")),
        Micros.instant(Fields.number(json, "since")),
        Fields.instant(json, "started"),
        json.has("pid")
            ? Optional.of(
                new RunEvent.Opened(Fields.number(json, "pid"), Fields.text(json, "host")))
            : Optional.empty(),
        Fields.number(json, "seq"),
        Fields.number(json, "outputs"),
        DebuggingCodec.read(json));
  }

  private static ScopeFold scope(Entries entries, String name, JsonNode head) {
    ScopeFold scope =
        new ScopeFold(
            Fields.text(head, "scope"),
            Fields.text(head, "flow"),
            Fields.text(head, "spec"),
            Fields.text(head, "folder"),
            Fields.count(head, "tasks"),
            Fields.node(head, "parameters"));
    Optional<JsonNode> next = entries.json(name + "/task/" + Entries.digits(0));
    for (int number = 1; next.isPresent(); number++) {
      scope.restore(TaskFoldCodec.read(scope.scope(), next.get()), Optional.empty());
      next = entries.json(name + "/task/" + Entries.digits(number));
    }
    for (int number = 0; ; number++) {
      String map = name + "/map/" + Entries.digits(number);
      Optional<JsonNode> mapHead = entries.json(map + "/head");
      if (mapHead.isEmpty()) {
        return scope;
      }
      scope.restore(
          MapFoldImage.task(mapHead.get()),
          MapFoldImage.read(entries, map, scope.scope(), mapHead.get()));
    }
  }
}
