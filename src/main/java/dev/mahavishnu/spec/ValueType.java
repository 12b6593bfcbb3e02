package dev.mahavishnu.spec;

import java.util.List;

/** The type of a parameter, an output or an expression. */
public sealed interface ValueType {
  ValueType ANY = Scalar.ANY;

  /**
   * Reads a type: the reverse of {@link #text}. A bare {@code list} or {@code map} has elements of
   * any type.
   *
   * @throws IllegalArgumentException when the text is none; the message is one line for people
   */
  static ValueType of(String text) {
    return new TypeText(text).read();
  }

  /** As written in a spec: {@code list<string>}. */
  String text();

  /** Types without parts; {@code date} and {@code datetime} are ISO 8601 strings. */
  enum Scalar implements ValueType {
    ANY("any"),
    STRING("string"),
    INTEGER("integer"),
    NUMBER("number"),
    BOOLEAN("boolean"),
    DATE("date"),
    DATETIME("datetime"),
    DURATION("duration");

    private final String text;

    Scalar(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** {@code list<element>}. */
  record ListOf(ValueType element) implements ValueType {
    @Override
    public String text() {
      return "list<" + element.text() + ">";
    }
  }

  /** {@code map<element>}: an object with any names and one type of value. */
  record MapOf(ValueType element) implements ValueType {
    @Override
    public String text() {
      return "map<" + element.text() + ">";
    }
  }

  /** {@code {rows: integer, path: string}}: an object with at least these names. */
  record ObjectOf(List<Member> members) implements ValueType {
    public ObjectOf {
      members = List.copyOf(members);
    }

    @Override
    public String text() {
      return members.stream()
          .map(m -> m.name() + ": " + m.type().text())
          .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
    }
  }

  /** A name of an object and its type. */
  record Member(String name, ValueType type) {}
}
