package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.NullNode;

/**
 * Makes terms of names and of the fields after them, and gathers what is wrong. Because {@code
 * tasks} and the like mean nothing without a constant name after them, what an expression refers to
 * is known before it runs.
 */
final class Names {
  static final Set<String> ROOTS = Set.of("params", "tasks", "secrets", "run");
  private static final Set<String> RUN_FIELDS = Set.of("id", "flow", "started");

  /** What {@code run} has besides when it is a run that ended. */
  static final Set<String> ENDED_FIELDS = Set.of("state", "params", "outputs");

  /** Which attempt of a task run it is about, in the condition of a breakpoint. */
  static final String ATTEMPT = "attempt";

  private static final Map<String, String> FOREIGN =
      Map.of("True", "true", "False", "false", "None", "null", "NULL", "null", "nil", "null");

  private final UnaryOperator<String> unknown;
  private final List<Fault> faults = new ArrayList<>();
  private final Deque<String> variables = new ArrayDeque<>();

  /**
   * @param unknown what to suggest for a name that is not known, may be empty
   */
  Names(UnaryOperator<String> unknown) {
    this.unknown = unknown;
  }

  /** A term, or the beginning of one. */
  sealed interface Part {
    record Whole(Term term) implements Part {}

    /** {@code params}, {@code tasks}, {@code secrets} or {@code run}. */
    record Root(String name, int at) implements Part {}

    /** {@code tasks.ID}. */
    record OfTask(String id, int at) implements Part {}
  }

  Parsed parsed(Part part) {
    Term term = value(part);
    return faults.isEmpty() ? new Parsed.Good(term) : new Parsed.Bad(faults);
  }

  Part name(String name, int at) {
    if (variables.contains(name)) {
      return new Part.Whole(new Term.Variable(name, at));
    }
    if (ROOTS.contains(name)) {
      return new Part.Root(name, at);
    }
    return switch (name) {
      case "item" -> new Part.Whole(new Term.Item(at));
      case "index" -> new Part.Whole(new Term.ItemIndex(at));
      case ATTEMPT -> new Part.Whole(new Term.RunField(ATTEMPT, at));
      default -> fault(at, "unknown name `" + name + "`", unknownHint(name));
    };
  }

  private String unknownHint(String name) {
    if (FOREIGN.containsKey(name)) {
      return "write " + FOREIGN.get(name);
    }
    String hint = unknown.apply(name);
    if (!hint.isEmpty()) {
      return hint;
    }
    List<String> names = new ArrayList<>(ROOTS);
    names.addAll(List.of("item", "index"));
    names.addAll(variables);
    return Nearest.to(name, names)
        .map(n -> "did you mean `" + n + "`?")
        .orElse("there are params, tasks, secrets, run, item and index");
  }

  Part field(Part of, String name, boolean optional, int at) {
    return switch (of) {
      case Part.Whole whole ->
          new Part.Whole(
              new Term.Field(whole.term(), name, optional || Term.optional(whole.term()), at));
      case Part.Root root when optional ->
          fault(at, "`" + root.name() + ".` takes no `?`", "what it names is always there");
      case Part.Root root -> rooted(root, name, at);
      case Part.OfTask task when name.equals("output") ->
          new Part.Whole(new Term.Output(task.id(), task.at()));
      case Part.OfTask task when name.equals("state") ->
          new Part.Whole(new Term.TaskState(task.id(), task.at()));
      case Part.OfTask _ ->
          fault(at, "a task has `output` and `state`, not `" + name + "`", taskHint(name));
    };
  }

  private static String taskHint(String name) {
    return Nearest.to(name, List.of("output", "state"))
        .map(n -> "did you mean `" + n + "`?")
        .orElse("write output." + name + " for a field of its output");
  }

  private Part rooted(Part.Root root, String name, int at) {
    return switch (root.name()) {
      case "params" -> new Part.Whole(new Term.Parameter(name, at));
      case "tasks" -> new Part.OfTask(name, at);
      case "secrets" -> new Part.Whole(new Term.Secret(name, at));
      default ->
          RUN_FIELDS.contains(name) || ENDED_FIELDS.contains(name)
              ? new Part.Whole(new Term.RunField(name, at))
              : fault(
                  at,
                  "`run` has `id`, `flow` and `started`, not `" + name + "`",
                  Nearest.hint(
                      name, List.of("id", "flow", "started", "state", "params", "outputs")));
    };
  }

  /** The term, which must not be the mere beginning of one. */
  Term value(Part part) {
    return switch (part) {
      case Part.Whole whole -> present(whole.term());
      case Part.Root root -> placeholder(bare(root));
      case Part.OfTask task ->
          placeholder(
              fault(
                  task.at(),
                  "a task is no value by itself",
                  "write .output or .state after its id; an id with a dash is written"
                      + " tasks[\"my-task\"]"));
    };
  }

  Part bare(Part.Root root) {
    String name = root.name().equals("tasks") ? "my-task" : "name";
    return fault(
        root.at(),
        "`" + root.name() + "` is no value by itself",
        root.name().equals("run")
            ? "write run.id, run.flow or run.started"
            : "write "
                + root.name()
                + ".name or "
                + root.name()
                + "[\""
                + name
                + "\"], with a constant");
  }

  /** The term, refused where it may be absent. */
  private Term present(Term term) {
    if (Term.optional(term)) {
      fault(term.at(), "the value may be absent here", "add .orValue(…) after it");
    }
    return term;
  }

  void enter(String variable, int at) {
    if (ROOTS.contains(variable)) {
      fault(at, "`" + variable + "` cannot be the variable of a loop", "choose another name");
    }
    variables.push(variable);
  }

  void leave() {
    variables.pop();
  }

  Part fault(int at, String message, String hint) {
    faults.add(new Fault(at, message, hint));
    return new Part.Whole(new Term.Constant(NullNode.getInstance(), at));
  }

  private static Term placeholder(Part part) {
    return part instanceof Part.Whole whole
        ? whole.term()
        : new Term.Constant(NullNode.getInstance(), 0);
  }
}
