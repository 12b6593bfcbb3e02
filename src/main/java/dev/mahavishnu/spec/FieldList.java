package dev.mahavishnu.spec;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Every field of a flow spec in one line each, for a reader who has no editor to look them up: the
 * same shapes as {@link FlowSchema}, in a fraction of its length.
 */
public final class FieldList {
  private final StringBuilder out = new StringBuilder();

  private FieldList() {}

  /** The list, with the built-in task kinds and these. */
  public static String text(List<TaskKind> kinds) {
    FieldList list = new FieldList();
    Shape.Struct flow = FlowShapes.flow(kinds);
    Shape.Struct task = StrictSchema.task(flow);
    list.section("The flow", flow.fields());
    list.section("Every task", task.fields());
    task.kinds().forEach((type, kind) -> list.section("Task of type " + type, kind));
    return list.out.toString().stripTrailing();
  }

  private void section(String title, Shape.Struct kind) {
    section(title, kind.fields());
    for (Shape.Rule rule : kind.rules()) {
      if (rule instanceof Shape.Rule.OneOf one) {
        out.setLength(out.length() - 1);
        out.append("  Exactly one of ").append(String.join(", ", one.names())).append(".\n\n");
      }
    }
  }

  private void section(String title, List<Shape.Field> fields) {
    out.append(title).append(":\n");
    for (Shape.Field field : fields) {
      out.append("  ").append(field.name()).append(field.required() ? "" : "?").append(": ");
      out.append(form(field.shape()));
      if (!field.description().isEmpty()) {
        out.append(" -- ").append(field.description());
      }
      out.append('\n');
    }
    out.append('\n');
  }

  private static String form(Shape shape) {
    return switch (shape) {
      case Shape.Text text ->
          text.form().map(form -> form.called() + " (" + form.hint() + ")").orElse("text");
      case Shape.Choice choice -> String.join(" | ", choice.values());
      case Shape.Whole whole ->
          "whole number"
              + (whole.min() > Integer.MIN_VALUE && whole.max() < Integer.MAX_VALUE
                  ? " " + whole.min() + " to " + whole.max()
                  : "");
      case Shape.Decimal decimal -> "number " + decimal.min() + " to " + decimal.max();
      case Shape.Flag _ -> "true | false";
      case Shape.Value _ -> "any value";
      case Shape.Type _ -> "type";
      case Shape.Nested _ -> "flow";
      case Shape.ListOf list -> "list of " + form(list.element());
      case Shape.Either either -> form(either.text()) + " | " + form(either.other());
      case Shape.Struct struct ->
          struct.kinds().isEmpty()
              ? struct.fields().stream()
                  .map(f -> f.name() + (f.required() ? "" : "?") + ": " + brief(f.shape()))
                  .collect(Collectors.joining(", ", "{", "}"))
              : "task";
    };
  }

  /** Within a line, the form of a text is left to its name. */
  private static String brief(Shape shape) {
    return shape instanceof Shape.Text text
        ? text.form().map(Shape.Form::called).orElse("text")
        : form(shape);
  }
}
