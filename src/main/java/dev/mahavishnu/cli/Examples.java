package dev.mahavishnu.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command may look like: lines that stand in its {@code footer}, as the shell takes them.
 */
final class Examples {
  private Examples() {}

  static List<String> of(CommandSpec command) {
    return List.of(command.usageMessage().footer());
  }

  /** Has the command's help end with its examples, as they are typed where the help is read. */
  static void show(CommandSpec command, Workbench bench) {
    String[] lines =
        Arrays.stream(command.usageMessage().footer())
            .map(line -> "  " + bench.commandLine(line).replace("%", "%%"))
            .toArray(String[]::new);
    if (lines.length > 0) {
      command.usageMessage().footerHeading("%nExamples:%n").footer(lines);
    }
  }
}
