package dev.mahavishnu.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks expressions before anything runs; what the language is belongs to the implementation. */
public interface ExpressionChecker {

  /** Starts checking the expressions of one flow. */
  Session open(Scope scope);

  /** Checks the expressions of one flow; not for several threads. */
  interface Session {
    /**
     * Checks one expression, the text between the braces of <code>${{ }}</code>.
     *
     * @param item type of {@code item} where the task is mapped, with {@code index} beside it
     */
    Checked check(String expression, Optional<ValueType> item);
  }

  /**
   * What expressions of a flow may name: {@code params.NAME}, {@code tasks.ID.output}, {@code
   * tasks.ID.state}, {@code secrets.NAME}, {@code run.id}, {@code run.flow}, {@code run.started}.
   *
   * @param outputs type of each task's output, by id (of a mapped task: the list)
   * @param ended whether {@code run} is a run that ended, which has {@code run.state}, {@code
   *     run.params} and {@code run.outputs} too
   */
  record Scope(
      Map<String, ValueType> parameters,
      Map<String, ValueType> outputs,
      Set<String> secrets,
      boolean ended) {
    /** What expressions may name that speak of nothing but a run that ended. */
    public static final Scope ENDED = new Scope(Map.of(), Map.of(), Set.of(), true);

    public Scope {
      parameters = Map.copyOf(parameters);
      outputs = Map.copyOf(outputs);
      secrets = Set.copyOf(secrets);
    }

    /** In a run. */
    public Scope(
        Map<String, ValueType> parameters, Map<String, ValueType> outputs, Set<String> secrets) {
      this(parameters, outputs, secrets, false);
    }
  }

  /**
   * What a check found. References are complete: nothing else can be reached at run time.
   *
   * @param tasks ids of the tasks it refers to
   */
  record Checked(
      ValueType type,
      Set<String> tasks,
      Set<String> parameters,
      Set<String> secrets,
      List<Fault> faults) {
    public Checked {
      tasks = Set.copyOf(tasks);
      parameters = Set.copyOf(parameters);
      secrets = Set.copyOf(secrets);
      faults = List.copyOf(faults);
    }
  }

  /**
   * What is wrong in an expression.
   *
   * @param offset of the character in the expression, from 0
   * @param hint may be empty
   */
  record Fault(int offset, String message, String hint) {}
}
