package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.spec.ExpressionChecker;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.view.Palette;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  Planner planner();

  ExpressionChecker expressions();

  /** Reads a flow's text; never throws for what the text says. */
  ReadResult read(String name, String text, Path folder);

  /** The runs of the workspace; empty where nothing was stored yet. */
  Optional<RunHistory> history();

  /** Names of the flows that can be run by name. */
  Set<String> flowNames();

  /**
   * Runs a flow in this process, and shows it until this process no longer holds it.
   *
   * @param parameters all of them
   * @return the exit code that belongs to how it ended
   */
  int run(FlowSource source, ObjectNode parameters);

  /** Runs a flow in a process of its own, which outlives this one, and says how to see it. */
  int detach(FlowSource source, ObjectNode parameters);

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
