package dev.mahavishnu.shell;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Palette;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the shell works with. Each part is made when it is first asked for: the prompt waits for
 * none of them. Any method may throw; {@link #reason} says what that means to a person.
 */
public interface Workplace {
  /** The workspace: what files in requests are relative to. Absolute. */
  Path root();

  /** Where flows are saved; need not exist. */
  Path flows();

  /** Where state is kept; need not exist. */
  Path state();

  /** The same, made now if it was not there. */
  Path createState();

  /** Environment variables. */
  Map<String, String> variables();

  Palette palette();

  Commands commands();

  Planner planner();

  ExpressionChecker expressions();

  /** Reads a flow's text; never throws for what the text says. */
  ReadResult read(String name, String text, Path folder);

  RunHistory history();

  /** Names of the flows that can be run by name. */
  Set<String> flowNames();

  /** Starts a run that this process executes. */
  RunHandle submit(Submission submission);

  /** Starts a run in a process of its own, which outlives this one. */
  RunId detach(Submission submission);

  /**
   * Shows a run until this process no longer holds it, then how it ended.
   *
   * @return the exit code that belongs to its state
   */
  int follow(RunHandle run);

  /**
   * Gives a run a command.
   *
   * @return the run's handle, when this process executes it from here on
   */
  Optional<RunHandle> command(RunId run, Command command);

  /** Who works here, for the record. */
  String person();

  /** What an exception means to a person; a bug is written to a file first. */
  Reason reason(RuntimeException e);

  /**
   * Why something can't be done.
   *
   * @param message one line: what is wrong, and what to do
   */
  record Reason(int exitCode, String message) {}
}
