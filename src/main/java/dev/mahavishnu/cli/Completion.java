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
  private CommandSpec command;
  private int positionals;
  private @Nullable OptionSpec open;
  private final Set<String> said = new TreeSet<>();

  Completion(CommandLine tree) {
    this.command = tree.getCommandSpec();
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

  private List<Candidate> options() {
    return command.options().stream()
        .filter(o -> !o.hidden())
        .filter(o -> o.isMultiValue() || Arrays.stream(o.names()).noneMatch(said::contains))
        .map(o -> word(o.longestName(), o.description()))
        .toList();
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

  private static List<Candidate> values(ArgSpec argument) {
    Class<?> type = argument.type();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(e -> new Candidate(Objects.toString(e).toLowerCase(Locale.ROOT), "", Kind.WORD))
          .toList();
    }
    String description = String.join(" ", argument.description());
    return kinds(argument.paramLabel()).stream()
        .map(kind -> new Candidate("", description, kind))
        .toList();
  }

  /** What a parameter takes, by the word that stands for it in help. */
  private static List<Kind> kinds(String label) {
    return switch (label) {
      case "RUN" -> List.of(Kind.RUN);
      case "FLOW_OR_RUN" -> List.of(Kind.FLOW, Kind.RUN, Kind.FILE);
      case "FLOW", "BEFORE", "AFTER" -> List.of(Kind.FLOW, Kind.FILE);
      case "NAME" -> List.of(Kind.FLOW);
      case "TASK" -> List.of(Kind.TASK);
      case "FILE", "DIR" -> List.of(Kind.FILE);
      default -> List.of(Kind.VALUE);
    };
  }

  private static Candidate word(String text, String[] description) {
    return new Candidate(text, String.join(" ", description), Kind.WORD);
  }
}
