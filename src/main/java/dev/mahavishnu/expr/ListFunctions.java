package dev.mahavishnu.expr;

import static dev.mahavishnu.expr.Want.INTEGER;
import static dev.mahavishnu.expr.Want.LIST;
import static dev.mahavishnu.expr.Want.OBJECT;
import static dev.mahavishnu.expr.Want.SIZED;
import static dev.mahavishnu.expr.Want.TEXT;

import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.ValueType.ListOf;
import dev.mahavishnu.spec.ValueType.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Functions of lists and objects. */
final class ListFunctions {
  private ListFunctions() {}

  static List<Function> all() {
    return List.of(
        new Function("size", false, List.of(SIZED), _ -> Scalar.INTEGER, ListFunctions::size),
        new Function("size", true, List.of(SIZED), _ -> Scalar.INTEGER, ListFunctions::size),
        new Function("join", true, List.of(LIST, TEXT), _ -> Scalar.STRING, ListFunctions::join),
        new Function(
            "join",
            true,
            List.of(LIST),
            _ -> Scalar.STRING,
            (a, b) -> join(List.of(a.getFirst(), Values.of("")), b)),
        new Function(
            "last",
            true,
            List.of(LIST),
            t -> Types.element(t.getFirst()),
            (a, _) -> {
              if (a.getFirst().isEmpty()) {
                throw Failure.of("the list is empty");
              }
              return a.getFirst().get(a.getFirst().size() - 1);
            }),
        new Function("sort", true, List.of(LIST), List::getFirst, ListFunctions::sort),
        new Function("distinct", true, List.of(LIST), List::getFirst, ListFunctions::distinct),
        new Function("reverse", true, List.of(LIST), List::getFirst, ListFunctions::reverse),
        new Function(
            "slice", true, List.of(LIST, INTEGER, INTEGER), List::getFirst, ListFunctions::slice),
        new Function(
            "flatten", true, List.of(LIST), ListFunctions::flattened, ListFunctions::flatten),
        new Function(
            "keys",
            true,
            List.of(OBJECT),
            _ -> new ListOf(Scalar.STRING),
            (a, b) -> {
              b.items(a.getFirst().size());
              ArrayNode keys = Values.list(a.getFirst().size());
              a.getFirst().propertyNames().forEach(keys::add);
              return keys;
            }),
        new Function(
            "values",
            true,
            List.of(OBJECT),
            t -> new ListOf(Types.element(t.getFirst())),
            (a, b) -> {
              b.items(a.getFirst().size());
              ArrayNode values = Values.list(a.getFirst().size());
              a.getFirst().forEach(values::add);
              return values;
            }));
  }

  private static JsonNode size(List<JsonNode> a, Budget budget) {
    JsonNode value = a.getFirst();
    if (!value.isString()) {
      return Values.of(value.size());
    }
    String text = Values.text(value);
    budget.spend(text.length());
    return Values.of(text.codePointCount(0, text.length()));
  }

  private static JsonNode join(List<JsonNode> a, Budget budget) {
    String between = Values.text(a.get(1));
    StringBuilder joined = new StringBuilder();
    boolean first = true;
    for (JsonNode item : a.getFirst()) {
      if (!item.isString() && !item.isNumber() && !item.isBoolean()) {
        throw Failure.of(
            "`join` takes strings, numbers and booleans; one item is " + Values.kind(item));
      }
      String text = item.asString();
      budget.spend(Budget.ITEM + (long) text.length() + between.length());
      if (!first) {
        joined.append(between);
      }
      joined.append(text);
      first = false;
    }
    return Values.of(joined.toString());
  }

  private static JsonNode sort(List<JsonNode> a, Budget budget) {
    List<JsonNode> items = items(a.getFirst(), budget);
    items.sort(
        (x, y) -> {
          budget.spend(1);
          return Values.compare(x, y);
        });
    return list(items);
  }

  private static JsonNode distinct(List<JsonNode> a, Budget budget) {
    ArrayNode kept = Values.list();
    Set<JsonNode> seen = new HashSet<>();
    for (JsonNode item : a.getFirst()) {
      budget.items(1);
      if (seen.add(key(item, budget))) {
        kept.add(item);
      }
    }
    return kept;
  }

  /** The same for values that are equal in the language: 1 and 1.0. */
  private static JsonNode key(JsonNode value, Budget budget) {
    budget.spend(1);
    if (value.isNumber()) {
      double number = Values.doubleOf(value);
      boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p53;
      return whole ? Values.of((long) number) : value;
    }
    if (value.isArray()) {
      ArrayNode keys = Values.list(value.size());
      value.forEach(item -> keys.add(key(item, budget)));
      return keys;
    }
    if (value.isObject()) {
      var keys = Values.object();
      value.properties().forEach(f -> keys.set(f.getKey(), key(f.getValue(), budget)));
      return keys;
    }
    return value;
  }

  private static JsonNode reverse(List<JsonNode> a, Budget budget) {
    return list(items(a.getFirst(), budget).reversed());
  }

  private static JsonNode slice(List<JsonNode> a, Budget budget) {
    JsonNode list = a.getFirst();
    long from = Values.longOf(a.get(1));
    // Slices in a row must not fail at the last, shorter one.
    long to = Math.min(Values.longOf(a.get(2)), list.size());
    if (from < 0 || to < 0) {
      throw Failure.of("`slice` counts from 0 and takes no negative positions");
    }
    ArrayNode part = Values.list();
    budget.items(Math.max(0, to - from));
    for (long i = from; i < to; i++) {
      part.add(list.get((int) i));
    }
    return part;
  }

  private static ValueType flattened(List<ValueType> types) {
    return switch (Types.element(types.getFirst())) {
      case ListOf inner -> inner;
      case ValueType other -> Types.any(other) ? new ListOf(Scalar.ANY) : types.getFirst();
    };
  }

  private static JsonNode flatten(List<JsonNode> a, Budget budget) {
    ArrayNode flat = Values.list();
    for (JsonNode item : a.getFirst()) {
      if (item.isArray()) {
        budget.items(item.size() + 1L);
        item.forEach(flat::add);
      } else {
        budget.items(1);
        flat.add(item);
      }
    }
    return flat;
  }

  private static List<JsonNode> items(JsonNode list, Budget budget) {
    budget.items(list.size());
    List<JsonNode> items = new ArrayList<>(list.size());
    list.forEach(items::add);
    return items;
  }

  private static JsonNode list(List<JsonNode> items) {
    ArrayNode list = Values.list(items.size());
    items.forEach(list::add);
    return list;
  }
}
