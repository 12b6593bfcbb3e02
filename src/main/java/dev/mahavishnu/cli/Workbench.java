package dev.mahavishnu.cli;

import dev.mahavishnu.view.Palette;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands work with, each part made when it is first asked for: a command that needs no
 * engine never loads one. For one thread.
 */
public final class Workbench implements AutoCloseable {
  private final Env env;
  private Globals globals = Globals.NONE;
  private @Nullable Workspace workspace;
  private @Nullable Settings settings;
  private @Nullable Configuration configuration;

  /**
   * What may be said with every command.
   *
   * @param settings {@code key=value}
   */
  record Globals(
      Optional<Path> folder, Optional<Configuration.Color> color, List<String> settings) {
    static final Globals NONE = new Globals(Optional.empty(), Optional.empty(), List.of());

    Globals {
      settings = List.copyOf(settings);
    }
  }

  public Workbench(Env env) {
    this.env = env;
  }

  /** Takes what was said on the command line, before anything is made. */
  void use(Globals said) {
    globals = said;
  }

  /** The folder given with {@code -C}. */
  Optional<Path> folder() {
    return globals.folder().map(f -> env.cwd().resolve(f).normalize());
  }

  public Env env() {
    return env;
  }

  PrintStream out() {
    return env.stdout();
  }

  PrintStream err() {
    return env.stderr();
  }

  Workspace workspace() {
    if (workspace == null) {
      workspace = Workspace.find(globals.folder(), env.cwd());
    }
    return workspace;
  }

  Settings settings() {
    if (settings == null) {
      settings = new ConfigurationReader(env).read(workspace(), globals.settings());
      globals.color().ifPresent(this::overrule);
    }
    return settings;
  }

  private void overrule(Configuration.Color color) {
    String text = color.name().toLowerCase(Locale.ROOT);
    settings().put(Configuration.OUTPUT_COLOR, new Settings.Value(text, "--color"));
  }

  public Configuration configuration() {
    if (configuration == null) {
      configuration = Configuration.of(settings());
    }
    return configuration;
  }

  /** What standard output can show. */
  public Palette palette() {
    boolean color =
        switch (configuration().output().color()) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> env.screen().stdout() && wantsColor();
        };
    return new Palette(color, showsUnicode());
  }

  private boolean wantsColor() {
    return env.variable("NO_COLOR").isEmpty() && !env.variable("TERM").orElse("").equals("dumb");
  }

  private boolean showsUnicode() {
    String locale =
        env.variable("LC_ALL")
            .or(() -> env.variable("LC_CTYPE"))
            .or(() -> env.variable("LANG"))
            .orElse("")
            .toUpperCase(Locale.ROOT);
    return locale.contains("UTF-8") || locale.contains("UTF8");
  }

  /** Cells of a line on standard output; where it is no terminal, lines are not cut. */
  int width() {
    return env.screen().stdout() ? env.screen().size().now().columns() : 10_000;
  }

  @Override
  public void close() {
    env.stdout().flush();
    env.stderr().flush();
  }
}
