package dev.mahavishnu.shell;

import dev.mahavishnu.expr.Bindings;
import dev.mahavishnu.expr.ExpressionException;
import dev.mahavishnu.expr.FreeExpression;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.Nearest;
import dev.mahavishnu.view.Cells;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Says what conditions come to: about a run, and about variables. */
final class Judge {
  private static final int LONGEST = 80;

  private final Workplace place;
  private final Variables variables;

  Judge(Workplace place, Variables variables) {
    this.place = place;
    this.variables = variables;
  }

  /** What a condition comes to. */
  sealed interface Ruling {
    /**
     * A value.
     *
     * @param seen what was looked at for it, as a person reads it
     */
    record Value(JsonNode value, String seen) implements Ruling {}

    /** It has no value for this run. */
    record Nothing(String why) implements Ruling {}

    /**
     * It can't be asked.
     *
     * @param at offset in the statement
     */
    record Wrong(int at, String message, String hint) implements Ruling {}

    /** It is about a run that is not there. */
    record NoSuchRun(String why) implements Ruling {}
  }

  /** Reads a condition without looking at anything. */
  static FreeExpression.Read read(Condition condition) {
    Set<String> names = new LinkedHashSet<>();
    names.add(Variables.EXIT_CODE);
    condition.uses().forEach(use -> names.add(Condition.standIn(use.name())));
    return FreeExpression.read(
        condition.plain(),
        condition.expression(),
        names,
        name -> "there are run, tasks, params and exit_code; a variable is written $" + name);
  }

  Ruling rule(Condition condition) {
    Map<String, JsonNode> values = new HashMap<>();
    variables.get(Variables.EXIT_CODE).ifPresent(code -> values.put(Variables.EXIT_CODE, code));
    for (Variables.Use use : condition.uses()) {
      Optional<JsonNode> value = variables.get(use.name());
      if (value.isEmpty()) {
        return new Ruling.Wrong(
            condition.at() + use.start(), unknown(use.name()), hint(variables, use.name()));
      }
      values.put(Condition.standIn(use.name()), value.get());
    }
    return switch (read(condition)) {
      case FreeExpression.Read.Bad bad -> wrong(condition, bad.faults().getFirst());
      case FreeExpression.Read.Good good -> rule(condition, good.expression(), values);
    };
  }

  static String unknown(String name) {
    return "there is no variable `$" + name + "`";
  }

  /** What to do about a name without a value. */
  static String hint(Variables variables, String name) {
    return Nearest.to(name, variables.all().keySet())
        .map(near -> "did you mean `$" + near + "`?")
        .orElse("`let " + name + " = VALUE` sets it");
  }

  private static Ruling wrong(Condition condition, Fault fault) {
    return new Ruling.Wrong(condition.at() + fault.offset(), fault.message(), fault.hint());
  }

  private Ruling rule(
      Condition condition, FreeExpression expression, Map<String, JsonNode> values) {
    return switch (run(condition)) {
      case Meant.Run run ->
          RunFacts.of(run)
              .map(facts -> rule(condition, expression, values, facts, facts.scope()))
              .orElseGet(() -> new Ruling.NoSuchRun("run " + run.id() + " is gone"));
      case Meant.None none -> {
        NoRun nothing = new NoRun();
        Checked checked = expression.check(Scope.ENDED);
        boolean about = !checked.tasks().isEmpty() || !checked.parameters().isEmpty();
        Ruling ruling =
            about
                ? new Ruling.NoSuchRun(none.why())
                : rule(condition, expression, values, nothing, Scope.ENDED);
        yield nothing.isAsked() || condition.run().isPresent()
            ? new Ruling.NoSuchRun(none.why())
            : ruling;
      }
    };
  }

  private Meant run(Condition condition) {
    if (condition.run().isPresent()) {
      String name = new Replacing(variables::get).text(condition.run().get());
      return Meant.named(place.history(), name);
    }
    Optional<RunId> last = place.lastRun();
    return last.isPresent()
        ? Meant.named(place.history(), last.get().text())
        : new Meant.None(
            "no run was begun here yet; another one is named first, as in `expect @last`");
  }

  private Ruling rule(
      Condition condition,
      FreeExpression expression,
      Map<String, JsonNode> values,
      Bindings facts,
      Scope scope) {
    List<Fault> faults = expression.check(scope).faults();
    if (!faults.isEmpty()) {
      return wrong(condition, faults.getFirst());
    }
    try {
      JsonNode value = expression.value(facts, values);
      return new Ruling.Value(value, seen(condition, expression.sights(facts, values)));
    } catch (ExpressionException e) {
      return new Ruling.Nothing(String.valueOf(e.getMessage()));
    }
  }

  private String seen(Condition condition, List<FreeExpression.Sight> sights) {
    if (sights.size() == 1) {
      return "it is " + shown(sights.getFirst().value());
    }
    // Nothing but constants: the whole of it is all there is to see.
    return sights.isEmpty()
        ? Cells.clean(condition.expression()) + " is never so"
        : String.join(
            ", ",
            sights.stream().map(s -> Cells.clean(s.text()) + " is " + shown(s.value())).toList());
  }

  /** A value as a person reads it, without secrets. */
  String shown(JsonNode value) {
    return Cells.fit(Cells.clean(place.redactor().redact(value.toString())), LONGEST);
  }
}
