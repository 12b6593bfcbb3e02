package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the text of a type by recursive descent. */
final class TypeText {
  private static final int MAX_DEPTH = 20;

  /** Names from other languages, each with ours. */
  private static final Map<String, String> FOREIGN =
      Map.ofEntries(
          Map.entry("int", "integer"),
          Map.entry("long", "integer"),
          Map.entry("str", "string"),
          Map.entry("text", "string"),
          Map.entry("bool", "boolean"),
          Map.entry("float", "number"),
          Map.entry("double", "number"),
          Map.entry("array", "list"),
          Map.entry("dict", "map"),
          Map.entry("object", "map"),
          Map.entry("timestamp", "datetime"),
          Map.entry("json", "any"));

  private final String text;
  private int at;

  TypeText(String text) {
    this.text = text;
  }

  ValueType read() {
    ValueType type = type(0);
    blanks();
    if (at < text.length()) {
      throw fault("unexpected `" + text.substring(at) + "`");
    }
    return type;
  }

  private ValueType type(int depth) {
    if (depth > MAX_DEPTH) {
      throw fault("nested more than " + MAX_DEPTH + " deep");
    }
    blanks();
    if (accept('{')) {
      return object(depth);
    }
    String name = name("a type");
    return switch (name) {
      case "list" -> new ValueType.ListOf(element(depth));
      case "map" -> new ValueType.MapOf(element(depth));
      default -> scalar(name);
    };
  }

  private ValueType element(int depth) {
    blanks();
    if (!accept('<')) {
      return ValueType.ANY;
    }
    ValueType element = type(depth + 1);
    expect('>');
    return element;
  }

  private ValueType object(int depth) {
    List<ValueType.Member> members = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    do {
      blanks();
      String name = name("a name");
      if (!names.add(name)) {
        throw fault("`" + name + "` stands twice");
      }
      expect(':');
      members.add(new ValueType.Member(name, type(depth + 1)));
      blanks();
    } while (accept(','));
    expect('}');
    return new ValueType.ObjectOf(members);
  }

  private ValueType scalar(String name) {
    for (ValueType.Scalar scalar : ValueType.Scalar.values()) {
      if (scalar.text().equals(name)) {
        return scalar;
      }
    }
    Optional<String> meant =
        Optional.ofNullable(FOREIGN.get(name)).or(() -> Nearest.to(name, names()));
    throw new IllegalArgumentException(
        "unknown type `"
            + name
            + "`; "
            + meant
                .map(word -> "did you mean `" + word + "`?")
                .orElse("known: " + String.join(", ", names())));
  }

  /** The words a type may start with. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (ValueType.Scalar scalar : ValueType.Scalar.values()) {
      names.add(scalar.text());
    }
    names.add("list");
    names.add("map");
    return names;
  }

  private String name(String what) {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at), at == start)) {
      at++;
    }
    if (at == start) {
      throw fault(
          "expected "
              + what
              + (at < text.length() ? " instead of `" + text.substring(at) + "`" : " at the end"));
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || (!first && ((c >= '0' && c <= '9') || c == '-'));
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    blanks();
    if (!accept(c)) {
      throw fault("`" + c + "` is missing");
    }
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException(
        "`"
            + text
            + "` is not a type: "
            + what
            + "; write it as string, list<integer> or {rows: integer}");
  }
}
