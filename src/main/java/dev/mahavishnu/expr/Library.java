package dev.mahavishnu.expr;

import dev.mahavishnu.spec.Nearest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every function of the language, by name, way of writing and number of arguments. */
final class Library {
  private static final Map<String, Function> FUNCTIONS = new HashMap<>();
  private static final Set<String> NAMES = new TreeSet<>();

  /** What people bring from other languages. */
  private static final Map<String, String> SYNONYMS =
      Map.ofEntries(
          Map.entry("len", "size(x)"),
          Map.entry("length", "size(x)"),
          Map.entry("str", "string(x)"),
          Map.entry("float", "double(x)"),
          Map.entry("toLowerCase", "x.lower()"),
          Map.entry("lowerAscii", "x.lower()"),
          Map.entry("toUpperCase", "x.upper()"),
          Map.entry("upperAscii", "x.upper()"),
          Map.entry("strip", "x.trim()"),
          Map.entry("startswith", "x.startsWith(…)"),
          Map.entry("endswith", "x.endsWith(…)"),
          Map.entry("any", "xs.exists(x, …)"),
          Map.entry("sorted", "xs.sort()"),
          Map.entry("unique", "xs.distinct()"),
          Map.entry("uint", "int(x)"),
          Map.entry("strftime", "d.format(\"yyyy-MM-dd\")"),
          Map.entry("timestamp", "a datetime as it is: it is a string"),
          Map.entry("duration", "d.seconds()"),
          Map.entry("now", "run.started, since an expression must give the same value each time"),
          Map.entry(
              "today", "run.started.date(), since an expression must give the same each time"));

  static {
    Stream.of(TextFunctions.all(), ListFunctions.all(), NumberFunctions.all(), DateFunctions.all())
        .flatMap(List::stream)
        .forEach(Library::add);
  }

  private Library() {}

  private static void add(Function function) {
    FUNCTIONS.put(key(function.name(), function.method(), function.wants().size()), function);
    NAMES.add(function.name());
  }

  /**
   * @param arguments how many, the target of a method among them
   */
  static Optional<Function> find(String name, boolean method, int arguments) {
    return Optional.ofNullable(FUNCTIONS.get(key(name, method, arguments)));
  }

  private static String key(String name, boolean method, int arguments) {
    return (method ? "." : "") + name + "/" + arguments;
  }

  static Stream<Function> all() {
    return FUNCTIONS.values().stream();
  }

  static boolean known(String name) {
    return NAMES.contains(name);
  }

  /** What to write instead of a function that is not there in this way. */
  static String hint(String name, boolean method, int arguments) {
    if (known(name)) {
      return all()
          .filter(f -> f.name().equals(name))
          .min(
              Comparator.<Function>comparingInt(f -> Math.abs(f.wants().size() - arguments))
                  .thenComparing(f -> f.method() != method))
          .map(f -> "write " + example(f))
          .orElse("");
    }
    String known = SYNONYMS.get(name);
    return known == null ? Nearest.hint(name, NAMES) : "use " + known;
  }

  private static String example(Function function) {
    List<String> wants = function.wants().stream().map(Want::text).toList();
    int first = function.method() ? 1 : 0;
    return (function.method() ? "x." : "")
        + function.name()
        + "("
        + String.join(", ", wants.subList(first, wants.size()))
        + ")"
        + (function.method() ? " with x " + wants.getFirst() : "");
  }
}
