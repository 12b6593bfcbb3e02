package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Holds the page about the commands to the commands. */
final class CommandsPageTest {
  private static final Path PAGE = Path.of("docs/commands.md");
  private static final String MARK =
      "<!-- From here on as the commands say of themselves; CommandsPageTest holds it to them."
          + " -->\n";

  private static String generated() {
    Env env =
        new CommandLineOf(Path.of("/"))
            .env(new ByteArrayOutputStream(), new ByteArrayOutputStream());
    StringBuilder text = new StringBuilder();
    CommandSpec root = CommandTree.whole(new Workbench(env)).getCommandSpec();
    text.append("\n## Options of every command\n\n");
    table(text, options(root, true));
    text.append("\n## The shell\n\nWithout a command: at a terminal the shell, else what comes");
    text.append(" through standard input.\n\n");
    table(text, options(root, false));
    add(text, root);
    return text.toString();
  }

  private static List<ArgSpec> options(CommandSpec root, boolean everywhere) {
    return root.options().stream()
        .filter(o -> everywhere == (isEverywhere(o) || o.scopeType() == ScopeType.INHERIT))
        .map(o -> (ArgSpec) o)
        .toList();
  }

  private static void add(StringBuilder text, CommandSpec command) {
    for (CommandLine below : command.subcommands().values()) {
      CommandSpec spec = below.getCommandSpec();
      if (spec.subcommands().isEmpty()) {
        text.append("\n## ").append(String.join(" ", CommandTree.path(below))).append("\n\n");
        text.append(String.join("\n", spec.usageMessage().description())).append('\n');
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream().filter(o -> !o.inherited() && !o.hidden()).forEach(arguments::add);
        arguments.removeIf(a -> a instanceof OptionSpec o && isEverywhere(o));
        if (!arguments.isEmpty()) {
          text.append('\n');
          table(text, arguments);
        }
        text.append("\n```\n");
        Examples.of(spec).forEach(line -> text.append("mahavishnu ").append(line).append('\n'));
        text.append("```\n");
      }
      add(text, spec);
    }
  }

  private static boolean isEverywhere(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static void table(StringBuilder text, List<ArgSpec> arguments) {
    text.append("| | |\n|---|---|\n");
    for (ArgSpec argument : arguments) {
      text.append("| `")
          .append(argument instanceof OptionSpec o ? option(o) : argument.paramLabel())
          .append("` | ")
          .append(String.join(" ", argument.description()).replace("|", "\\|"))
          .append(" |\n");
    }
  }

  private static String option(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + Objects.toString(option.paramLabel());
  }

  @Test
  void the_page_says_of_every_command_what_it_says_of_itself() throws IOException {
    String page = Files.exists(PAGE) ? Files.readString(PAGE) : MARK;
    String head = page.substring(0, page.indexOf(MARK) + MARK.length());
    if (Boolean.getBoolean("commands.write")) {
      Files.writeString(PAGE, head + generated());
    }

    assertThat(Files.readString(PAGE))
        .as("write it with -Dcommands.write=true")
        .isEqualTo(head + generated());
  }
}
