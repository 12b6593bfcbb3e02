package dev.mahavishnu.view;

import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Events of a run as a test tells them, each as many milliseconds after the one before as said. */
final class Story {
  static final RunId RUN = new RunId("261123-213045-k7qd");
  static final Instant START = Instant.parse("2026-11-23T21:30:45Z");
  static final State RUNNING = new State.Running(false);
  static final State PENDING = new State.Pending();

  private final List<Recorded> events = new ArrayList<>();
  private final List<Consumer<Recorded>> listeners = new ArrayList<>();
  private final RunFold fold = new RunFold();
  private Instant now = START;

  Story(String flow, String... tasks) {
    add(
        0,
        new RunEvent.Created(
            RUN,
            flow,
            spec(flow, tasks),
            "/flows",
            tasks.length,
            JsonNodeFactory.instance.objectNode().put("day", "2026-11-22"),
            Optional.empty(),
            List.of(),
            "trigger"));
    add(0, new RunEvent.Moved(RUNNING));
  }

  static String spec(String flow, String... tasks) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("flow", flow);
    ArrayNode list = json.putArray("tasks");
    for (String task : tasks) {
      list.addObject().put("id", task).put("type", "compute");
    }
    return new JsonMapper().writeValueAsString(json);
  }

  static State failed(String message) {
    return new State.Failed(State.Failed.How.ERROR, message);
  }

  Story add(long millis, RunEvent event) {
    now = now.plusMillis(millis);
    long seq = events.size() + 1L;
    Recorded recorded = new Recorded(seq, seq * 100, now, event);
    events.add(recorded);
    fold.apply(recorded);
    listeners.forEach(listener -> listener.accept(recorded));
    return this;
  }

  Story task(long millis, String key, int attempt, State state) {
    return add(millis, RunEvent.TaskMoved.to(TaskKey.parse(key), attempt, state));
  }

  Story mapped(String key, int size) {
    Output items = new Output.Inline("00", JsonNodeFactory.instance.arrayNode());
    return add(0, new RunEvent.Mapped(TaskKey.parse(key), size, items));
  }

  Story nested(String key, String flow, String... tasks) {
    return add(
        0,
        new RunEvent.Nested(
            TaskKey.parse(key),
            flow,
            spec(flow, tasks),
            "/flows",
            tasks.length,
            JsonNodeFactory.instance.objectNode()));
  }

  Story ended(long millis, State state) {
    return add(millis, new RunEvent.Moved(state));
  }

  RunFold fold() {
    return fold;
  }

  List<Recorded> events() {
    return events;
  }

  Instant now() {
    return now;
  }

  Instant after(Duration more) {
    return now.plus(more);
  }
}
