package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Clause.Target;
import dev.mahavishnu.plan.offline.StepText.Addition;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes of steps that there are: add, remove, rename, run in another order or on a condition. */
final class EditGrammar {
  private final Cursor cursor;
  private final ValueGrammar values;
  private final AdditionGrammar additions;
  private final StepGrammar step;
  private final StepsGrammar steps;
  private final SettingGrammar settings;
  private final ParameterGrammar parameters;

  EditGrammar(
      Cursor cursor,
      ValueGrammar values,
      AdditionGrammar additions,
      StepGrammar step,
      StepsGrammar steps,
      SettingGrammar settings,
      ParameterGrammar parameters) {
    this.cursor = cursor;
    this.values = values;
    this.additions = additions;
    this.step = step;
    this.steps = steps;
    this.settings = settings;
    this.parameters = parameters;
  }

  Optional<Clause> edit() {
    return clause(Form.PARAMETER, parameters::clause)
        .or(() -> clause(Form.ADD, this::add))
        .or(() -> clause(Form.REMOVE, this::remove))
        .or(() -> clause(Form.RENAME, this::rename))
        .or(() -> clause(Form.CHANGE_COMMAND, this::make))
        .or(() -> clause(Form.RUN_AFTER, this::run))
        .or(() -> clause(Form.ALWAYS, this::always));
  }

  private Optional<Clause> clause(Form form, Supplier<Optional<Clause>> rule) {
    return cursor.attempt(
        () -> {
          cursor.enter(form);
          return rule.get();
        });
  }

  private Optional<Clause> add() {
    int start = cursor.position();
    return cursor.take("add") && cursor.commit() ? steps.added(start) : Optional.empty();
  }

  private Optional<Clause> remove() {
    int start = cursor.position();
    if (!cursor.takeAny("remove", "delete", "drop")) {
      return Optional.empty();
    }
    cursor.commit();
    return part(start)
        .or(() -> values.steps().map(names -> new Clause.Remove(names, cursor.since(start))));
  }

  private Optional<Clause> part(int start) {
    if (cursor.takeAny("the schedule", "the schedules")) {
      return Optional.of(new Clause.RemoveSchedule(cursor.since(start)));
    }
    if (cursor.takeAny("the parameter")) {
      return values
          .newName("a parameter")
          .map(name -> new Clause.RemoveParameter(name, cursor.since(start)));
    }
    if (cursor.take("the timeout of")) {
      return settings
          .flowOrTarget()
          .map(t -> new Clause.Timeout(t, Optional.empty(), cursor.since(start)));
    }
    if (cursor.take("the retries of")) {
      StepText.Retrying none = new StepText.Retrying(0, Optional.empty(), false, Optional.empty());
      return settings.target().map(t -> new Clause.Retry(t, none, cursor.since(start)));
    }
    return cursor.take("the condition of")
        ? settings.target().map((Target t) -> new Clause.RemoveCondition(t, cursor.since(start)))
        : Optional.empty();
  }

  private Optional<Clause> rename() {
    int start = cursor.position();
    if (!cursor.take("rename") || !cursor.commit()) {
      return Optional.empty();
    }
    if (!cursor.skip("the step")) {
      cursor.skip("step");
    }
    return values
        .newName("a step")
        .filter(_ -> cursor.take("to"))
        .flatMap(
            old ->
                values
                    .newName("a name")
                    .map(name -> new Clause.Rename(old, name, cursor.since(start))));
  }

  /** {@code make b and c run in parallel}, {@code make load run ./load2.sh}. */
  private Optional<Clause> make() {
    int start = cursor.position();
    if (!cursor.take("make") || !cursor.commit()) {
      return Optional.empty();
    }
    return values.steps().flatMap(names -> parallel(names, start).or(() -> command(names, start)));
  }

  private Optional<Clause> parallel(List<Name> names, int start) {
    return cursor.takeAny("run in parallel", "run at the same time")
        ? Optional.of(new Clause.MakeParallel(names, cursor.since(start)))
        : Optional.empty();
  }

  private Optional<Clause> command(List<Name> names, int start) {
    return names.size() == 1
        ? step.changed().map(d -> new Clause.Change(names.getFirst(), d, cursor.since(start)))
        : Optional.empty();
  }

  /** {@code run load only if …}, {@code run load after check}, {@code run b and c in parallel}. */
  private Optional<Clause> run() {
    int start = cursor.position();
    if (!cursor.take("run") || !named()) {
      return Optional.empty();
    }
    return values
        .namedSteps()
        .flatMap(
            names ->
                together(names, start)
                    .or(() -> additions.placing().map(a -> place(names, a, start))));
  }

  /**
   * Whether words follow the names, and not a command: else it is no step's name that stands here.
   */
  private boolean named() {
    return !cursor.peek(1).is(Token.Kind.END)
        && !cursor.peek(1).is(Token.Kind.MARK)
        && !Commands.startsCommand(cursor.peek(1));
  }

  private Optional<Clause> together(List<Name> names, int start) {
    return cursor.takeAny("in parallel", "at the same time")
        ? Optional.of(new Clause.MakeParallel(names, cursor.since(start)))
        : Optional.empty();
  }

  private Clause place(List<Name> names, Addition addition, int start) {
    return new Clause.Place(names, addition, cursor.since(start));
  }

  private Optional<Clause> always() {
    int start = cursor.position();
    return cursor.take("always run")
        ? values.steps().map(names -> place(names, new Addition.Always(cursor.since(start)), start))
        : Optional.empty();
  }
}
