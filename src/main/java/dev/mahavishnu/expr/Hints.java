package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.Nearest;
import java.util.Collection;
import java.util.Locale;

/** Suggestions in one session. Looking through thousands of names for each of thousands is not. */
final class Hints {
  private static final int MANY = 500;
  private final Scope scope;
  private int searches = 20;

  Hints(Scope scope) {
    this.scope = scope;
  }

  /** {@code did you mean `day`?}, or empty. */
  String near(String wrong, Collection<String> names) {
    if (names.size() > MANY && --searches < 0) {
      return "";
    }
    return Nearest.hint(wrong, names);
  }

  /** For a name that stands alone and is none of the language's; may be empty. */
  String alone(String name) {
    if (scope.parameters().containsKey(name)) {
      return "did you mean `params." + name + "`?";
    }
    if (scope.outputs().containsKey(name)) {
      return "did you mean `tasks." + name + ".output`?";
    }
    if (scope.secrets().contains(name)) {
      return "did you mean `secrets." + name + "`?";
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "param", "parameters", "inputs", "input" -> "did you mean `params`?";
      case "task", "steps" -> "did you mean `tasks`?";
      case "env", "secret" -> "did you mean `secrets`?";
      default -> "";
    };
  }
}
