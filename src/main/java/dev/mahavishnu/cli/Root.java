package dev.mahavishnu.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that all others stand under. */
@Command(
    name = "mahavishnu",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Root.Versions.class,
    sortOptions = false,
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n",
    commandListHeading = "%nCommands:%n",
    description = "A conversational workflow shell: durable flows on this machine.")
final class Root implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "-C",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The workspace; by default found from the current folder upward.")
  @Nullable Path folder;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      description = "auto, always or never.")
  Configuration.@Nullable Color color;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Overrules a key of the configuration; may be repeated.")
  List<String> settings = new ArrayList<>();

  /** What {@code --version} prints. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mahavishnu " + Version.TEXT};
    }
  }

  Workbench.Globals globals() {
    return new Workbench.Globals(Optional.ofNullable(folder), Optional.ofNullable(color), settings);
  }

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "say what to do");
  }
}
