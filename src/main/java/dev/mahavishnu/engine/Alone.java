package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.Problem;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A flow of one task and of those whose outputs it needs, which a run made from the first one takes
 * over. Whether the task should run at all is not asked.
 */
final class Alone {
  private static final int LONGEST_NAME = 100;

  private final RunFold fold;
  private final FlowPlan plan;
  private final TaskKey key;

  Alone(RunFold fold, FlowPlan plan, TaskKey key) {
    this.fold = fold;
    this.plan = plan;
    this.key = key;
    if (!key.scope().isEmpty()) {
      throw new EngineException(
          "`" + key + "` is a task of a subflow: only the flow's own tasks run alone");
    }
  }

  /**
   * @throws EngineException when an input is not there
   */
  FlowSource source(FlowReader reader, Look look) {
    Set<String> needed = needed();
    Flow whole = plan.flow();
    List<Task> tasks =
        java.util.stream.Stream.concat(whole.tasks().stream(), whole.onFailure().stream())
            .filter(t -> needed.contains(t.id()))
            .map(t -> t.id().equals(key.task()) ? bare(t, look) : among(t, needed))
            .toList();
    String name = whole.name() + "-" + key.task();
    Flow flow =
        new Flow(
            name.substring(0, Math.min(LONGEST_NAME, name.length())),
            "Task " + key + " of run " + fold.run() + ", alone",
            whole.parameters(),
            whole.secrets(),
            tasks,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            whole.concurrency());
    return switch (reader.read(name, FlowWriter.json(flow), plan.folder())) {
      case ReadResult.Valid v -> v.source();
      case ReadResult.Invalid i ->
          throw new EngineException(
              "`"
                  + key
                  + "` can't run alone: "
                  + i.problems().stream().map(Problem::text).collect(Collectors.joining(" | ")));
    };
  }

  /** The task and all whose outputs are needed to come to it. */
  private Set<String> needed() {
    Set<String> needed = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(key.task()));
    while (!next.isEmpty()) {
      String id = next.remove();
      if (needed.add(id)) {
        for (String up : plan.graph().references(id)) {
          if (fold.root().task(up).filter(t -> t.state().type() == StateType.COMPLETED).isEmpty()) {
            throw new EngineException(
                "`" + id + "` needs the output of `" + up + "`, which did not complete");
          }
          if (!(plan.task(up).work() instanceof Work.Approval)) {
            next.add(up);
          }
        }
      }
    }
    return needed;
  }

  private Task bare(Task task, Look look) {
    return with(
        task,
        List.of(),
        Optional.empty(),
        key.isItem() ? Optional.of(item(task, look)) : task.map());
  }

  private static Task among(Task task, Set<String> needed) {
    List<String> left = task.dependsOn().stream().filter(needed::contains).toList();
    return with(task, left, task.when(), task.map());
  }

  private static Task with(
      Task task, List<String> dependsOn, Optional<String> when, Optional<MapOver> map) {
    return new Task(
        task.id(),
        task.description(),
        task.work(),
        dependsOn,
        RunIf.ALL_SUCCESS,
        when,
        map,
        task.retry(),
        task.timeout(),
        Optional.empty(),
        task.env(),
        task.workingDir(),
        task.tags(),
        task.onCrash(),
        task.output(),
        task.files());
  }

  private MapOver item(Task task, Look look) {
    JsonNode item = look.item(key);
    if (item.toString().contains("${{")) {
      throw new EngineException("the value of `" + key + "` can't stand in a flow: " + item);
    }
    return new MapOver(
        JsonNodeFactory.instance.arrayNode().add(item),
        Optional.empty(),
        task.map().filter(m -> m.batch().isEmpty()).flatMap(MapOver::batch));
  }
}
