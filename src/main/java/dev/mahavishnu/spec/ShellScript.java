package dev.mahavishnu.spec;

import java.util.List;

/**
 * A POSIX shell script with the values taken out: the script never changes with them, so a value
 * can't become code. The n-th expression, from 1, stands in the script as the variable {@code
 * MV_n}, quoted for its place: {@code "$MV_1"} as a bare word, {@code ${MV_1}} inside double
 * quotes.
 *
 * @param script what the shell gets
 * @param expressions in the order of their variables
 */
public record ShellScript(String script, List<Template.Part.Expression> expressions) {
  public ShellScript {
    expressions = List.copyOf(expressions);
  }

  /**
   * Takes the expressions out of a command.
   *
   * @throws TemplateException when an expression is broken, or stands where its value would be code
   *     or nothing; it names every such place, and how to pass the value instead
   */
  public static ShellScript of(String command) {
    return new ShellScanner(Template.of(command)).scan();
  }

  /** The variable that the n-th expression became, from 1. */
  public static String variable(int n) {
    return "MV_" + n;
  }
}
