package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One task of a flow.
 *
 * @param id {@code [A-Za-z_][A-Za-z0-9_-]*}, at most 100 characters
 * @param work what it does; the {@code type} in a spec chooses the record
 * @param dependsOn ids of tasks that must end first, besides those its expressions name
 * @param runIf which outcomes of the tasks it depends on let it run
 * @param when expression; false skips the task
 * @param map fan-out over a list
 * @param timeout longest wall time of one attempt
 * @param env added to the environment; values may hold expressions
 * @param workingDir relative to the spec's folder
 * @param tags names that share limits across runs
 * @param onCrash what a resume does when this task was in flight
 * @param output declared type of its output; {@link ValueType#ANY} when undeclared
 * @param files files beside the spec whose bytes belong to the definition
 */
public record Task(
    String id,
    String description,
    Work work,
    List<String> dependsOn,
    RunIf runIf,
    Optional<String> when,
    Optional<MapOver> map,
    Retry retry,
    Optional<Duration> timeout,
    Optional<Cache> cache,
    List<NamedValue> env,
    Optional<String> workingDir,
    List<String> tags,
    OnCrash onCrash,
    ValueType output,
    List<String> files) {

  public Task {
    dependsOn = List.copyOf(dependsOn);
    env = List.copyOf(env);
    tags = List.copyOf(tags);
    files = List.copyOf(files);
  }

  /** A task that does {@code work} and has nothing else set. */
  public static Task of(String id, Work work) {
    return new Task(
        id,
        "",
        work,
        List.of(),
        RunIf.ALL_SUCCESS,
        Optional.empty(),
        Optional.empty(),
        Retry.NONE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        OnCrash.RETRY,
        ValueType.ANY,
        List.of());
  }
}
