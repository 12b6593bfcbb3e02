package dev.mahavishnu.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command may look like: lines that stand in its {@code footer}, as the shell takes them.
 * One that stands in two places has lines for both.
 */
final class Examples {
  private Examples() {}

  static List<String> of(CommandSpec command) {
    String path = String.join(" ", CommandTree.path(command.commandLine())) + " ";
    return Arrays.stream(command.usageMessage().footer())
        .filter(line -> (line + " ").startsWith(path))
        .toList();
  }

  /** Has the command's help end with its examples, as they are typed where the help is read. */
  static void show(CommandSpec command, Workbench bench) {
    String[] lines =
        of(command).stream()
            .map(line -> "  " + bench.commandLine(line).replace("%", "%%"))
            .toArray(String[]::new);
    if (lines.length > 0) {
      command.usageMessage().footerHeading("%nExamples:%n").footer(lines);
    }
  }
}
