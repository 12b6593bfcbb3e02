package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files that tasks name by relative paths, which belong to what the tasks do. */
public final class NamedFiles {
  private final SortedSet<Path> found = new TreeSet<>();

  private NamedFiles() {}

  /**
   * The file that a task runs, those that its command names, and those that it declares; only the
   * ones that are there.
   *
   * @param folder what the flow's files are relative to
   * @return normalized below {@code folder}, or beside it where a path leads up
   */
  public static SortedSet<Path> of(Task task, Path folder) {
    NamedFiles files = new NamedFiles();
    task.files().forEach(name -> files.add(folder, name));
    switch (task.work()) {
      case Work.Python p -> p.file().ifPresent(name -> files.add(folder, name));
      case Work.Shell s -> {
        Path dir = workingDir(task, folder).orElse(folder);
        s.argv().stream().limit(1).forEach(word -> files.word(dir, word));
        s.command().ifPresent(script -> files.script(dir, script));
      }
      case Work.Http _, Work.Compute _, Work.Subflow _, Work.Approval _, Work.Custom _ -> {}
    }
    return files.found;
  }

  /** Where a task works, if it says so and no expression decides it. */
  public static Optional<Path> workingDir(Task task, Path folder) {
    return task.workingDir().filter(d -> !d.contains("${{")).map(folder::resolve);
  }

  /** Words of a script that name a file by a relative path. */
  private void script(Path dir, String script) {
    for (String word : script.split("[\\s;|&()<>\"'`]+")) {
      if (word.contains("/") && !word.contains("$")) {
        add(dir, word);
      }
    }
  }

  /** A bare word is a program on the path. */
  private void word(Path dir, String word) {
    if (word.contains("/") || word.contains(".")) {
      add(dir, word);
    }
  }

  private void add(Path dir, String name) {
    try {
      Path path = dir.resolve(name).normalize();
      if (!Path.of(name).isAbsolute() && Files.isRegularFile(path)) {
        found.add(path);
      }
    } catch (InvalidPathException _) {
      // No file has such a name.
    }
  }
}
