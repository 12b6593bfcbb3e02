package dev.mahavishnu.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a value in a spec may look like. {@link FlowShapes} says it once for every field of a flow;
 * the check of a spec and the published schema both follow from that.
 */
sealed interface Shape {
  /** For people, after "must be": {@code a whole number}. */
  String called();

  /**
   * A text.
   *
   * @param min fewest and {@code max} most code points
   * @param templates whether expressions may stand in it
   */
  record Text(int min, int max, Optional<Form> form, Templates templates) implements Shape {
    @Override
    public String called() {
      return form.map(Form::called).orElse("a text");
    }
  }

  /** What <code>${{</code> in a text means. */
  enum Templates {
    /** It starts an expression, or is checked apart. */
    ALLOWED,
    /** It is a mistake. */
    REFUSED,
    /** Nothing: the text is for people. */
    IGNORED
  }

  /**
   * A form that a text must have.
   *
   * @param pattern a regular expression that Java and JSON Schema read alike, anchored
   * @param called for people: {@code a duration}
   * @param hint how to write one
   */
  record Form(String pattern, String called, String hint) {}

  /** One of some words. */
  record Choice(List<String> values) implements Shape {
    public Choice {
      values = List.copyOf(values);
    }

    @Override
    public String called() {
      return "one of " + String.join(", ", values);
    }
  }

  /** A whole number, both bounds included. */
  record Whole(long min, long max) implements Shape {
    @Override
    public String called() {
      return "a whole number";
    }
  }

  /** A number, both bounds included. */
  record Decimal(double min, double max) implements Shape {
    @Override
    public String called() {
      return "a number";
    }
  }

  /** True or false. */
  record Flag() implements Shape {
    @Override
    public String called() {
      return "true or false";
    }
  }

  /** Any JSON value. */
  record Value() implements Shape {
    static final int MAX_TEXT = 1_000_000;
    static final int MAX_ITEMS = 100_000;
    static final int MAX_FIELDS = 10_000;

    @Override
    public String called() {
      return "any value";
    }
  }

  /** The type of a value: its text, or a mapping of names to types. */
  record Type() implements Shape {
    static final int MAX_TEXT = 1_000;
    static final int MAX_NAMES = 200;

    @Override
    public String called() {
      return "a type, as string or list<integer>";
    }
  }

  /** A whole flow. */
  record Nested() implements Shape {
    @Override
    public String called() {
      return "a flow";
    }
  }

  /** A list. */
  record ListOf(Shape element, int min, int max) implements Shape {
    @Override
    public String called() {
      return "a list";
    }
  }

  /** A text of one form or something that is no text. */
  record Either(Shape text, Shape other) implements Shape {
    @Override
    public String called() {
      return text.called() + " or " + other.called();
    }
  }

  /**
   * A mapping with known fields.
   *
   * @param name what people call it: {@code a task}
   * @param kinds the fields that a value of {@code type} adds, by that value; empty where none does
   */
  record Struct(String name, List<Field> fields, List<Rule> rules, Map<String, Struct> kinds)
      implements Shape {
    public Struct {
      fields = List.copyOf(fields);
      rules = List.copyOf(rules);
      kinds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }

    Struct(String name, List<Field> fields, Rule... rules) {
      this(name, fields, List.of(rules), Map.of());
    }

    @Override
    public String called() {
      return "a mapping";
    }

    Optional<Field> field(String wanted) {
      return fields.stream().filter(f -> f.name().equals(wanted)).findFirst();
    }
  }

  /** A field of a mapping. */
  record Field(String name, Shape shape, boolean required, String description) {}

  /** What must hold between the fields of a mapping. */
  sealed interface Rule {
    /** Exactly one of these is there. */
    record OneOf(List<String> names) implements Rule {
      static OneOf of(String... names) {
        return new OneOf(List.of(names));
      }
    }

    /** {@code name} makes sense only beside {@code other}. */
    record Needs(String name, String other) implements Rule {}
  }
}
