package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A flow: what should happen, as data. Equal flows are the same flow; where they stood in a file is
 * kept apart, in {@link SourceMap}.
 *
 * @param name lower-case identifier, unique in a workspace
 * @param description one line for people, may be empty
 * @param parameters typed inputs, names unique
 * @param secrets names of secrets the tasks may use as {@code secrets.NAME}
 * @param tasks in the order written, ids unique; never empty
 * @param onFailure tasks that run after all others when the run failed
 * @param outputs named values of the whole flow; when empty, the outputs of the tasks that nothing
 *     depends on, by task id
 * @param schedules when the flow runs by itself
 * @param triggers after the ends of which other flows it runs
 * @param timeout longest wall time of a run
 * @param concurrency most task runs at a time in one run of this flow
 */
public record Flow(
    String name,
    String description,
    List<Parameter> parameters,
    List<String> secrets,
    List<Task> tasks,
    List<Task> onFailure,
    List<NamedValue> outputs,
    List<Schedule> schedules,
    List<Trigger> triggers,
    Optional<Duration> timeout,
    Optional<Integer> concurrency) {

  public Flow {
    parameters = List.copyOf(parameters);
    secrets = List.copyOf(secrets);
    tasks = List.copyOf(tasks);
    onFailure = List.copyOf(onFailure);
    outputs = List.copyOf(outputs);
    schedules = List.copyOf(schedules);
    triggers = List.copyOf(triggers);
  }

  /** A flow of these tasks and nothing else. */
  public static Flow of(String name, List<Task> tasks) {
    return new Flow(
        name,
        "",
        List.of(),
        List.of(),
        tasks,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** The task with this id, among the tasks and the failure handlers. */
  public Optional<Task> task(String id) {
    for (Task task : tasks) {
      if (task.id().equals(id)) {
        return Optional.of(task);
      }
    }
    return onFailure.stream().filter(t -> t.id().equals(id)).findFirst();
  }

  public Flow withTasks(List<Task> changed) {
    return new Flow(
        name,
        description,
        parameters,
        secrets,
        changed,
        onFailure,
        outputs,
        schedules,
        triggers,
        timeout,
        concurrency);
  }
}
