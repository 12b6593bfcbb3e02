package dev.mahavishnu.spec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Holds a tree against a shape and names every difference. */
final class ShapeCheck {
  private final Problems problems;
  private final Shape.Struct flow;
  private final Map<String, Pattern> patterns = new HashMap<>();

  ShapeCheck(Problems problems, Shape.Struct flow) {
    this.problems = problems;
    this.flow = flow;
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
      case Shape.Text s -> text(node, s, called);
      case Shape.Choice s -> choice(node, s, called);
      case Shape.Whole s -> whole(node, s, called);
      case Shape.Decimal s -> decimal(node, s, called);
      case Shape.Flag s -> {
        if (!(node instanceof Node.Leaf leaf && leaf.json().isBoolean())) {
          wrong(node, s, called);
        }
      }
      case Shape.Value _ -> value(node, called);
      case Shape.Type s -> type(node, s, called);
      case Shape.Nested _ -> check(node, flow, called);
      case Shape.ListOf s -> list(node, s, called);
      case Shape.Either s -> either(node, s, called);
      case Shape.Struct s -> struct(node, s, called);
    }
  }

  private static Optional<String> string(Node node) {
    return node instanceof Node.Leaf leaf && leaf.json().isString()
        ? Optional.of(leaf.json().stringValue())
        : Optional.empty();
  }

  private void text(Node node, Shape.Text shape, String called) {
    Optional<String> given = string(node);
    if (given.isEmpty()) {
      wrong(node, shape, called);
      return;
    }
    String text = given.get();
    if (length(node, text, shape.min(), shape.max(), called)) {
      return;
    }
    Optional<Shape.Form> form = shape.form();
    if (form.isPresent() && !matches(form.get(), text)) {
      problems.add(
          node.at(),
          called + " must be " + form.get().called() + ", not " + shown(text),
          form.get().hint());
    } else if (shape.templates() == Shape.Templates.REFUSED
        && text.contains(TemplateScanner.OPEN)) {
      problems.add(node.at(), called + " can't hold an expression", "");
    }
  }

  private boolean matches(Shape.Form form, String text) {
    return patterns.computeIfAbsent(form.pattern(), Pattern::compile).matcher(text).find();
  }

  private static String shown(String text) {
    String line = text.replace('\n', ' ').strip();
    return "`" + (line.length() > 40 ? line.substring(0, 37) + "…" : line) + "`";
  }

  /** True when the length is wrong. */
  private boolean length(Node node, String text, int min, int max, String called) {
    int length = text.codePointCount(0, text.length());
    if (length < min) {
      problems.add(node.at(), called + " is empty", "");
    } else if (length > max) {
      problems.add(node.at(), called + " is longer than " + max + " characters", "");
    }
    return length < min || length > max;
  }

  private void choice(Node node, Shape.Choice shape, String called) {
    Optional<String> given = string(node);
    if (given.isEmpty()) {
      wrong(node, shape, called);
    } else if (!shape.values().contains(given.get())) {
      String hint = Nearest.hint(given.get(), shape.values());
      String known =
          (shape.values().size() == 1 ? "write " : "known: ") + String.join(", ", shape.values());
      problems.add(
          node.at(),
          "unknown " + called.replace("`", "") + " " + shown(given.get()),
          hint.isEmpty() ? known : hint);
    }
  }

  private void whole(Node node, Shape.Whole shape, String called) {
    boolean fits =
        node instanceof Node.Leaf leaf
            && leaf.json().isNumber()
            && leaf.json().doubleValue() == Math.rint(leaf.json().doubleValue());
    if (!fits) {
      wrong(node, shape, called);
    } else if (!node.json().canConvertToLong()
        || node.json().longValue() < shape.min()
        || node.json().longValue() > shape.max()) {
      problems.add(node.at(), called + " must be from " + shape.min() + " to " + shape.max(), "");
    }
  }

  private void decimal(Node node, Shape.Decimal shape, String called) {
    if (!(node instanceof Node.Leaf leaf && leaf.json().isNumber())) {
      wrong(node, shape, called);
    } else if (node.json().doubleValue() < shape.min() || node.json().doubleValue() > shape.max()) {
      problems.add(
          node.at(),
          called + " must be from " + number(shape.min()) + " to " + number(shape.max()),
          "");
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private void value(Node node, String called) {
    switch (node) {
      case Node.Leaf leaf ->
          string(leaf).ifPresent(t -> length(leaf, t, 0, Shape.Value.MAX_TEXT, called));
      case Node.Items list -> {
        count(node, list.items().size(), 0, Shape.Value.MAX_ITEMS, called);
        list.items().forEach(item -> value(item, called));
      }
      case Node.Fields fields -> {
        count(node, fields.entries().size(), 0, Shape.Value.MAX_FIELDS, called);
        fields.entries().values().forEach(entry -> value(entry.value(), called));
      }
      case Node.Broken _ -> {}
    }
  }

  private void type(Node node, Shape.Type shape, String called) {
    if (node instanceof Node.Fields fields) {
      count(node, fields.entries().size(), 1, Shape.Type.MAX_NAMES, called);
      fields
          .entries()
          .forEach(
              (name, entry) -> {
                if (!matches(Forms.TASK_ID, name)) {
                  problems.add(
                      entry.nameAt(),
                      shown(name) + " can't name a member of an object",
                      Forms.TASK_ID.hint());
                }
                type(entry.value(), shape, "`" + name + "`");
              });
    } else if (string(node).isPresent()) {
      length(node, string(node).get(), 1, Shape.Type.MAX_TEXT, called);
    } else if (!(node instanceof Node.Broken)) {
      wrong(node, shape, called);
    }
  }

  private void count(Node node, int size, int min, int max, String called) {
    if (size < min) {
      problems.add(node.at(), called + " is empty", "");
    } else if (size > max) {
      problems.add(node.at(), called + " has more than " + max + " entries", "");
    }
  }

  private void list(Node node, Shape.ListOf shape, String called) {
    if (!(node instanceof Node.Items list)) {
      wrong(node, shape, called);
      return;
    }
    count(node, list.items().size(), shape.min(), shape.max(), called);
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
    } else if (string(node).isPresent()) {
      check(node, shape.text(), called);
    } else {
      wrong(node, shape, called);
    }
  }

  private void struct(Node node, Shape.Struct shape, String called) {
    if (!(node instanceof Node.Fields fields)) {
      wrong(node, shape, called);
      return;
    }
    Optional<Shape.Struct> kind =
        fields.value("type").flatMap(ShapeCheck::string).map(shape.kinds()::get);
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
        "unknown field " + shown(name) + " in " + kind.map(Shape.Struct::name).orElse(shape.name()),
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

  private void wrong(Node node, Shape shape, String called) {
    if (node instanceof Node.Leaf leaf && leaf.json().isNull()) {
      problems.add(node.at(), called + " has no value", "give it one, or remove it");
      return;
    }
    problems.add(
        node.at(),
        called + " must be " + shape.called() + ", not " + node.called(),
        mend(node, shape));
  }

  private static String mend(Node node, Shape shape) {
    Optional<JsonNode> leaf =
        node instanceof Node.Leaf l ? Optional.of(l.json()) : Optional.empty();
    return switch (shape) {
      case Shape.Text _, Shape.Choice _ ->
          leaf.isPresent() ? "write \"" + leaf.get().asString() + "\"" : "";
      case Shape.Whole _, Shape.Decimal _ ->
          string(node)
              .filter(t -> t.matches("-?[0-9.]+"))
              .map(_ -> "write it without quotes")
              .orElse("");
      case Shape.ListOf l
          when node instanceof Node.Fields && l.element() instanceof Shape.Struct s ->
          "write each as `- " + s.fields().getFirst().name() + ": …`";
      case Shape.ListOf _ when leaf.isPresent() -> "write [" + leaf.get().asString() + "]";
      case Shape.Either e when e.text() instanceof Shape.Text t && t.form().isPresent() ->
          t.form().get().hint();
      case Shape.Flag _,
          Shape.Value _,
          Shape.Type _,
          Shape.Nested _,
          Shape.ListOf _,
          Shape.Either _,
          Shape.Struct _ ->
          "";
    };
  }
}
