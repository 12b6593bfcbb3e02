package dev.mahavishnu.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A word about the draft, or about the shell, that is one only if it stands alone. */
enum Verb {
  RUN("run the draft; `run &` in the background"),
  SAVE("write the draft to flows/; `save NAME` under another name"),
  SHOW("show the draft"),
  DIFF("compare the draft with the saved flow"),
  EDIT("open the draft in an editor"),
  UNDO("take back the last change of the draft"),
  DISCARD("put the draft away"),
  HELP("what can be said here"),
  EXIT("leave the shell"),
  QUIT("leave the shell");

  private final String description;

  Verb(String description) {
    this.description = description;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  static Optional<Verb> of(String word) {
    return Arrays.stream(values()).filter(v -> v.text().equals(word)).findFirst();
  }

  /** Whether this verb with these words after it is still the verb, and no sentence. */
  boolean takes(List<String> rest) {
    return switch (this) {
      case SAVE -> rest.isEmpty() || (rest.size() == 1 && isName(rest.getFirst()));
      case RUN -> rest.isEmpty() || isParameters(rest);
      case HELP, SHOW, DIFF, EDIT, UNDO, DISCARD, EXIT, QUIT -> rest.isEmpty();
    };
  }

  private static boolean isName(String word) {
    return word.matches("[a-z_][a-z0-9_-]{0,99}");
  }

  private static boolean isParameters(List<String> rest) {
    int i = 0;
    while (i < rest.size()) {
      String word = rest.get(i);
      if (word.startsWith("--param=")) {
        i++;
      } else if (word.equals("--param") && i + 1 < rest.size() && rest.get(i + 1).contains("=")) {
        i += 2;
      } else {
        return false;
      }
    }
    return true;
  }
}
