package dev.mahavishnu.plan.offline;

import dev.mahavishnu.spec.Nearest;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What names and values stand for. A name that nothing has becomes a finding, and something
 * harmless is given instead, so that drafting can go on.
 */
final class Meanings {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final FlowDraft draft;
  private final Set<String> coming;
  private final Predicate<String> commands;
  private final Findings findings;
  private final List<Field> fields = new ArrayList<>();

  /** A field of an output that a flow counts on. */
  record Field(String step, String name) {}

  /**
   * What a value stands for.
   *
   * @param node as it stands in a spec: itself, or a text that is one expression
   * @param source the expression; absent: the value is itself
   */
  record Meaning(JsonNode node, Optional<String> source) {
    static Meaning itself(JsonNode node) {
      return new Meaning(node, Optional.empty());
    }

    static Meaning expression(String source) {
      return new Meaning(JSON.stringNode("${{ " + source + " }}"), Optional.of(source));
    }

    /** In the expression language. */
    String inExpression() {
      return source.orElseGet(node::toString);
    }
  }

  /**
   * @param coming ids of steps that the request makes, whether they are made yet or not
   * @param commands whether a step of this id is a command
   */
  Meanings(FlowDraft draft, Set<String> coming, Predicate<String> commands, Findings findings) {
    this.draft = draft;
    this.commands = commands;
    this.coming = Set.copyOf(coming);
    this.findings = findings;
  }

  List<Field> fields() {
    return List.copyOf(fields);
  }

  /** The id of a step, if there is one of this name. */
  Optional<String> step(Name name, Form form) {
    if (draft.step(name.text()).isPresent() || coming.contains(name.text())) {
      return Optional.of(name.text());
    }
    Set<String> known =
        draft.all().map(s -> s.id).collect(Collectors.toCollection(LinkedHashSet::new));
    known.addAll(coming);
    findings.unclear(
        name.span(), "there is no step " + name.text() + didYouMean(name, known), form);
    return Optional.empty();
  }

  List<String> steps(List<Name> names, Form form) {
    return names.stream().flatMap(name -> step(name, form).stream()).distinct().toList();
  }

  /** Ids of steps that stand already; one that the request makes later is none. */
  List<String> present(List<Name> names, Form form) {
    for (Name name : names) {
      if (coming.contains(name.text()) && draft.step(name.text()).isEmpty()) {
        findings.unclear(name.span(), name.text() + " is made later in this request", form);
      }
    }
    return steps(names, form).stream().filter(id -> draft.step(id).isPresent()).toList();
  }

  /** A parameter, if there is one of this name. */
  Optional<Parameter> parameter(Name name) {
    Optional<Parameter> parameter = draft.parameter(name.text());
    if (parameter.isEmpty()) {
      String what = isStep(name) ? stepInstead(name) : "there is no parameter " + name.text();
      findings.unclear(name.span(), what + didYouMean(name, parameters()), Form.PARAMETER);
    }
    return parameter;
  }

  private boolean isStep(Name name) {
    return draft.step(name.text()).isPresent() || coming.contains(name.text());
  }

  private static String stepInstead(Name name) {
    return name.text() + " is a step: say `the output of " + name.text() + "`";
  }

  private Set<String> parameters() {
    return draft.parameters.stream().map(Parameter::name).collect(Collectors.toSet());
  }

  private static String didYouMean(Name name, Set<String> known) {
    String hint = Nearest.hint(name.text(), known);
    return hint.isEmpty() ? "" : "; " + hint;
  }

  /** A value where a bare word may be itself: {@code set to full}. */
  Meaning value(Value value, Optional<Name> item) {
    if (value instanceof Value.Named named
        && !isItem(named.name(), item)
        && draft.parameter(named.name().text()).isEmpty()) {
      return Meaning.itself(JSON.stringNode(named.name().text()));
    }
    return given(value, item);
  }

