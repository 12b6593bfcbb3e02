package dev.mahavishnu.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Holds single values against their shapes. */
final class ValueCheck {
  private final Problems problems;
  private final Map<String, Pattern> patterns = new HashMap<>();

  ValueCheck(Problems problems) {
    this.problems = problems;
  }

  static Optional<String> string(Node node) {
    return node instanceof Node.Leaf leaf && leaf.json().isString()
        ? Optional.of(leaf.json().stringValue())
        : Optional.empty();
  }

  void text(Node node, Shape.Text shape, String called) {
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

  static String shown(String text) {
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

  void choice(Node node, Shape.Choice shape, String called) {
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

  void whole(Node node, Shape.Whole shape, String called) {
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

  void decimal(Node node, Shape.Decimal shape, String called) {
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

  void value(Node node, String called) {
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

  void type(Node node, Shape.Type shape, String called) {
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

  void count(Node node, int size, int min, int max, String called) {
    if (size < min) {
      problems.add(node.at(), called + " is empty", "");
    } else if (size > max) {
      problems.add(node.at(), called + " has more than " + max + " entries", "");
    }
  }

  void wrong(Node node, Shape shape, String called) {
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
