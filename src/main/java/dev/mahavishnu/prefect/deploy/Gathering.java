package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.engine.NamedFiles;
import dev.mahavishnu.prefect.deploy.BundledFlow.BundledFile;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Gathers what a flow needs to run elsewhere: its files, and the flows that it runs, with theirs.
 */
final class Gathering {
  /** Where a workspace keeps its runs, keys and secrets. */
  private static final String STATE = ".mahavishnu";

  private final Function<String, Optional<FlowSource>> flows;
  private final Map<String, BundledFlow> gathered = new LinkedHashMap<>();
  private final Reading reading;

  /** What becomes of a file. */
  interface Reading {
    /**
     * @param path as the bundle names it
     */
    BundledFile read(Path file, String path) throws IOException;
  }

  private Gathering(Function<String, Optional<FlowSource>> flows, Reading reading) {
    this.flows = flows;
    this.reading = reading;
  }

  /** The flow first, then those that it runs, each once. */
  static List<BundledFlow> of(
      FlowSource source, Function<String, Optional<FlowSource>> flows, Reading reading) {
    Gathering gathering = new Gathering(flows, reading);
    gathering.add(source);
    return List.copyOf(gathering.gathered.values());
  }

  private void add(FlowSource source) {
    Flow flow = source.flow();
    List<Task> tasks = Stream.concat(flow.tasks().stream(), flow.onFailure().stream()).toList();
    Path folder = source.folder().toAbsolutePath().normalize();
    SortedSet<Path> files = new TreeSet<>();
    SortedSet<Path> folders = new TreeSet<>();
    for (Task task : tasks) {
      for (Path file : NamedFiles.of(task, folder)) {
        files.add(travelling(file, task, folder));
      }
      NamedFiles.workingDir(task, folder)
          .filter(dir -> isRelative(task) && Files.isDirectory(dir))
          .ifPresent(dir -> folders.add(dir.normalize()));
    }
    Path root = folder;
    for (Path path : Stream.concat(files.stream(), folders.stream()).toList()) {
      root = common(root, path);
    }
    gathered.put(flow.name(), bundled(flow, root, folder, folders, files));
    for (Task task : tasks) {
      if (task.work() instanceof Work.Subflow subflow) {
        subflow
            .flow()
            .filter(name -> !gathered.containsKey(name))
            .flatMap(flows)
            .ifPresent(this::add);
      }
    }
  }

  /**
   * A script may name any file, and everybody who may read the deployment on the server may read
   * what travels. So what may hold secrets, or is not the project's, travels only when the task
   * says so itself; the state of a workspace never does.
   */
  private static Path travelling(Path file, Task task, Path folder) {
    Path real = real(file);
    Path project = real(Optional.ofNullable(folder.getParent()).orElse(folder));
    boolean said =
        task.files().stream().map(name -> folder.resolve(name).normalize()).anyMatch(file::equals);
    boolean usual = real.startsWith(project) && !isHidden(project.relativize(real));
    for (Path part : real) {
      if (part.toString().equals(STATE)) {
        throw new BundleException(
            "task `"
                + task.id()
                + "` names "
                + file
                + ": what is in "
                + STATE
                + " does not travel");
      }
    }
    if (!said && !usual) {
      throw new BundleException(
          "task `"
              + task.id()
              + "` names "
              + file
              + (real.equals(file) ? "" : ", which is " + real)
              + ": it may hold what others must not read, or is not of this project; name it in"
              + " `files:` of the task if it is to travel to the server");
    }
    return file;
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new BundleException(path + " can't be read: " + e.getMessage(), e);
    }
  }

  private static boolean isRelative(Task task) {
    return task.workingDir().map(Path::of).filter(dir -> !dir.isAbsolute()).isPresent();
  }

  private static Path common(Path folder, Path path) {
    Path common = folder;
    while (!path.startsWith(common)) {
      common = java.util.Objects.requireNonNull(common.getParent(), "the root is above all");
    }
    return common;
  }

  private BundledFlow bundled(
      Flow flow, Path root, Path folder, SortedSet<Path> folders, SortedSet<Path> files) {
    List<BundledFile> read = new ArrayList<>();
    for (Path file : files) {
      try {
        read.add(reading.read(file, relative(root, file)));
      } catch (IOException e) {
        throw new BundleException(
            "flow `" + flow.name() + "`: " + file + " can't be read: " + e.getMessage(), e);
      }
    }
    return new BundledFlow(
        flow.name(),
        FlowWriter.json(flow),
        relative(root, folder),
        folders.stream().map(dir -> relative(root, dir)).toList(),
        read);
  }

  private static String relative(Path root, Path path) {
    return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
  }
}