  /** A value where a bare word must be the name of something: {@code with region}. */
  Meaning given(Value value, Optional<Name> item) {
    return switch (value) {
      case Value.Literal literal -> Meaning.itself(literal.value());
      case Value.Named named -> named(named.name(), item);
      case Value.ParameterOf of -> parameterOf(of.name());
      case Value.OutputOf of -> outputOf(of);
      case Value.SecretOf of -> {
        draft.secrets.add(of.name().text());
        yield Meaning.expression(References.to("secrets", of.name().text()));
      }
      case Value.Expression e -> Meaning.expression(e.source());
    };
  }

  static boolean isItem(Name name, Optional<Name> item) {
    return item.isPresent() && item.orElseThrow().text().equals(name.text());
  }

  private Meaning named(Name name, Optional<Name> item) {
    if (isItem(name, item)) {
      return Meaning.expression("item");
    }
    if (draft.parameter(name.text()).isPresent() || isStep(name)) {
      return parameterOf(name);
    }
    Set<String> known = parameters();
    item.ifPresent(i -> known.add(i.text()));
    findings.unclear(
        name.span(), "nothing here is called " + name.text() + didYouMean(name, known), Form.GIVE);
    return Meaning.itself(JSON.nullNode());
  }

  private Meaning parameterOf(Name name) {
    return parameter(name)
        .map(p -> Meaning.expression(References.to("params", p.name())))
        .orElseGet(() -> Meaning.itself(JSON.nullNode()));
  }

  private Meaning outputOf(Value.OutputOf of) {
    Optional<String> id = step(of.step(), Form.GIVE);
    if (id.isEmpty()) {
      return Meaning.itself(JSON.nullNode());
    }
    String output = References.to("tasks", id.orElseThrow()) + ".output";
    of.field().ifPresent(field -> fields.add(new Field(id.orElseThrow(), field)));
    return Meaning.expression(of.field().map(field -> References.to(output, field)).orElse(output));
  }

  /** A comparison as an expression; {@code unless} turns it round. */
  String comparison(Condition.Compare compare, boolean unless, Optional<Name> item) {
    String left = given(compare.left(), item).inExpression();
    Meaning right = value(compare.right(), item);
    String operator = unless ? opposite(compare.operator()) : compare.operator();
    boolean order = operator.startsWith("<") || operator.startsWith(">");
    if (!isPrinted(compare.left())) {
      return left + " " + operator + " " + sameKind(compare.left(), right);
    }
    return order
        ? "double(" + left + ") " + operator + " double(" + right.inExpression() + ")"
        : left + " " + operator + " " + asText(compare.right(), right);
  }

  /** What a command printed is a text, whatever it looks like. */
  private boolean isPrinted(Value value) {
    return value instanceof Value.OutputOf of
        && of.field().isEmpty()
        && commands.test(of.step().text());
  }

  private String asText(Value value, Meaning meaning) {
    if (meaning.source().isPresent()) {
      return type(value).filter(t -> t != Scalar.STRING).isPresent()
          ? "string(" + meaning.inExpression() + ")"
          : meaning.inExpression();
    }
    return JSON.stringNode(meaning.node().asString()).toString();
  }

  /** Whole numbers and others do not mix in the expression language. */
  private String sameKind(Value left, Meaning right) {
    boolean number = type(left).filter(t -> t == Scalar.NUMBER).isPresent();
    return number && right.node().isIntegralNumber()
        ? right.inExpression() + ".0"
        : right.inExpression();
  }

  /** The type of a parameter. */
  private Optional<ValueType> type(Value value) {
    Optional<String> name =
        switch (value) {
          case Value.Named named -> Optional.of(named.name().text());
          case Value.ParameterOf of -> Optional.of(of.name().text());
          case Value.Literal _, Value.OutputOf _, Value.SecretOf _, Value.Expression _ ->
              Optional.empty();
        };
    return name.flatMap(draft::parameter).map(Parameter::type);
  }

  private static String opposite(String operator) {
    return switch (operator) {
      case "==" -> "!=";
      case "!=" -> "==";
      case ">" -> "<=";
      case "<=" -> ">";
      case "<" -> ">=";
      default -> "<";
    };
  }
}
