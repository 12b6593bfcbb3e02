package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns.TaskRun;
import dev.mahavishnu.prefect.watch.News;
import dev.mahavishnu.run.StateType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs of a server as JSON, one object a line, in the words that our own runs have. */
final class ServerRunJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ServerRuns runs;

  ServerRunJson(ServerRuns runs) {
    this.runs = runs;
  }

  /** A run of a list. */
  String summary(FlowRun run, Instant now) {
    return text(node(run, now));
  }

  /** All about a run. */
  String detail(FlowRun run, List<TaskRun> tasks, Instant now) {
    ObjectNode json = node(run, now);
    json.set("parameters", run.parameters());
    run.tags().forEach(json.putArray("tags")::add);
    ObjectNode labels = json.putObject("labels");
    run.labels().forEach(labels::set);
    ArrayNode all = json.putArray("tasks");
    tasks.forEach(
        task -> {
          ObjectNode each = all.addObject();
          each.put("task", task.name()).put("id", task.id().toString());
          task.state().ifPresent(state -> each.set("state", state(state)));
          each.put("attempts", task.runCount());
          put(each, "started", task.startTime());
          put(each, "ended", task.endTime());
        });
    return text(json);
  }

  private ObjectNode node(FlowRun run, Instant now) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("run", run.id().toString()).put("name", run.name()).put("flow", runs.flow(run));
    runs.deployment(run).ifPresent(name -> json.put("deployment", name));
    json.put("state", run.state().map(ServerState::type).orElse(""));
    json.put("state_name", run.state().map(ServerState::name).orElse(""));
    json.put("message", run.state().map(ServerState::message).orElse(""));
    put(json, "expected", run.expectedStartTime());
    put(json, "started", run.startTime());
    put(json, "ended", run.endTime());
    json.put("seconds", seconds(run, now));
    runs.page(run).map(URI::toString).ifPresent(url -> json.put("url", url));
    return json;
  }

  private static void put(ObjectNode json, String name, Optional<Instant> time) {
    time.ifPresentOrElse(at -> json.put(name, at.toString()), () -> json.putNull(name));
  }

  private static double seconds(FlowRun run, Instant now) {
    long millis =
        run.startTime()
            .map(start -> Duration.between(start, run.endTime().orElse(now)).toMillis())
            .orElse(0L);
    return Math.max(0, millis) / 1000.0;
  }

  /** A run that is followed: the first line. */
  String created(FlowRun run, long seq, Instant at) {
    ObjectNode json = event("created", seq, at, run);
    json.put("name", run.name()).put("flow", runs.flow(run));
    runs.deployment(run).ifPresent(name -> json.put("deployment", name));
    json.set("parameters", run.parameters());
    runs.page(run).map(URI::toString).ifPresent(url -> json.put("url", url));
    return text(json);
  }

  /** What happened to it. */
  String news(FlowRun run, News news, long seq, Instant now) {
    return text(
        switch (news) {
          case News.Moved m -> {
            ObjectNode json = event("run", seq, m.at(), run);
            yield json.set("state", state(m.state()));
          }
          case News.TaskMoved m -> {
            ObjectNode json = event("task", seq, m.at(), run);
            json.put("task", m.task()).put("id", m.id().toString());
            yield json.set("state", state(m.state()));
          }
          case News.Nested n -> {
            ObjectNode json = event("subflow", seq, n.at(), run);
            json.put("task", n.name()).put("id", n.run().toString());
            yield json.set("state", state(n.state()));
          }
          case News.Logged l ->
              event("log", seq, l.at(), run)
                  .put("task", l.task())
                  .put("level", l.level())
                  .put("logger", l.logger())
                  .put("text", l.text());
          case News.Lost(String why) -> event("lost", seq, now, run).put("text", why);
          case News.Back _ -> event("back", seq, now, run);
        });
  }

  /** How it ended: the last line. */
  String result(
      FlowRun run, Optional<ServerState> state, Collection<ServerState> tasks, Instant now) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("type", "result").put("run", run.id().toString()).put("name", run.name());
    json.put("flow", runs.flow(run));
    runs.deployment(run).ifPresent(name -> json.put("deployment", name));
    json.put("state", state.map(ServerState::type).orElse(""));
    json.put("state_name", state.map(ServerState::name).orElse(""));
    json.put("message", state.map(ServerState::message).orElse(""));
    ObjectNode counts = json.putObject("tasks").put("total", tasks.size());
    for (StateType type : StateType.values()) {
      long count = tasks.stream().filter(s -> s.type().equals(type.name())).count();
      if (count > 0) {
        counts.put(type.name().toLowerCase(Locale.ROOT), count);
      }
    }
    json.put("seconds", seconds(run, now));
    runs.page(run).map(URI::toString).ifPresent(url -> json.put("url", url));
    return text(json);
  }

  private static ObjectNode event(String type, long seq, Instant at, FlowRun run) {
    return MAPPER
        .createObjectNode()
        .put("type", type)
        .put("seq", seq)
        .put("at", at.toString())
        .put("run", run.id().toString());
  }

  private static ObjectNode state(ServerState state) {
    return MAPPER
        .createObjectNode()
        .put("type", state.type())
        .put("name", state.name())
        .put("message", state.message());
  }

  private static String text(tools.jackson.databind.JsonNode json) {
    return MAPPER.writeValueAsString(json);
  }
}
