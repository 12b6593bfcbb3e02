package dev.mahavishnu.view;

import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.ScopeFold;
import dev.mahavishnu.run.TaskFold;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All about one run, as one JSON object. */
public final class RunDetailJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private RunDetailJson() {}

  /** One line: what a list has of the run, and its parameters, task runs and outputs. */
  public static String line(RunDetail.Facts facts, Instant now) {
    RunFold fold = facts.fold();
    ObjectNode json = RunJson.node(facts.summary(), now);
    json.set("status", EventJson.state(facts.summary().state()));
    json.put("resumable", facts.summary().resumable());
    json.put("created", fold.createdAt().toString());
    json.put("requester", fold.created().requester());
    fold.created().from().ifPresent(from -> json.put("from", from.text()));
    fold.opened().ifPresent(o -> json.put("pid", o.pid()).put("host", o.host()));
    facts.checkpoint().ifPresent(at -> json.put("checkpoint", at.toString()));
    json.set("parameters", fold.created().parameters());
    ArrayNode tasks = json.putArray("task_runs");
    for (ScopeFold scope : fold.scopes()) {
      for (TaskFold task : scope.tasks()) {
        add(tasks, task, scope);
      }
    }
    json.set("outputs", facts.outputs());
    return MAPPER.writeValueAsString(json);
  }

  private static void add(ArrayNode tasks, TaskFold task, ScopeFold scope) {
    ObjectNode json = tasks.addObject().put("task", task.task().text());
    json.put("attempt", task.attempt());
    json.set("state", EventJson.state(task.state()));
    json.put("since", task.since().toString());
    task.started().ifPresent(at -> json.put("started", at.toString()));
    task.child().ifPresent(child -> json.put("pid", child.pid()));
    scope.map(task.task().task()).ifPresent(map -> json.set("items", items(map)));
  }

  private static ObjectNode items(MapFold map) {
    ObjectNode json = MAPPER.createObjectNode().put("total", map.size());
    for (MapFold.End end : MapFold.End.values()) {
      json.put(end.name().toLowerCase(Locale.ROOT), map.count(end));
    }
    return json.put("open", map.open().size());
  }
}
