package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Fault;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one expression refers to in its flow, and what is wrong with it. */
final class Findings {
  private final Scope scope;
  private final Hints hints;
  private final Set<String> tasks = new HashSet<>();
  private final Set<String> parameters = new HashSet<>();
  private final Set<String> secrets = new HashSet<>();
  private final List<Fault> faults = new ArrayList<>();

  Findings(Scope scope, Hints hints) {
    this.scope = scope;
    this.hints = hints;
  }

  Checked checked(ValueType type) {
    return new Checked(type, tasks, parameters, secrets, faults);
  }

  ValueType parameter(Term.Parameter term) {
    parameters.add(term.name());
    return declared("parameter", scope.parameters(), term.name(), term.at());
  }

  ValueType output(String task, int at) {
    tasks.add(task);
    return declared("task", scope.outputs(), task, at);
  }

  private ValueType declared(String what, Map<String, ValueType> known, String name, int at) {
    ValueType type = known.get(name);
    if (type != null) {
      return type;
    }
    String hint =
        scope.ended() && known.isEmpty()
            ? "here `run` is the run that ended: write run.params.NAME or run.outputs.NAME"
            : hints.near(name, known.keySet());
    return fault(
        at, "unknown " + what + " `" + name + "`", hint.isEmpty() ? some(what, known) : hint);
  }

  private static String some(String what, Map<String, ValueType> known) {
    if (known.isEmpty()) {
      return "there is no " + what;
    }
    return known.size() > 10
        ? ""
        : "there is " + String.join(", ", known.keySet().stream().sorted().toList());
  }

  ValueType secret(Term.Secret term) {
    secrets.add(term.name());
    if (!scope.secrets().contains(term.name())) {
      String hint = hints.near(term.name(), scope.secrets());
      fault(
          term.at(),
          "unknown secret `" + term.name() + "`",
          hint.isEmpty() ? "name it under `secrets`" : hint);
    }
    return Scalar.STRING;
  }

  ValueType runField(Term.RunField term) {
    if (Names.ENDED_FIELDS.contains(term.name()) && !scope.ended()) {
      return fault(
          term.at(),
          "`run." + term.name() + "` is only there in `triggers`, for the run that ended",
          term.name().equals("params") ? "write params.NAME" : "");
    }
    if (term.name().equals(Names.ATTEMPT)) {
      return fault(term.at(), "`attempt` is only there in the condition of a breakpoint", "");
    }
    return switch (term.name()) {
      case "started" -> Scalar.DATETIME;
      case "params", "outputs" -> Scalar.ANY;
      default -> Scalar.STRING;
    };
  }

  /** Notes a fault; what is wrong may be anything, so that it is not said twice. */
  ValueType fault(int at, String message, String hint) {
    faults.add(new Fault(at, message, hint));
    return Scalar.ANY;
  }
}
