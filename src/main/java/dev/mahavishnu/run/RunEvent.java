package dev.mahavishnu.run;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a journal records of a run. Folding the events in order gives the run. */
public sealed interface RunEvent {

  /**
   * The first event of every journal.
   *
   * @param spec the flow as canonical JSON
   * @param folder what the flow's files are relative to
   * @param tasks number of tasks in the flow, failure handlers included
   * @param parameters all of them, defaults filled in
   * @param from the run this one was made from: what is done there and unchanged is reused here
   * @param rerun ids of tasks that run again whatever {@code from} has of them
   * @param requester who or what asked: {@code trigger}, {@code shell}, {@code schedule}
   */
  record Created(
      RunId run,
      String flow,
      String spec,
      String folder,
      int tasks,
      JsonNode parameters,
      Optional<RunId> from,
      List<String> rerun,
      String requester)
      implements RunEvent {
    public Created {
      rerun = List.copyOf(rerun);
    }
  }

  /** A process took the run's lock and executes it from here on. */
  record Opened(long pid, String host) implements RunEvent {}

  /** The flow run moved to a state. */
  record Moved(State state) implements RunEvent {}

  /**
   * A task run moved to a state.
   *
   * @param attempt from 1; 0 where nothing was attempted
   * @param child the process, with a RUNNING of a kind that starts one
   * @param output with a COMPLETED that has one
   * @param hashes with a COMPLETED, for reuse
   */
  record TaskMoved(
      TaskKey task,
      int attempt,
      State state,
      Optional<Child> child,
      Optional<Output> output,
      Optional<Hashes> hashes)
      implements RunEvent {
    public static TaskMoved to(TaskKey task, int attempt, State state) {
      return new TaskMoved(
          task, attempt, state, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * What a task's output depends on.
   *
   * @param definition hash of the task's fields and files
   * @param inputs hash of all values its expressions refer to
   */
  record Hashes(String definition, String inputs) {}

  /**
   * A mapped task got its items.
   *
   * @param size number of task runs, batches counted as one
   * @param items the list of items
   */
  record Mapped(TaskKey task, int size, Output items) implements RunEvent {}

  /** A subflow's task got its flow; its tasks run under the scope {@code task.text()}. */
  record Nested(
      TaskKey task, String flow, String spec, String folder, int tasks, JsonNode parameters)
      implements RunEvent {}

  /** The flow's outputs, an object, before it moves to COMPLETED. */
  record Returned(Output outputs) implements RunEvent {}

  /** A person's command reached the run. */
  record Commanded(Command command) implements RunEvent {}

  /**
   * The run stops here: nothing more starts, and when what runs has ended it is PAUSED.
   *
   * @param why the breakpoint, or {@code step}
   */
  record Halted(Stop stop, String why) implements RunEvent {}

  /**
   * A person changed the run while it stood; what follows from it comes as events of their own.
   *
   * @param what in one line: {@code set load.output}, {@code edit load}
   * @param why as the person gave it; may be empty
   * @param spec the flow from here on, as canonical JSON, where it was edited
   * @param tasks number of tasks in that flow
   * @param rerun ids of the flow's tasks whose earlier results are not taken over
   */
  record Amended(
      String who, String what, String why, Optional<String> spec, int tasks, List<String> rerun)
      implements RunEvent {
    public Amended {
      rerun = List.copyOf(rerun);
    }
  }

  /** The finished tasks named were put back to the start, to run again. */
  record Reset(List<TaskKey> tasks) implements RunEvent {
    public Reset {
      tasks = List.copyOf(tasks);
    }
  }
}
