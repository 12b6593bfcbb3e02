package dev.mahavishnu.engine;

import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.TaskKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What can happen to a run: everything the decider ever learns of the world. */
sealed interface Stimulus {
  /** The run was opened, for the first time or again, maybe for a person's command. */
  record Begin(Optional<Command> command) implements Stimulus {}

  /** An {@link Effect.Evaluate} came to its end. */
  record Evaluated(TaskKey task, Effect.Stage stage, Evaluation result) implements Stimulus {}

  /** What evaluating a task gave. */
  sealed interface Evaluation {
    /** Run it. */
    record Go() implements Evaluation {}

    /** Its {@code when} is false. */
    record Skip(String why) implements Evaluation {}

    /** It is mapped over so many items. */
    record Items(int size, Output items) implements Evaluation {}

    /** It runs this flow. */
    record Nest(FlowPlan plan, JsonNode parameters) implements Evaluation {}

    /** It waits for a person. */
    record Ask(String message, Optional<Duration> expires) implements Evaluation {}

    /** It can't be evaluated. */
    record Bad(String message) implements Evaluation {}
  }

  /** An attempt stands ready. */
  record Prepared(TaskKey task, int attempt, Optional<Child> child) implements Stimulus {}

  /** An attempt ended. */
  record Finished(TaskKey task, int attempt, Ending ending) implements Stimulus {}

  /** How an attempt ended. */
  sealed interface Ending {
    /** With an output; {@code cached} when it did not have to run. */
    record Good(Output output, Hashes hashes, boolean cached) implements Ending {}

    /** Without. */
    record Bad(String message, boolean retryable) implements Ending {}
  }

  /**
   * An {@link Effect.Stop} came to its end; {@code survivors} are pids that could not be killed.
   */
  record Stopped(TaskKey task, int attempt, List<Long> survivors) implements Stimulus {
    public Stopped {
      survivors = List.copyOf(survivors);
    }
  }

  /** The outputs of a flow were evaluated. */
  record Returned(String scope, Optional<Output> outputs, String problem) implements Stimulus {}

  /** A time that was asked for has come. */
  record Rang(Timer timer) implements Stimulus {}

  /** A person's command. */
  record Commanded(Command command) implements Stimulus {}

  /** What a time was asked for. */
  sealed interface Timer {
    /** The next attempt is due. */
    record Retry(TaskKey task, int attempt) implements Timer {}

    /** The attempt has taken too long. */
    record TaskTimeout(TaskKey task, int attempt) implements Timer {}

    /** Nobody answered in time. */
    record Unanswered(TaskKey task) implements Timer {}

    /** The whole run has taken too long. */
    record FlowTimeout() implements Timer {}
  }
}
