package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.Nearest;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.MapOf;
import dev.mahavishnu.spec.ValueType.Member;
import dev.mahavishnu.spec.ValueType.ObjectOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the type of one expression, what it refers to and what is wrong with it. */
final class Checker {
  private final Findings findings;
  private final Optional<ValueType> item;
  private Optional<Frame<ValueType>> frame = Optional.empty();

  Checker(Findings findings, Optional<ValueType> item) {
    this.findings = findings;
    this.item = item;
  }

  /** Sets the variables that terms see from now on. */
  void enter(Optional<Frame<ValueType>> variables) {
    frame = variables;
  }

  Checked check(Term term) {
    return findings.checked(type(term));
  }

  private ValueType type(Term term) {
    return switch (term) {
      case Term.Constant t -> constant(t);
      case Term.Parameter t -> findings.parameter(t);
      case Term.Output t -> findings.output(t.task(), t.at());
      case Term.TaskState t -> {
        findings.output(t.task(), t.at());
        yield Scalar.STRING;
      }
      case Term.Secret t -> findings.secret(t);
      case Term.RunField t -> findings.runField(t);
      case Term.Item t -> item.orElseGet(() -> notMapped("item", t.at()));
      case Term.ItemIndex t -> item.isPresent() ? Scalar.INTEGER : notMapped("index", t.at());
      case Term.Variable t -> frame.orElseThrow().find(t.name());
      case Term.Field t -> field(t);
      case Term.Element t -> element(t);
      case Term.Has t -> has(t);
      case Term.OrValue t -> Types.join(type(t.of()), type(t.otherwise()));
      case Term.HasValue t -> {
        type(t.of());
        yield Scalar.BOOLEAN;
      }
      case Term.Not t -> {
        truth(t.of(), "!", t.at());
        yield Scalar.BOOLEAN;
      }
      case Term.Negative t -> negative(t);
      case Term.Binary t -> binary(t);
      case Term.Choice t -> {
        truth(t.condition(), "?", t.at());
        yield Types.join(type(t.yes()), type(t.no()));
      }
      case Term.Items t -> new ListOf(common(t.elements()));
      case Term.Fields t -> fields(t);
      case Term.Loop t -> loop(t);
      case Term.Call t -> call(t);
    };
  }

  private static ValueType constant(Term.Constant term) {
    return switch (term.value().getNodeType()) {
      case STRING -> Scalar.STRING;
      case BOOLEAN -> Scalar.BOOLEAN;
      case NUMBER -> Values.whole(term.value()) ? Scalar.INTEGER : Scalar.NUMBER;
      default -> Scalar.ANY;
    };
  }

  private ValueType notMapped(String name, int at) {
    return fault(at, "`" + name + "` is only there in a task with `map`", "");
  }

  private ValueType field(Term.Field term) {
    ValueType of = type(term.of());
    return switch (of) {
      case MapOf map -> map.element();
      case ObjectOf object -> member(object, term.name(), term.at());
      case ListOf _ ->
          fault(
              term.at(),
              "a list has no field `" + term.name() + "`",
              methodHint(
                  term.name(),
                  "take an item first, as in [0], or use map(x, x." + term.name() + ")"));
      case Scalar scalar when scalar == Scalar.ANY -> Scalar.ANY;
      case Scalar _ ->
          fault(
              term.at(),
              "a value of type " + of.text() + " has no field `" + term.name() + "`",
              methodHint(term.name(), ""));
    };
  }

  private static String methodHint(String name, String otherwise) {
    return Library.find(name, true, 1).isPresent() ? "write " + name + "()" : otherwise;
  }

  private ValueType member(ObjectOf object, String name, int at) {
    for (Member member : object.members()) {
      if (member.name().equals(name)) {
        return member.type();
      }
    }
    List<String> names = object.members().stream().map(Member::name).toList();
    String hint = Nearest.hint(name, names);
    return fault(
        at,
        "unknown field `" + name + "`",
        hint.isEmpty() ? "there is " + String.join(", ", names) : hint);
  }

  private ValueType has(Term.Has term) {
    ValueType of = type(term.of());
    if (of instanceof ObjectOf object) {
      member(object, term.name(), term.at());
    } else if (!Types.any(of) && !(of instanceof MapOf)) {
      fault(term.at(), "a value of type " + of.text() + " has no fields", "");
    }
    return Scalar.BOOLEAN;
  }

  private ValueType element(Term.Element term) {
    ValueType of = type(term.of());
    ValueType index = type(term.index());
    if (of instanceof ListOf list) {
      return Types.any(index) || Types.numeric(index)
          ? list.element()
          : fault(term.index().at(), "a list is indexed by an integer, not " + index.text(), "");
    }
    if (Types.object(of)) {
      return Types.any(index) || Types.text(index)
          ? Types.element(of)
          : fault(term.index().at(), "an object is indexed by a string, not " + index.text(), "");
    }
    return Types.any(of)
        ? Scalar.ANY
        : fault(term.at(), "a value of type " + of.text() + " has no items", "");
  }

  private void truth(Term term, String operator, int at) {
    ValueType type = type(term);
    if ((!Types.any(type) && type != Scalar.BOOLEAN) || isNull(term)) {
      fault(at, "`" + operator + "` takes a boolean, not " + text(term, type), truthHint(type));
    }
  }

