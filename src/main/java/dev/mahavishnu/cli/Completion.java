package dev.mahavishnu.cli;

import dev.mahavishnu.shell.Commands.Candidate;
import dev.mahavishnu.shell.Commands.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What may stand next in a command line. */
final class Completion {
  private final Names names;
  private CommandSpec command;
  private int positionals;
  private @Nullable OptionSpec open;
  private final Set<String> said = new TreeSet<>();

  Completion(CommandLine tree, Names names) {
    this.command = tree.getCommandSpec();
    this.names = names;
  }

  /**
   * @param words before the one that is being typed
   * @param begun what there is of that one
   */
  List<Candidate> of(List<String> words, String begun) {
    words.forEach(this::take);
    if (open != null) {
      return values(open);
    }
    int equals = begun.indexOf('=');
    if (begun.startsWith("-") && equals > 0) {
      return valuesBehind(begun.substring(0, equals));
    }
    if (begun.startsWith("-")) {
      return options();
    }
    List<Candidate> candidates = new ArrayList<>(commands());
    positional().ifPresent(p -> candidates.addAll(values(p)));
    return candidates.isEmpty() ? options() : candidates;
  }

  private void take(String word) {
    CommandLine below = command.subcommands().get(word);
    if (open != null) {
      open = null;
    } else if (word.startsWith("-")) {
      said.add(word.contains("=") ? word.substring(0, word.indexOf('=')) : word);
      OptionSpec option = command.findOption(word);
      open = option != null && option.arity().max() > 0 ? option : null;
    } else if (below != null && positionals == 0) {
      command = below.getCommandSpec();
      said.clear();
    } else {
      positionals++;
    }
  }

  private List<Candidate> commands() {
    return positionals > 0
        ? List.of()
        : command.subcommands().entrySet().stream()
            .map(e -> word(e.getKey(), e.getValue().getCommandSpec().usageMessage().description()))
            .toList();
  }

  private Optional<PositionalParamSpec> positional() {
    return command.positionalParameters().stream()
        .filter(p -> p.index().contains(positionals))
        .findFirst();
  }

  /** The command's own before those of every command. */
  private List<Candidate> options() {
    List<OptionSpec> left =
        command.options().stream()
            .filter(o -> !o.hidden())
            .filter(o -> o.isMultiValue() || Arrays.stream(o.names()).noneMatch(said::contains))
            .toList();
    List<OptionSpec> ordered =
        new ArrayList<>(left.stream().filter(o -> !isEverywhere(o)).toList());
    left.stream().filter(Completion::isEverywhere).forEach(ordered::add);
    return ordered.stream().map(o -> word(o.longestName(), o.description())).toList();
  }

  private static boolean isEverywhere(OptionSpec option) {
    return option.inherited() || option.usageHelp() || option.versionHelp();
  }

  private List<Candidate> valuesBehind(String option) {
    OptionSpec spec = command.findOption(option);
    return spec == null
        ? List.of()
        : values(spec).stream()
            .map(
                c ->
                    c.kind() == Kind.WORD
                        ? new Candidate(option + "=" + c.text(), c.description(), Kind.WORD)
                        : c)
            .toList();
  }

  private List<Candidate> values(ArgSpec argument) {
    Class<?> type = argument.type();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(e -> Names.word(Objects.toString(e).toLowerCase(Locale.ROOT), ""))
          .toList();
    }
    String description = String.join(" ", argument.description());
    return switch (argument.paramLabel()) {
      case "RUN" -> kinds(description, Kind.RUN);
      case "FLOW|RUN" -> {
        List<Candidate> found = new ArrayList<>(names.flows());
        found.addAll(kinds(description, Kind.RUN));
        yield found;
      }
      case "TASK", "BREAKPOINT" -> kinds(description, Kind.TASK);
      case "FILE", "DIR" -> kinds(description, Kind.FILE);
      case "NAME=VALUE" -> kinds(description, Kind.PARAMETER);
      case "FLOW_OR_RUN" -> {
        List<Candidate> found = new ArrayList<>(names.flows());
        found.addAll(kinds(description, Kind.RUN));
        found.addAll(kinds(description, Kind.FILE));
        yield found;
      }
      case "FLOW", "BEFORE", "AFTER" -> {
        List<Candidate> found = new ArrayList<>(names.flows());
        found.addAll(kinds(description, Kind.FILE));
        yield found;
      }
      // A deployment is called as its flow, where nobody says otherwise; a server isn't asked here.
      case "DEPLOYMENT" -> names.flows();
      case "POOL" -> names.pools();
      case "ADAPTER" -> names.adapters();
      case "KEY=VALUE" -> names.settings();
      case "ZONE" -> names.zones();
      case "STATE" -> names.ends();
      case "true|false" -> List.of(Names.word("true", ""), Names.word("false", ""));
      case "NAME" -> named(argument, description);
      default -> kinds(description, Kind.VALUE);
    };
  }

  /** What an option whose value is some name names. */
  private List<Candidate> named(ArgSpec argument, String description) {
    String option = argument instanceof OptionSpec o ? o.longestName() : "";
    boolean ofFlow = command.positionalParameters().stream().anyMatch(p -> isFlow(p.paramLabel()));
    return switch (option) {
      case "--env", "--from", "--to" -> names.environments();
      case "--flow" -> names.flows();
      case "--name" -> ofFlow ? names.flows() : kinds(description, Kind.VALUE);
      default -> kinds(description, Kind.VALUE);
    };
  }

  private static boolean isFlow(String label) {
    return label.equals("FLOW");
  }

  private static List<Candidate> kinds(String description, Kind kind) {
    return List.of(new Candidate("", description, kind));
  }

  private static Candidate word(String text, String[] description) {
    return Names.word(text, String.join(" ", description));
  }
}
