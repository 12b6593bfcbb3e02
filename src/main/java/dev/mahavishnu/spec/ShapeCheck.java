package dev.mahavishnu.spec;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a tree against a shape and names every difference. */
final class ShapeCheck {
  private final Problems problems;
  private final Shape.Struct flow;
  private final ValueCheck values;

  ShapeCheck(Problems problems, Shape.Struct flow) {
    this.problems = problems;
    this.flow = flow;
    this.values = new ValueCheck(problems);
  }

  void check(Node root) {
    check(root, flow, "a flow");
  }

  /**
   * @param called how a message names the value: {@code `retries`}
   */
  private void check(Node node, Shape shape, String called) {
    if (node instanceof Node.Broken) {
      return;
    }
    switch (shape) {
      case Shape.Text s -> values.text(node, s, called);
      case Shape.Choice s -> values.choice(node, s, called);
      case Shape.Whole s -> values.whole(node, s, called);
      case Shape.Decimal s -> values.decimal(node, s, called);
      case Shape.Flag s -> {
        if (!(node instanceof Node.Leaf leaf && leaf.json().isBoolean())) {
          values.wrong(node, s, called);
        }
      }
      case Shape.Value _ -> values.value(node, called);
      case Shape.Type s -> values.type(node, s, called);
      case Shape.Nested _ -> check(node, flow, called);
      case Shape.ListOf s -> list(node, s, called);
      case Shape.Either s -> either(node, s, called);
      case Shape.Struct s -> struct(node, s, called);
    }
  }

  private void list(Node node, Shape.ListOf shape, String called) {
    if (!(node instanceof Node.Items list)) {
      values.wrong(node, shape, called);
      return;
    }
    values.count(node, list.items().size(), shape.min(), shape.max(), called);
    String name = called.replace("`", "");
    for (int i = 0; i < list.items().size(); i++) {
      check(list.items().get(i), shape.element(), "`" + name + "[" + i + "]`");
    }
  }

  private void either(Node node, Shape.Either shape, String called) {
    boolean other =
        switch (shape.other()) {
          case Shape.ListOf _ -> node instanceof Node.Items;
          case Shape.Struct _, Shape.Nested _ -> node instanceof Node.Fields;
          default -> node instanceof Node.Leaf leaf && leaf.json().isNumber();
        };
    if (other) {
      check(node, shape.other(), called);
    } else if (ValueCheck.string(node).isPresent()) {
      check(node, shape.text(), called);
    } else {
      values.wrong(node, shape, called);
    }
  }

  private void struct(Node node, Shape.Struct shape, String called) {
    if (!(node instanceof Node.Fields fields)) {
      values.wrong(node, shape, called);
      return;
    }
    Optional<Shape.Struct> kind =
        fields.value("type").flatMap(ValueCheck::string).map(shape.kinds()::get);
    boolean knowsKind = shape.kinds().isEmpty() || kind.isPresent();
    Set<String> meant = new HashSet<>(fields.entries().keySet());
    fields
        .entries()
        .forEach(
            (name, entry) -> {
              Optional<Shape.Field> field =
                  shape.field(name).or(() -> kind.flatMap(k -> k.field(name)));
              if (field.isPresent()) {
                check(entry.value(), field.get().shape(), "`" + name + "`");
              } else if (knowsKind || !isOfSomeKind(shape, name)) {
                meant.add(unknown(name, entry, shape, kind));
              }
            });
    present(fields, shape, meant);
    kind.ifPresent(k -> present(fields, k, meant));
  }

  private static boolean isOfSomeKind(Shape.Struct shape, String name) {
    return shape.kinds().values().stream().anyMatch(k -> k.field(name).isPresent());
  }

  /** The field that was probably meant; the name itself where none is near. */
  private String unknown(
      String name, Node.Entry entry, Shape.Struct shape, Optional<Shape.Struct> kind) {
    Set<String> known =
        shape.fields().stream()
            .map(Shape.Field::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    kind.ifPresent(k -> k.fields().forEach(f -> known.add(f.name())));
    List<String> owners =
        shape.kinds().entrySet().stream()
            .filter(k -> k.getValue().field(name).isPresent())
            .map(Map.Entry::getKey)
            .toList();
    String hint =
        owners.isEmpty()
            ? FieldNames.meant(name, known)
            : "it belongs to " + String.join(" and ", owners) + " tasks";
    problems.add(
        entry.nameAt(),
        "unknown field "
            + ValueCheck.shown(name)
            + " in "
            + kind.map(Shape.Struct::name).orElse(shape.name()),
        hint);
    return owners.isEmpty() ? FieldNames.nearest(name, known).orElse(name) : name;
  }

  /**
   * What must be there, alone or beside something else.
   *
   * @param meant names of the fields that are there, and of those that are there under a wrong name
   */
  private void present(Node.Fields fields, Shape.Struct shape, Set<String> meant) {
    for (Shape.Field field : shape.fields()) {
      if (field.required() && !meant.contains(field.name())) {
        problems.add(
            fields.at(),
            shape.name() + " needs `" + field.name() + "`",
            field.shape() instanceof Shape.Choice choice ? choice.called() : "");
      }
    }
    for (Shape.Rule rule : shape.rules()) {
      switch (rule) {
        case Shape.Rule.OneOf r -> oneOf(fields, r, shape.name(), meant);
        case Shape.Rule.Needs r -> {
          Node.Entry entry = fields.entries().get(r.name());
          if (entry != null && !meant.contains(r.other())) {
            problems.add(
                entry.nameAt(), "`" + r.name() + "` needs `" + r.other() + "` beside it", "");
          }
        }
      }
    }
  }

  private void oneOf(Node.Fields fields, Shape.Rule.OneOf rule, String name, Set<String> meant) {
    List<String> given = rule.names().stream().filter(fields.entries()::containsKey).toList();
    if (given.isEmpty() && rule.names().stream().noneMatch(meant::contains)) {
      problems.add(fields.at(), name + " needs `" + String.join("` or `", rule.names()) + "`", "");
    } else if (given.size() > 1) {
      Node.Entry second =
          given.stream()
              .map(fields.entries()::get)
              .max(java.util.Comparator.comparingInt(Node.Entry::nameAt))
              .orElseThrow();
      problems.add(
          second.nameAt(), "`" + String.join("` and `", given) + "` exclude each other", "");
    }
  }
}