  private static String truthHint(ValueType type) {
    if (Types.numeric(type)) {
      return "compare it, as in x != 0";
    }
    return Types.text(type) ? "compare it, as in x != \"\"" : "";
  }

  private static boolean isNull(Term term) {
    return term instanceof Term.Constant constant && constant.value().isNull();
  }

  private static String text(Term term, ValueType type) {
    return isNull(term) ? "null" : type.text();
  }

  private ValueType negative(Term.Negative term) {
    ValueType of = type(term.of());
    if ((Types.any(of) && !isNull(term.of())) || Types.numeric(of)) {
      return of;
    }
    return fault(term.at(), "`-` takes a number, not " + text(term.of(), of), "");
  }

  private ValueType binary(Term.Binary term) {
    if (term.operator() == Operator.AND || term.operator() == Operator.OR) {
      truth(term.left(), term.operator().text(), term.left().at());
      truth(term.right(), term.operator().text(), term.right().at());
      return Scalar.BOOLEAN;
    }
    ValueType left = type(term.left());
    ValueType right = type(term.right());
    boolean equality = term.operator() == Operator.EQUAL || term.operator() == Operator.NOT_EQUAL;
    boolean nothing =
        (isNull(term.left()) && term.operator() != Operator.IN) || isNull(term.right());
    Optional<ValueType> result =
        nothing && !equality ? Optional.empty() : Operations.result(term.operator(), left, right);
    return result.orElseGet(
        () ->
            fault(
                term.at(),
                Operations.complaint(
                    term.operator(), text(term.left(), left), text(term.right(), right)),
                Operations.hint(term.operator(), left, right)));
  }

  private ValueType common(List<Term> terms) {
    Optional<ValueType> common = Optional.empty();
    for (Term term : terms) {
      ValueType type = type(term);
      common = Optional.of(common.map(c -> Types.join(c, type)).orElse(type));
    }
    return common.orElse(Scalar.ANY);
  }

  private ValueType fields(Term.Fields term) {
    List<Member> members = new ArrayList<>();
    Optional<ValueType> common = Optional.empty();
    for (Term.Entry entry : term.entries()) {
      ValueType key = type(entry.key());
      ValueType value = type(entry.value());
      if ((!Types.any(key) && !Types.text(key)) || isNull(entry.key())) {
        fault(entry.key().at(), "the names in an object are strings, not " + key.text(), "");
      }
      common = Optional.of(common.map(c -> Types.join(c, value)).orElse(value));
      if (entry.key() instanceof Term.Constant constant && constant.value().isString()) {
        members.add(new Member(Values.text(constant.value()), value));
      }
    }
    boolean known = !members.isEmpty() && members.size() == term.entries().size();
    return known ? new ObjectOf(members) : new MapOf(common.orElse(Scalar.ANY));
  }

  private ValueType loop(Term.Loop term) {
    ValueType over = type(term.over());
    ValueType each =
        switch (over) {
          case ListOf list -> list.element();
          case MapOf _, ObjectOf _ -> Scalar.STRING;
          case Scalar scalar when scalar == Scalar.ANY -> Scalar.ANY;
          case Scalar _ ->
              fault(
                  term.at(),
                  "`" + term.kind().text() + "` goes over a list or an object, not " + over.text(),
                  Types.text(over) ? "split(\",\") makes a list of a string" : "");
        };
    Optional<Frame<ValueType>> outer = frame;
    frame = Optional.of(Frame.within(outer, term.variable(), each));
    term.filter().ifPresent(f -> truth(f, term.kind().text(), f.at()));
    ValueType result =
        switch (term.kind()) {
          case MAP -> new ListOf(type(term.body()));
          case FILTER -> {
            truth(term.body(), term.kind().text(), term.body().at());
            yield new ListOf(each);
          }
          case ALL, EXISTS, EXISTS_ONE -> {
            truth(term.body(), term.kind().text(), term.body().at());
            yield Scalar.BOOLEAN;
          }
        };
    frame = outer;
    return result;
  }

  private ValueType call(Term.Call term) {
    Function function = term.function();
    List<ValueType> types = new ArrayList<>(term.arguments().size());
    boolean right = true;
    for (int i = 0; i < term.arguments().size(); i++) {
      Term argument = term.arguments().get(i);
      ValueType type = type(argument);
      types.add(type);
      right &= argument(function, function.wants().get(i), argument, type);
    }
    return right ? function.result().of(types) : Scalar.ANY;
  }

  private boolean argument(Function function, Want want, Term argument, ValueType type) {
    if (!want.takes(type) || (isNull(argument) && want != Want.ANY)) {
      String hint = want == Want.TEXT && Types.numeric(type) ? "string(…) makes text of it" : "";
      fault(
          argument.at(),
          "`" + function.name() + "` takes " + want.text() + ", not " + text(argument, type),
          hint);
      return false;
    }
    if (argument instanceof Term.Constant constant) {
      Optional<String> problem = want.problem(constant.value());
      problem.ifPresent(p -> fault(argument.at(), p, ""));
      return problem.isEmpty();
    }
    return true;
  }

  private ValueType fault(int at, String message, String hint) {
    return findings.fault(at, message, hint);
  }
}
