package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineLimits;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.prefect.PrefectAdapter;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.store.StoreOptions;
import dev.mahavishnu.task.Orphans;
import dev.mahavishnu.view.Palette;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the commands work with, each part made when it is first asked for: a command that needs no
 * engine never loads one. What it has made, several threads may ask for; a command line is for one.
 */
public final class Workbench implements AutoCloseable {
  private static final String PREFECT = "prefect";
  private static final List<String> ADAPTERS = List.of("embedded", PREFECT);

  private final Env env;
  private final Optional<Displays> displays;
  private final Kept kept;
  private final AtomicReference<Optional<RunId>> debugged;
  private final boolean first;
  private @Nullable PrintStream diverted;
  private Globals session = Globals.NONE;
  private Globals globals = Globals.NONE;
  private List<String> words = List.of();
  private @Nullable Workspace workspace;
  private @Nullable Settings settings;
  private @Nullable Configuration configuration;
  private @Nullable ModelInForce model;
  private @Nullable Store store;
  private @Nullable Expressions expressions;
  private @Nullable Flows flows;
  private @Nullable Engine engine;

  public Workbench(Env env) {
    this(env, Optional.empty());
  }

  Workbench(Env env, Optional<Displays> displays) {
    this(env, displays, new Kept(env.stderr()), new AtomicReference<>(Optional.empty()), true);
  }

  private Workbench(
      Env env,
      Optional<Displays> displays,
      Kept kept,
      AtomicReference<Optional<RunId>> debugged,
      boolean first) {
    this.debugged = debugged;
    this.env = env;
    this.displays = displays;
    this.kept = kept;
    this.first = first;
  }

  /**
   * A workbench for another command line of the same session, with all that is made already. To be
   * used by another thread, while this one goes on.
   */
  Workbench child() {
    return copy(env, displays);
  }

  /** The same in another environment. */
  Workbench in(Env other, Displays shown) {
    return copy(other, Optional.of(shown));
  }

  /** As the other one, where runs are shown the usual way. */
  Workbench in(Env other) {
    return copy(other, displays);
  }

  private synchronized Workbench copy(Env to, Optional<Displays> shown) {
    Workbench child = new Workbench(to, shown, kept, debugged, false);
    child.session = session;
    child.globals = globals;
    child.workspace = workspace;
    child.settings = settings;
    child.configuration = configuration;
    child.model = model;
    child.store = store;
    child.expressions = expressions;
    // They read the standard input of the environment that they were made for.
    child.flows = to.equals(env) ? flows : null;
    child.engine = engine;
    return child;
  }

  /** Whether the command is one of many of a session or a script, and not the process's own. */
  boolean isOfMany() {
    return !first;
  }

  /** What belongs to the session. */
  Kept kept() {
    return kept;
  }

  /** How runs are shown, where it is not the usual way. */
  Optional<Displays> displays() {
    return displays;
  }

  /** A place for lines that change; standard output must be a terminal. */
  Board board() {
    return displays.map(Displays::board).orElseGet(() -> new Painting(out()));
  }

  /** Shows runs. */
  interface Displays {
    RunDisplay of(RunId run, RunHistory history);

    /** A place for lines that change, until it is closed. */
    Board board();

    /**
     * Runs a program that has the terminal meanwhile.
     *
     * @return its exit code
     */
    int lend(List<String> command);
  }

  /**
   * Takes what was said on a command line. What it does not say is as it was for the whole session.
   *
   * @param line all of its words
   */
  synchronized void use(Globals said, List<String> line) {
    words = List.copyOf(line);
    Globals now = said.over(session);
    if (!now.equals(globals)) {
      globals = now;
      workspace = null;
      settings = null;
      configuration = null;
      model = null;
      store = null;
      flows = null;
      engine = null;
    }
  }

  /** What the last command line said holds for all that follow. */
  void keep() {
    session = globals;
  }

  /** The words of the command line. */
  List<String> words() {
    return words;
  }

  /** The folder given with {@code -C}. */
  Optional<Path> folder() {
    return globals.folder().map(f -> env.cwd().resolve(f).normalize());
  }

  public Env env() {
    return env;
  }

  PrintStream out() {
    PrintStream now = diverted;
    return now == null ? env.stdout() : now;
  }

  /** Takes what commands of this workbench print from now on; empty: standard output does. */
  void divert(Optional<PrintStream> to) {
    diverted = to.orElse(null);
  }

  PrintStream err() {
    return env.stderr();
  }

  synchronized Workspace workspace() {
    if (workspace == null) {
      workspace = Workspace.find(globals.folder(), env.cwd());
    }
    return workspace;
  }

