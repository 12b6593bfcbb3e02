package dev.mahavishnu.spec;

/**
 * Why an expression can't stand at a place in a shell script, and how to pass its value instead.
 */
record ShellFault(String message, String hint) {
  static final ShellFault SINGLE_QUOTES =
      new ShellFault(
          "an expression in single quotes would stay as it is",
          "use double quotes, or pass it by `env` and write \"$NAME\"");

  static final ShellFault HEREDOC =
      new ShellFault(
          "an expression can't stand in a here-document",
          "pass it by `env` and write $NAME, with the delimiter unquoted");

  static final ShellFault COMMENT =
      new ShellFault("an expression in a comment does nothing", "write $${{ for a plain ${{");

  static final ShellFault ARITHMETIC =
      new ShellFault(
          "its value would be code in shell arithmetic",
          "compute it in the expression, or check it first: pass it by `env`");

  static final ShellFault PARAMETER =
      new ShellFault(
          "an expression can't stand inside ${…}", "pass it by `env` and use that variable");

  static final ShellFault BACKQUOTES =
      new ShellFault("an expression can't stand in backquotes", "write $(…), or pass it by `env`");

  static final ShellFault BACKSLASH =
      new ShellFault(
          "a backslash before an expression would split its quotes",
          "write $${{ for a plain ${{, or \\\\ for a backslash");

  static final ShellFault DOUBLE_BRACKET =
      new ShellFault("its value could be code inside [[ … ]]", "write [ … ], or pass it by `env`");

  static final ShellFault COMMAND =
      new ShellFault(
          "its value would choose the command",
          "name the program here, or use `argv` to run a program of its choice");

  static final ShellFault UNCERTAIN =
      new ShellFault(
          "shells differ in where the quotes before this end",
          "pass it by `env`, or write what comes before in a simpler way");

  /** The value would be code of a program. */
  static ShellFault code(String program) {
    return new ShellFault(
        "its value would be code for `" + program + "`",
        "pass it by `env` and let the code read it from its environment");
  }

  /** The value would be the script that a program runs. */
  static ShellFault script(String program) {
    return new ShellFault(
        "its value would choose what `" + program + "` runs",
        "name the script here, or the folder it is in");
  }

  /** The value would choose a variable. */
  static ShellFault name(String program) {
    return new ShellFault(
        "its value would be the name of a variable for `" + program + "`",
        "write the name and = before it, or pass it by `env`");
  }

  /** The value could be an option that runs code. */
  static ShellFault option(String program) {
    return new ShellFault(
        "its value could be an option of `" + program + "`", "write -- before it");
  }
}
