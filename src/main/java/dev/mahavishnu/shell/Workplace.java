package dev.mahavishnu.shell;

import dev.mahavishnu.llm.Assistant;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Palette;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

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

  /** Plans without a model. */
  Planner planner();

  /** The model that is in use; empty: none, and sentences go to {@link #planner}. */
  Optional<Assistant> assistant();

  /** Which model is in use, and how to use another. */
  Models models();

  /** Takes secrets out of what is kept. */
  Redactor redactor();

  ExpressionChecker expressions();

  /** Reads a flow's text; never throws for what the text says. */
  ReadResult read(String name, String text, Path folder);

  /** The runs of the workspace; empty where nothing was stored yet. */
  Optional<RunHistory> history();

  /** Names of the flows that can be run by name. */
  Set<String> flowNames();

  /** The flow of this name, or in this file; empty: there is none, or it has problems. */
  Optional<Flow> flow(String name);

  /**
   * Runs a flow in this process, and shows it until this process no longer holds it.
   *
   * @param parameters all of them
   * @return the exit code that belongs to how it ended
   */
  int run(FlowSource source, ObjectNode parameters);

  /**
   * Goes on with a run in this process, and shows it as {@link #run} does.
   *
   * @param changed the flow to go on with, as a new run; absent: as it was
   * @return the exit code that belongs to how it ended
   */
  int resume(RunId run, Optional<FlowSource> changed);

  /** What {@link #resume} would keep and what it would run, as lines for people. */
  List<String> resumePlan(RunId run, Optional<FlowSource> changed);

  /** The run that this session began or took up last. */
  Optional<RunId> lastRun();

  /**
   * The run that a person means: by its id, the beginning or the end of it, or {@code last}. Throws
   * where that is none or several.
   */
  RunId find(String text);

  /** Whether a process executes the run now. */
  boolean isHeld(RunId run);

  /** The exit code that belongs to how a run is now that nobody executes it. */
  int exitCode(RunId run);

  /** The runs that this session began in processes of their own, the first first. */
  List<RunId> detached();

  /** Runs a flow in a process of its own, which outlives this one, and says how to see it. */
  int detach(FlowSource source, ObjectNode parameters);

  /**
   * Calls {@code first} when Ctrl-C is pressed and means the statement that this thread does.
   *
   * @return to be closed when there is nothing to stop any more
   */
  Surface.Hold onInterrupt(Runnable first);

  Clock clock();

  RandomGenerator random();

  /** What an exception means to a person; a bug is written to a file first. */
  Reason reason(RuntimeException e);

  /**
   * Why something can't be done.
   *
   * @param lines at least one: what is wrong, and what to do
   */
  record Reason(int exitCode, List<String> lines) {
    public Reason {
      lines = List.copyOf(lines);
    }
  }
}
