package dev.mahavishnu.expr;

import dev.mahavishnu.spec.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** One evaluation. An absent optional value is a {@link MissingNode}, which never gets out. */
final class Evaluator {
  private final Bindings bindings;
  private final Budget budget = new Budget();
  private Optional<Frame<JsonNode>> frame = Optional.empty();

  Evaluator(Bindings bindings) {
    this.bindings = bindings;
  }

  Optional<Frame<JsonNode>> frame() {
    return frame;
  }

  /** Sets the variables that terms see from now on. */
  void enter(Optional<Frame<JsonNode>> variables) {
    frame = variables;
  }

  Budget budget() {
    return budget;
  }

  JsonNode value(Term term) {
    return switch (term) {
      case Term.Constant t -> t.value();
      case Term.Parameter t -> present(bindings.parameter(t.name()));
      case Term.Output t -> present(bindings.output(t.task()));
      case Term.TaskState t -> Values.of(bindings.state(t.task()));
      case Term.Secret t -> Values.of(bindings.secret(t.name()));
      case Term.RunField t -> present(bindings.run().path(t.name()));
      case Term.Item t ->
          bindings.item().orElseThrow(() -> Failure.of(() -> "there is no `item` here", t.at()));
      case Term.ItemIndex t -> index(t);
      case Term.Variable t -> frame.orElseThrow().find(t.name());
      case Term.Field t -> field(t);
      case Term.Element t -> element(t);
      case Term.Has t -> Values.of(value(t.of()).has(t.name()));
      case Term.OrValue t -> {
        JsonNode value = value(t.of());
        yield value.isMissingNode() ? value(t.otherwise()) : value;
      }
      case Term.HasValue t -> Values.of(!value(t.of()).isMissingNode());
      case Term.Not t -> Values.of(!truth(t.of(), t.at()));
      case Term.Negative t -> negative(t);
      case Term.Binary t -> binary(t);
      case Term.Choice t -> value(truth(t.condition(), t.at()) ? t.yes() : t.no());
      case Term.Items t -> items(t);
      case Term.Fields t -> fields(t);
      case Term.Loop t -> new Looping(this, t).run();
      case Term.Call t -> call(t);
    };
  }

  /** What is not there is null; an absent value is only ever made here. */
  private static JsonNode present(JsonNode bound) {
    return bound.isMissingNode() ? NullNode.getInstance() : bound;
  }

  private JsonNode index(Term.ItemIndex term) {
    if (bindings.item().isEmpty()) {
      throw Failure.of(() -> "there is no `index` here", term.at());
    }
    return Values.of(bindings.index());
  }

  private JsonNode field(Term.Field term) {
    JsonNode of = value(term.of());
    JsonNode value = of.isObject() ? of.get(term.name()) : null;
    if (value != null) {
      return value;
    }
    if (term.optional()) {
      return MissingNode.getInstance();
    }
    if (of.isObject()) {
      throw Failure.of(() -> noField(of, term.name()), term.at());
    }
    throw Failure.of(() -> "cannot read `" + term.name() + "` of " + Values.kind(of), term.at());
  }

  private static String noField(JsonNode of, String name) {
    String hint = of.size() > 1_000 ? "" : Nearest.hint(name, of.propertyNames());
    return "the object has no `" + name + "`" + (hint.isEmpty() ? "" : "; " + hint);
  }

  private static String noItem(JsonNode list, JsonNode index) {
    return "no such item: the list has "
        + list.size()
        + ", counted from 0"
        + (index.doubleValue() == -1 ? "; last() gives the last" : "");
  }

  private JsonNode element(Term.Element term) {
    JsonNode of = value(term.of());
    JsonNode index = value(term.index());
    JsonNode value = MissingNode.getInstance();
    if (of.isArray() && index.isNumber()) {
      double position = Values.doubleOf(index);
      value = position == (int) position ? of.path((int) position) : value;
    } else if (of.isObject() && index.isString()) {
      value = of.path(Values.text(index));
    } else if (!term.optional() || !(of.isMissingNode() || of.isNull())) {
      throw Failure.of(
          () -> "cannot look into " + Values.kind(of) + " by " + Values.kind(index), term.at());
    }
    if (value.isMissingNode() && !term.optional()) {
      throw Failure.of(
          () -> of.isArray() ? noItem(of, index) : "the object has no such name", term.at());
    }
    return value;
  }

  boolean truth(Term term, int at) {
    try {
      return Values.truth(value(term));
    } catch (Failure failure) {
      throw failure.at(at);
    }
  }

  private JsonNode negative(Term.Negative term) {
    JsonNode of = value(term.of());
    try {
      return Arithmetic.negative(of);
    } catch (Failure failure) {
      throw failure.at(term.at());
    }
  }

  private JsonNode binary(Term.Binary term) {
    if (term.operator() == Operator.AND || term.operator() == Operator.OR) {
      return Values.of(logic(term));
    }
    JsonNode left = value(term.left());
    JsonNode right = value(term.right());
    try {
      return Arithmetic.apply(term.operator(), left, right, budget);
    } catch (Failure failure) {
      throw failure.at(term.at());
    }
  }

  /** As CEL has it: the side that decides wins, even when the other one fails. */
  private boolean logic(Term.Binary term) {
    boolean deciding = term.operator() == Operator.OR;
    try {
      if (truth(term.left(), term.at()) == deciding) {
        return deciding;
      }
    } catch (Failure failure) {
      if (!failure.fatal() && decides(term.right(), deciding, term.at())) {
        return deciding;
      }
      throw failure;
    }
    return truth(term.right(), term.at());
  }

  private boolean decides(Term term, boolean deciding, int at) {
    try {
      return truth(term, at) == deciding;
    } catch (Failure failure) {
      if (failure.fatal()) {
        throw failure;
      }
      return false;
    }
  }

  private JsonNode items(Term.Items term) {
    ArrayNode list = Values.list(term.elements().size());
    for (Term element : term.elements()) {
      list.add(value(element));
    }
    return list;
  }

  private JsonNode fields(Term.Fields term) {
    ObjectNode object = Values.object();
    for (Term.Entry entry : term.entries()) {
      JsonNode key = value(entry.key());
      if (!key.isString()) {
        throw Failure.of(
            () -> "the names in an object are strings, not " + Values.kind(key), entry.key().at());
      }
      if (object.has(Values.text(key))) {
        throw Failure.of(() -> "the object has this name twice", entry.key().at());
      }
      object.set(Values.text(key), value(entry.value()));
    }
    return object;
  }

  private JsonNode call(Term.Call term) {
    List<JsonNode> arguments = new ArrayList<>(term.arguments().size());
    Function function = term.function();
    for (int i = 0; i < term.arguments().size(); i++) {
      JsonNode argument = value(term.arguments().get(i));
      Want want = function.wants().get(i);
      if (!want.takes(argument)) {
        throw Failure.of(
            () ->
                "`" + function.name() + "` takes " + want.text() + ", not " + Values.kind(argument),
            term.arguments().get(i).at());
      }
      arguments.add(argument);
    }
    try {
      return function.body().apply(arguments, budget);
    } catch (Failure failure) {
      throw failure.at(term.at());
    }
  }
}
