package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a task does, as a hash: the fields that decide its output, and the bytes of the files it
 * names. How often it is tried, when it runs and what waits for it are not part of it.
 *
 * @param text the fields as JSON
 */
record Definition(String text, String hash) {

  static Definition of(Task task, FlowPlan plan) throws TaskException {
    String text = FlowWriter.json(Flow.of("definition", List.of(essence(task))));
    Fingerprint print = new Fingerprint().add(text);
    Path folder =
        task.workingDir()
            .filter(d -> !d.contains("${{"))
            .map(plan.folder()::resolve)
            .orElse(plan.folder());
    TreeSet<Path> files = new TreeSet<>();
    task.files().forEach(f -> file(plan.folder(), f).ifPresent(files::add));
    switch (task.work()) {
      case Work.Python p -> p.file().flatMap(f -> file(plan.folder(), f)).ifPresent(files::add);
      case Work.Shell s -> {
        s.argv().stream().limit(1).forEach(w -> file(folder, w).ifPresent(files::add));
        s.command().ifPresent(c -> named(c, folder, files));
      }
      case Work.Http _, Work.Compute _, Work.Subflow _, Work.Approval _, Work.Custom _ -> {}
    }
    for (Path file : files) {
      try {
        print.add(file.toString()).add(Files.readAllBytes(file));
      } catch (IOException e) {
        throw new TaskException("cannot read " + file + ": " + e.getMessage(), true);
      }
    }
    return new Definition(text, print.hex());
  }

  private static Task essence(Task task) {
    Task bare = Task.of("task", task.work());
    return new Task(
        bare.id(),
        bare.description(),
        task.work(),
        bare.dependsOn(),
        bare.runIf(),
        bare.when(),
        task.map()
            .map(m -> new dev.mahavishnu.spec.MapOver(m.items(), Optional.empty(), m.batch())),
        bare.retry(),
        bare.timeout(),
        bare.cache(),
        task.env(),
        task.workingDir(),
        bare.tags(),
        bare.onCrash(),
        task.output(),
        task.files());
  }

  /** Words of a script that name a file by a relative path. */
  private static void named(String script, Path folder, TreeSet<Path> files) {
    for (String word : script.split("[\\s;|&()<>\"'`]+")) {
      if (word.contains("/") && !word.contains("$")) {
        file(folder, word).ifPresent(files::add);
      }
    }
  }

  private static Optional<Path> file(Path folder, String name) {
    try {
      if (!name.contains("/") && !name.contains(".")) {
        return Optional.empty();
      }
      Path path = folder.resolve(name).normalize();
      boolean inside = !Path.of(name).isAbsolute() && Files.isRegularFile(path);
      return inside ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
