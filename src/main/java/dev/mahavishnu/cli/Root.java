package dev.mahavishnu.cli;

import dev.mahavishnu.shell.Beginning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

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
  private final Workbench bench;

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

  @Option(
      names = "-c",
      paramLabel = "TEXT",
      description = "Do what TEXT says, as if it was typed in the shell.")
  @Nullable String text;

  @Option(names = "-f", paramLabel = "FILE", description = "Do what the file says, line by line.")
  @Nullable Path script;

  @Option(names = "--yes", description = "What a script runs may run. Answers no approval task.")
  boolean yes;

  @Option(names = "--keep-going", description = "A statement that fails stops no script.")
  boolean keepGoing;

  @Option(names = "--continue", description = "At a terminal: go on with the newest session.")
  boolean goOn;

  @Option(
      names = "--resume",
      paramLabel = "ID",
      arity = "0..1",
      fallbackValue = "",
      description = "At a terminal: go on with this session; without ID one of a list.")
  @Nullable String session;

  @Option(
      names = "--no-rc",
      description = "At a terminal: leave out what ~/.config/mahavishnu/rc says.")
  boolean noSettings;

  Root(Workbench bench) {
    this.bench = bench;
  }

  /** What {@code --version} prints. */
  static final class Versions implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mahavishnu " + Version.TEXT};
    }
  }

  Globals globals() {
    return new Globals(Optional.ofNullable(folder), Optional.ofNullable(color), settings);
  }

  @Override
  public Integer call() {
    if (text != null && script != null) {
      throw CommandFailure.usage("-c and -f: one of the two");
    }
    ShellStart shell = new ShellStart(bench, yes, keepGoing);
    Beginning beginning = beginning();
    if (!(beginning instanceof Beginning.Fresh) && (text != null || script != null)) {
      throw CommandFailure.usage("a script goes on with no session: leave out -c and -f");
    }
    if (text != null) {
      return shell.text(text);
    }
    return script != null ? shell.file(script) : shell.open(beginning, !noSettings);
  }

  private Beginning beginning() {
    if (goOn && session != null) {
      throw CommandFailure.usage("--continue and --resume: one of the two");
    }
    if (session != null) {
      return session.isEmpty() ? new Beginning.Chosen() : new Beginning.Of(session);
    }
    return goOn ? new Beginning.Newest() : new Beginning.Fresh();
  }
}
