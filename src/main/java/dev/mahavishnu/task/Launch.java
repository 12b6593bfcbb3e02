package dev.mahavishnu.task;

import dev.mahavishnu.engine.TaskException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A program to start: what it is called with and what is added to its environment.
 *
 * @param argv program and arguments
 * @param environment added to the inherited one
 */
record Launch(List<String> argv, Map<String, String> environment, Path workingDir) {
  /** Linux takes 128 KiB in one argument or variable; this leaves room for its name. */
  static final int LONGEST_VALUE = 100 * 1024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  Launch {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
  }

  /** Refuses what no program can be passed; not retryable. */
  void check() throws TaskException {
    if (argv.getFirst().isEmpty() || argv.getFirst().startsWith("-")) {
      throw new TaskException("not a program: `" + argv.getFirst() + "`", false);
    }
    for (int i = 0; i < argv.size(); i++) {
      limit("argument " + i, argv.get(i));
    }
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (!NAME.matcher(variable.getKey()).matches()) {
        throw new TaskException("not a name of a variable: `" + variable.getKey() + "`", false);
      }
      limit("variable " + variable.getKey(), variable.getValue());
    }
  }

  private static void limit(String what, String value) throws TaskException {
    long bytes = bytes(what, value);
    if (bytes > LONGEST_VALUE) {
      throw new TaskException(
          what
              + " is "
              + bytes / 1024
              + " KiB long, at most 100 KiB can be passed; put it into a file",
          false);
    }
  }

  /** Length of a value as a program gets it; refuses what can't be passed in any way. */
  static long bytes(String what, String value) throws TaskException {
    if (value.indexOf('\0') >= 0) {
      throw new TaskException(
          what + " holds a NUL character, which no program can be passed", false);
    }
    return Utf8.encode(what, value).length;
  }

  /**
   * The shell commands that become this program; constant text and quoted values, nothing else. The
   * values go this way and not through Java's own, which encodes them by the locale.
   */
  String commands() {
    StringBuilder text = new StringBuilder();
    environment.forEach(
        (name, value) -> text.append("export " + name + "=" + quoted(value) + "\n"));
    text.append("set --");
    argv.forEach(argument -> text.append(' ').append(quoted(argument)));
    return text.append("\nexec \"$@\" </dev/null\n").toString();
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