  synchronized Settings settings() {
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

  public synchronized Configuration configuration() {
    if (configuration == null) {
      configuration = Configuration.of(settings());
    }
    return configuration;
  }

  /** The model that sentences go to. */
  synchronized ModelInForce model() {
    if (model == null) {
      model = ModelInForce.of(env, workspace(), settings());
    }
    return model;
  }

  /** The Prefect server, one for all workbenches of a session. */
  public PrefectInForce prefect() {
    Workspace place = workspace();
    Settings set = settings();
    return kept.get(PrefectInForce.class, globals(), () -> PrefectInForce.of(env, place, set));
  }

  private synchronized Globals globals() {
    return globals;
  }

  /** What standard output can show. */
  public Palette palette() {
    return palette(env.screen().stdout());
  }

  /** What standard error can show. */
  Palette errorPalette() {
    return palette(env.screen().stderr());
  }

  private Palette palette(boolean terminal) {
    return Palettes.of(env, configuration().output(), terminal);
  }

  /** Cells of a line on standard output; where it is no terminal, lines are not cut. */
  int width() {
    return env.screen().stdout() ? env.screen().size().now().columns() : 10_000;
  }

  /** The store, made where nothing was stored yet. */
  public synchronized Store store() {
    if (store == null) {
      Path state = workspace().createState();
      // Read by logback.xml when something first logs, which is after this: the first store wins.
      System.getProperties().putIfAbsent("mahavishnu.log", state + "/log/mahavishnu.log");
      store = Store.open(state, env.clock(), storeOptions());
    }
    return store;
  }

  private StoreOptions storeOptions() {
    StoreOptions standard = StoreOptions.DEFAULT;
    Configuration.Stored limits = configuration().store();
    return new StoreOptions(
        configuration().engine().durability(),
        limits.resultLimit(),
        limits.taskLogLimit(),
        limits.runLogLimit(),
        standard.segmentLimit(),
        standard.checkpointEvery());
  }

  /** The runs of the workspace; empty where nothing was stored yet, and then nothing is made. */
  public Optional<RunHistory> history() {
    return store != null || Files.isDirectory(workspace().state())
        ? Optional.of(store().history())
        : Optional.empty();
  }

  synchronized Expressions expressions() {
    if (expressions == null) {
      expressions = new Expressions();
    }
    return expressions;
  }

  synchronized Flows flows() {
    if (flows == null) {
      flows = new Flows(env, workspace(), new FlowReader(expressions()));
    }
    return flows;
  }

  /** The embedded engine. */
  public synchronized Engine engine() {
    if (engine == null) {
      Configuration.Engine limits = configuration().engine();
      Map<String, Integer> tags = new LinkedHashMap<>();
      limits.limits().forEach(l -> tags.put(l.tag(), l.limit()));
      engine =
          new Engine(
              store(),
              expressions(),
              secrets(),
              runners(),
              new EngineLimits(limits.concurrency(), tags, limits.grace(), limits.killBound()),
              env.clock(),
              new SplittableRandom(),
              flows()::source,
              Orphans::end);
      if (prefect().mirror()) {
        engine = engine.telling(mirror()::follow);
      }
    }
    return engine;
  }

  /**
   * What shows the runs of this workspace on the server.
   *
   * @throws CommandFailure when no server is configured
   */
  synchronized MirrorInForce mirror() {
    PrefectInForce server = prefect();
    Store runs = store();
    MirrorInForce.Words say =
        new MirrorInForce.Words(err()::println, kept.end()::println, commandLine("prefect sync"));
    return kept.get(MirrorInForce.class, globals(), () -> new MirrorInForce(server, runs, say));
  }

  private static List<TaskRunner> runners() {
    return ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  Secrets secrets() {
    return new Secrets(env.variables(), workspace().state().resolve("secrets"));
  }

  /** Says whether {@link #adapter} would give one, without making anything. */
  void checkAdapter(String name) {
    if (!ADAPTERS.contains(name)) {
      throw CommandFailure.usage("no adapter `" + name + "`" + Hints.like(name, ADAPTERS));
    }
    if (name.equals(PREFECT) && !configuration().prefect().enabled()) {
      throw CommandFailure.configuration(
          "--adapter prefect is switched off: prefect.enabled is false, set by "
              + settings().value(PrefectConfiguration.ENABLED).origin());
    }
  }

  /**
   * Where a flow runs.
   *
   * @param name as {@code --adapter} names it
   * @param say takes the line that an adapter has to say about where it runs
   */
  public Adapter adapter(String name, Consumer<String> say) {
    checkAdapter(name);
    if (name.equals(PREFECT) && prefect().isConfigured() && !prefect().mirror()) {
      throw CommandFailure.configuration(
          "--adapter prefect shows the run on the server, but prefect.mirror is false, set by "
              + settings().value(PrefectConfiguration.MIRROR).origin());
    }
    return name.equals(PREFECT)
        ? new PrefectAdapter(
            prefect().client(), this::engine, run -> mirror().mirrors().page(run), say)
        : engine();
  }

  /** Notes the run that is debugged in this session from here on. */
  void debugs(RunId run) {
    debugged.set(Optional.of(run));
  }

  void debugsNoMore() {
    debugged.set(Optional.empty());
  }

  /** The run that is debugged in this session. */
  Optional<RunId> debugged() {
    return Objects.requireNonNull(debugged.get());
  }

  /** Who gives commands, for the record. */
  String person() {
    return env.variable("USER").or(() -> env.variable("LOGNAME")).orElse("somebody");
  }

  /** The run that this session began or took up last, by whatever command. */
  Optional<RunId> lastRun() {
    return kept.lastRun();
  }

  /** A run of this session began, or goes on. */
  void began(RunId run) {
    kept.began(run);
  }

  /** A command as the person would type it here to mean the same workspace. */
  String commandLine(String words) {
    return displays.isPresent()
        ? words
        : "mahavishnu " + globals.folder().map(f -> "-C " + f + " ").orElse("") + words;
  }

  @Override
  public void close() {
    if (first) {
      kept.close();
    }
    env.stdout().flush();
    env.stderr().flush();
  }
}
