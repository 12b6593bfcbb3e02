package dev.mahavishnu.expr;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.mahavishnu.expr.Names.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * Makes terms of CEL's tree: macros known, constant indexes fields, positions where words begin.
 */
final class CelTerms {
  private static final int DEEPEST = 2 * Grammar.DEEPEST;
  private final String text;
  private final boolean plain;
  private final Map<Long, Integer> positions;
  private final Names names;
  private int depth;

  CelTerms(String text, Map<Long, Integer> positions, Names names) {
    this.text = text;
    this.plain = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    this.positions = positions;
    this.names = names;
  }

  Part part(CelExpr expr) {
    // The parser bounds the depth of what nests in its grammar, which !!!!x does not.
    if (depth >= DEEPEST) {
      return names.fault(at(expr), "nested too deep", "split it into several compute tasks");
    }
    depth++;
    try {
      return made(expr);
    } finally {
      depth--;
    }
  }

  private Part made(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> constant(expr);
      case IDENT -> name(expr);
      case SELECT ->
          names.field(
              part(expr.select().operand()), expr.select().field(), false, wordAfter(at(expr)));
      case CALL -> call(expr);
      case LIST -> list(expr);
      case MAP -> map(expr);
      case STRUCT ->
          names.fault(
              at(expr), "there are no named types", "an object is written {\"name\": value}");
      case COMPREHENSION, NOT_SET -> throw new IllegalStateException(expr.getKind().name());
    };
  }

  private Term term(CelExpr expr) {
    return names.value(part(expr));
  }

  private static Part whole(Term term) {
    return new Part.Whole(term);
  }

  private Part name(CelExpr expr) {
    String name = expr.ident().name();
    return name.startsWith(".")
        ? names.fault(
            at(expr), "a name does not start with a dot here", "write " + name.substring(1))
        : names.name(name, at(expr));
  }

  private Part constant(CelExpr expr) {
    CelConstant constant = expr.constant();
    int at = at(expr);
    return switch (constant.getKind()) {
      case NULL_VALUE -> whole(new Term.Constant(NullNode.getInstance(), at));
      case BOOLEAN_VALUE -> literal(Values.of(constant.booleanValue()), at);
      case INT64_VALUE -> literal(Values.of(constant.int64Value()), at);
      case DOUBLE_VALUE ->
          Double.isFinite(constant.doubleValue())
              ? literal(Values.of(constant.doubleValue()), at)
              : names.fault(at, "the number is too large", "");
      case STRING_VALUE -> literal(Values.of(constant.stringValue()), at);
      case UINT64_VALUE -> names.fault(at, "there are no unsigned integers", "leave out the u");
      case BYTES_VALUE -> names.fault(at, "there are no byte strings", "leave out the b");
      case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
          throw new IllegalStateException(constant.getKind().name());
    };
  }

  private static Part literal(JsonNode value, int at) {
    return whole(new Term.Constant(value, at));
  }

  private Part call(CelExpr expr) {
    CelExpr.CelCall call = expr.call();
    List<CelExpr> args = call.args();
    int at = at(expr);
    Optional<Operator> operator =
        args.size() == 2 ? Operator.ofFunction(call.function()) : Optional.empty();
    if (operator.isPresent()) {
      return whole(new Term.Binary(operator.get(), term(args.get(0)), term(args.get(1)), at));
    }
    return switch (call.function()) {
      case "!_" -> whole(new Term.Not(term(args.getFirst()), at));
      case "-_" -> negative(args.getFirst(), at);
      case "_?_:_" ->
          whole(new Term.Choice(term(args.get(0)), term(args.get(1)), term(args.get(2)), at));
      case "_[_]" -> index(args.get(0), args.get(1), false, at);
      case "_[?_]" -> index(args.get(0), args.get(1), true, at);
      case "_?._" ->
          names.field(part(args.get(0)), args.get(1).constant().stringValue(), true, wordAfter(at));
      default ->
          call.target().isPresent()
              ? method(call.target().get(), call, at)
              : function(call, wordBefore(at));
    };
  }

  private Part negative(CelExpr of, int at) {
    return whole(new Term.Negative(term(of), at));
  }

  private Part index(CelExpr of, CelExpr index, boolean optional, int at) {
    Part operand = part(of);
    if (index.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && index.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      return names.field(operand, index.constant().stringValue(), optional, at(index));
    }
    return switch (operand) {
      case Part.Whole w ->
          whole(new Term.Element(w.term(), term(index), optional || Term.optional(w.term()), at));
      case Part.Root root -> names.bare(root);
      case Part.OfTask task -> whole(names.value(task));
    };
  }

  private Part list(CelExpr expr) {
    if (!expr.list().optionalIndices().isEmpty()) {
      return noOptional(at(expr));
    }
    return whole(new Term.Items(terms(expr.list().elements()), at(expr)));
  }

  private List<Term> terms(List<CelExpr> exprs) {
    List<Term> terms = new ArrayList<>(exprs.size());
    for (CelExpr expr : exprs) {
      terms.add(term(expr));
    }
    return terms;
  }

  private Part map(CelExpr expr) {
    List<Term.Entry> entries = new ArrayList<>();
    Set<JsonNode> seen = new HashSet<>();
    for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
      if (entry.optionalEntry()) {
        return noOptional(at(expr));
      }
      Term key = term(entry.key());
      if (key instanceof Term.Constant constant) {
        if (!constant.value().isString()) {
          names.fault(key.at(), "the names in an object are strings", "write it in quotes");
        } else if (!seen.add(constant.value())) {
          names.fault(key.at(), "the object has this name twice", "");
        }
      }
      entries.add(new Term.Entry(key, term(entry.value())));
    }
    return whole(new Term.Fields(entries, at(expr)));
  }

  private Part noOptional(int at) {
    return names.fault(at, "`?` is not for what a list or an object is made of", "");
  }

  private Part function(CelExpr.CelCall call, int at) {
    if (call.function().equals("has")) {
      return has(call, at);
    }
    return called(call.function(), false, terms(call.args()), at);
  }

  private Part has(CelExpr.CelCall call, int at) {
    if (call.args().size() == 1 && part(call.args().getFirst()) instanceof Part.Whole w) {
      if (w.term() instanceof Term.Field f && !f.optional()) {
        return whole(new Term.Has(f.of(), f.name(), at));
      }
    }
    return names.fault(
        at,
        "`has` asks for a field of a value, as in has(item.name)",
        "what params, tasks, secrets and run name is always there; compare with null");
  }

  private Part method(CelExpr target, CelExpr.CelCall call, int paren) {
    int at = wordBefore(paren);
    List<CelExpr> args = call.args();
    Optional<LoopKind> loop = LoopKind.of(call.function());
    if (loop.isPresent()) {
      return loop(loop.get(), target, args, at);
    }
    Part of = part(target);
    if (of instanceof Part.Whole w && Term.optional(w.term())) {
      if (call.function().equals("orValue") && args.size() == 1) {
        return whole(new Term.OrValue(w.term(), term(args.getFirst()), at));
      }
      if (call.function().equals("hasValue") && args.isEmpty()) {
        return whole(new Term.HasValue(w.term(), at));
      }
    } else if (call.function().equals("orValue") || call.function().equals("hasValue")) {
      return names.fault(
          at,
          "`" + call.function() + "` is for a value that may be absent",
          "write x.?name before it");
    }
    List<Term> arguments = new ArrayList<>(args.size() + 1);
    arguments.add(names.value(of));
    arguments.addAll(terms(args));
    return called(call.function(), true, arguments, at);
  }

  private Part called(String name, boolean method, List<Term> arguments, int at) {
    Optional<Function> function = Library.find(name, method, arguments.size());
    if (function.isPresent()) {
      return whole(new Term.Call(function.get(), arguments, at));
    }
    return names.fault(
        at,
        Library.known(name)
            ? "`" + name + "` is not used like this"
            : "unknown function `" + name + "`",
        Library.hint(name, method, arguments.size()));
  }

  private Part loop(LoopKind kind, CelExpr target, List<CelExpr> args, int at) {
    int most = kind == LoopKind.MAP ? 3 : 2;
    if (args.size() < 2
        || args.size() > most
        || args.getFirst().getKind() != CelExpr.ExprKind.Kind.IDENT
        || args.getFirst().ident().name().startsWith(".")) {
      return names.fault(
          at, "`" + kind.text() + "` is not used like this", "write xs." + kind.text() + "(x, …)");
    }
    Term over = term(target);
    String variable = args.getFirst().ident().name();
    names.enter(variable, at(args.getFirst()));
    Optional<Term> filter = args.size() == 3 ? Optional.of(term(args.get(1))) : Optional.empty();
    Term body = term(args.getLast());
    names.leave();
    return whole(new Term.Loop(kind, over, variable, filter, body, at));
  }

  /** The parser counts code points. */
  private int at(CelExpr expr) {
    Integer position = positions.get(expr.id());
    int at = position == null ? 0 : Math.max(0, position);
    return plain ? at : text.offsetByCodePoints(0, at);
  }

  /** Where the name after this dot begins. */
  private int wordAfter(int dot) {
    int at = dot;
    while (at < text.length() && (".?".indexOf(text.charAt(at)) >= 0 || blank(at))) {
      at++;
    }
    return at;
  }

  /** Where the name before this parenthesis begins. */
  private int wordBefore(int paren) {
    int at = paren;
    while (at > 0 && blank(at - 1)) {
      at--;
    }
    while (at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private boolean blank(int at) {
    return Character.isWhitespace(text.charAt(at));
  }
}
