package dev.mahavishnu.cli;

import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The flows of a workspace, and behind them those that came with the program. */
final class Flows {
  /** The line of a flow's name, in YAML or JSON. */
  private static final Pattern NAME =
      Pattern.compile("(?m)(?:^|[{,])\\s*\"?flow\"?\\s*:\\s*[\"']?([A-Za-z_][\\w-]*)");

  private static final Set<String> KINDS = Set.of("yaml", "yml", "json");

  private final Env env;
  private final List<Path> folders = new ArrayList<>();
  private final FlowReader reader;

  /**
   * A file that should hold a flow.
   *
   * @param shown the file as a person would write it
   * @param text what it holds
   */
  record Entry(Path file, String shown, String text, ReadResult result) {
    /** The flow's name, or the file's where it can't be read. */
    String name() {
      return source().map(s -> s.flow().name()).orElse(stem(file));
    }

    Optional<FlowSource> source() {
      return result instanceof ReadResult.Valid valid
          ? Optional.of(valid.source())
          : Optional.empty();
    }
  }

  Flows(Env env, Workspace workspace, FlowReader reader) {
    this.env = env;
    this.reader = reader;
    folders.add(workspace.flows());
    Home.find(env)
        .map(Home::flows)
        .filter(f -> !f.equals(workspace.flows()))
        .ifPresent(folders::add);
  }

  /** All flows, by name; one of the workspace hides one of the same name that came along. */
  List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Path folder : folders) {
      List<Entry> here = files(folder).stream().map(this::read).toList();
      here.stream().filter(e -> !names.contains(e.name())).forEach(all::add);
      here.forEach(e -> names.add(e.name()));
    }
    all.sort(java.util.Comparator.comparing(Entry::name).thenComparing(Entry::shown));
    return all;
  }

  /** The names of all flows, looked up without validating any: a planner asks at each request. */
  Set<String> names() {
    return texts().stream().map(Text::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A file that should hold a flow.
   *
   * @param name as it seems to be, the file's where none is seen
   */
  record Text(String name, Path file, String text) {}

  /** All flows, none validated; one of the workspace hides one of the same name that came along. */
  List<Text> texts() {
    List<Text> all = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Path folder : folders) {
      List<Text> here = files(folder).stream().map(Flows::textOf).toList();
      here.stream().filter(t -> !names.contains(t.name())).forEach(all::add);
      here.forEach(t -> names.add(t.name()));
    }
    return all;
  }

  private static Text textOf(Path file) {
    String text = text(file);
    Matcher name = NAME.matcher(text);
    return new Text(name.find() ? name.group(1) : stem(file), file, text);
  }

  /** The flow of this name, for a subflow; empty when there is none or it has problems. */
  Optional<FlowSource> source(String name) {
    return entry(name).flatMap(Entry::source);
  }

  /**
   * The flow that a person means by a name or a path.
   *
   * @throws CommandFailure when there is none
   * @throws InvalidFlow when it has problems
   */
  FlowSource find(String text) {
    return valid(entryOf(text));
  }

  /** As {@link #find}, of a flow's name. */
  FlowSource named(String name) {
    return valid(entryNamed(name));
  }

  /** As {@link #find}, of a path; {@code -} is standard input. */
  FlowSource file(String path) {
    return valid(entryAt(path));
  }

  /** As {@link #file}, of a flow whose files are in another folder. */
  FlowSource file(String path, Path folder) {
    Path file = env.cwd().resolve(path);
    String text = text(file);
    return valid(new Entry(file, path, text, reader.read(path, text, folder)));
  }

  Entry entryOf(String text) {
    return isPath(text) ? entryAt(text) : entryNamed(text);
  }

  /** Whether a person who says this means a file. */
  static boolean isPath(String text) {
    return text.equals("-") || text.contains("/") || KINDS.contains(kind(Path.of(text)));
  }

  Entry entryNamed(String name) {
    return entry(name).orElseThrow(() -> unknown(name));
  }

  private CommandFailure unknown(String name) {
    List<String> names = all().stream().map(Entry::name).toList();
    String end = names.isEmpty() ? "; there are no flows in " + folders.getFirst() : "";
    return CommandFailure.usage("no flow `" + name + "`" + Hints.like(name, names) + end);
  }

  Entry entryAt(String path) {
    if (path.equals("-")) {
      String text = standardInput();
      return new Entry(env.cwd(), "<stdin>", text, reader.read("<stdin>", text, env.cwd()));
    }
    Path file = env.cwd().resolve(path).normalize();
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.usage("no file " + path);
    }
    return read(file);
  }

  /** The flows of the workspace itself. */
  List<Entry> ofWorkspace() {
    return filesOfWorkspace().stream().map(this::read).toList();
  }

  List<Path> filesOfWorkspace() {
    return files(folders.getFirst());
  }

  private String standardInput() {
    try {
      return new String(env.stdin().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.usage("standard input can't be read: " + Reasons.of(e));
    }
  }

  private static FlowSource valid(Entry entry) {
    return switch (entry.result()) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> throw new InvalidFlow(invalid.problems(), entry.text());
    };
  }

  private Optional<Entry> entry(String name) {
    for (Path folder : folders) {
      List<Path> files = files(folder);
      // The file of that name first: then the others need not be read.
      List<Path> likely = files.stream().filter(f -> stem(f).equals(name)).toList();
      List<Path> others = files.stream().filter(f -> !stem(f).equals(name)).toList();
      Optional<Entry> found =
          Stream.concat(likely.stream(), others.stream())
              .map(this::read)
              .filter(e -> e.name().equals(name))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * What a file holds.
   *
   * @throws CommandFailure when it can't be read
   */
  Entry read(Path file) {
    String shown = Workspace.shown(file, env.cwd());
    String text = text(file);
    Path folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    return new Entry(file, shown, text, reader.read(shown, text, folder));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.usage(file + " can't be read: " + Reasons.of(e));
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> KINDS.contains(kind(f)) && Files.isRegularFile(f)).sorted().toList();
    } catch (IOException e) {
      throw CommandFailure.usage(folder + " can't be read: " + Reasons.of(e));
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String kind(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }
}
