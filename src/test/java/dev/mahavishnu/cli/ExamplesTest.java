package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Each command has examples, which are what they say. */
final class ExamplesTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final Workbench bench =
      new Workbench(
          new CommandLineOf(Path.of("/"))
              .env(new ByteArrayOutputStream(), new ByteArrayOutputStream()));

  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  private static List<CommandSpec> commands(CommandSpec above) {
    List<CommandSpec> found = new ArrayList<>();
    for (CommandLine below : above.subcommands().values()) {
      if (CommandTree.isCommand(below)) {
        found.add(below.getCommandSpec());
      }
      found.addAll(commands(below.getCommandSpec()));
    }
    return found;
  }

  @Test
  void each_command_has_one_at_least_and_each_is_a_line_of_that_command() {
    List<CommandSpec> commands = commands(CommandTree.whole(bench).getCommandSpec());
    assertThat(commands).hasSizeGreaterThan(40);
    for (CommandSpec command : commands) {
      List<String> path = CommandTree.path(command.commandLine());
      assertThat(Examples.of(command)).as(String.join(" ", path)).isNotEmpty();
      for (String example : Examples.of(command)) {
        List<String> words = words(example);
        CommandLine.ParseResult last =
            Cli.tree(bench, Set.copyOf(words)).parseArgs(words.toArray(String[]::new));
        while (last.hasSubcommand()) {
          last = last.subcommand();
        }
        assertThat(CommandTree.path(last.commandSpec().commandLine())).as(example).isEqualTo(path);
      }
    }
  }

  @Test
  void help_ends_with_them_as_they_are_typed_there() {
    assertThat(new CommandLineOf(Path.of("/")).run("run", "resume", "--help").out())
        .endsWith(
            """

            Examples:
              mahavishnu run resume last
              mahavishnu run resume k7q2 --spec flows/orders.yaml --dry-run
            """);
    assertThat(new CommandLineOf(Path.of("/")).run("-C", "/tmp", "doctor", "--help").out())
        .endsWith("Examples:\n  mahavishnu -C /tmp doctor\n");
    assertThat(new CommandLineOf(Path.of("/")).run("run", "--help").out())
        .doesNotContain("Examples:");
  }
}
