package dev.mahavishnu.spec;

import static dev.mahavishnu.spec.Shape.Templates.ALLOWED;
import static dev.mahavishnu.spec.Shape.Templates.IGNORED;
import static dev.mahavishnu.spec.Shape.Templates.REFUSED;

import dev.mahavishnu.spec.Shape.Choice;
import dev.mahavishnu.spec.Shape.Field;
import dev.mahavishnu.spec.Shape.Form;
import dev.mahavishnu.spec.Shape.ListOf;
import dev.mahavishnu.spec.Shape.Struct;
import dev.mahavishnu.spec.Shape.Text;
import dev.mahavishnu.spec.Shape.Value;
import dev.mahavishnu.spec.Shape.Whole;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the shapes of a flow are put together from. */
final class Shapes {
  static final int MAX_NAME = 100;
  static final int MAX_SCRIPT = 1_000_000;

  static final Shape DURATION = form(Forms.DURATION, 40);
  static final Shape TASK_ID = form(Forms.TASK_ID, MAX_NAME);
  static final Shape DESCRIPTION = new Text(0, 2_000, Optional.empty(), IGNORED);
  static final Shape SCRIPT = new Text(1, MAX_SCRIPT, Optional.empty(), ALLOWED);
  static final Shape TEMPLATE = new Text(1, 10_000, Optional.empty(), ALLOWED);
  static final Shape PATH = new Text(1, 1_000, Optional.empty(), REFUSED);
  static final Shape CONCURRENCY = new Whole(1, 100_000);

  private Shapes() {}

  static Struct named(String called, Form name) {
    return new Struct(
        called,
        List.of(
            needed("name", form(name, 200), "Its name."),
            needed("value", new Value(), "Its value, with expressions.")));
  }

  static Shape choice(Stream<String> values) {
    return new Choice(values.toList());
  }

  static Shape list(Shape element, int min, int max) {
    return new ListOf(element, min, max);
  }

  static Shape text(int min, int max) {
    return new Text(min, max, Optional.empty(), REFUSED);
  }

  static Shape form(Form form, int max) {
    return new Text(1, max, Optional.of(form), IGNORED);
  }

  static Field needed(String name, Shape shape, String description) {
    return new Field(name, shape, true, description);
  }

  static Field field(String name, Shape shape, String description) {
    return new Field(name, shape, false, description);
  }
}
