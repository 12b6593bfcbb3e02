package dev.mahavishnu.store;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Runs, events and stores for tests. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-23T21:30:45.123456Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final RunId RUN = new RunId("261123-213045-k7qd");

  private Samples() {}

  static Store store(Path folder) {
    return Store.open(folder.resolve(".mahavishnu"), CLOCK);
  }

  static RunEvent.Created created() {
    return created(RUN);
  }

  static RunEvent.Created created(RunId run) {
    return new RunEvent.Created(
        run,
        "etl",
        "{\"flow\":\"etl\"}",
        "/flows",
        3,
        json("{\"day\":\"2026-11-22\"}"),
        Optional.empty(),
        List.of(),
        "trigger");
  }

  static RunEvent.Moved moved(State state) {
    return new RunEvent.Moved(state);
  }

  static RunEvent.TaskMoved done(TaskKey task, Output output) {
    return new RunEvent.TaskMoved(
        task,
        1,
        State.Completed.DONE,
        Optional.empty(),
        Optional.of(output),
        Optional.of(new RunEvent.Hashes("d1", "i1")));
  }

  static RunEvent.TaskMoved running(TaskKey task) {
    return RunEvent.TaskMoved.to(task, 1, new State.Running(false));
  }

  static TaskKey task(String id) {
    return TaskKey.of("", id);
  }

  static Output.Inline inline(String json) {
    JsonNode value = json(json);
    return new Output.Inline(Canonical.hash(value), value);
  }

  static JsonNode json(String text) {
    return JsonIn.read(text);
  }
}
