package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.nio.file.Path;

/** Where everything of a run is. */
record RunFolder(RunId run, Path path) {
  Path lock() {
    return path.resolve("lock");
  }

  /** Who holds the lock, for people; not the lock itself, which nobody may open. */
  Path holder() {
    return path.resolve("holder");
  }

  Path inbox() {
    return path.resolve("inbox");
  }

  Path outputs() {
    return path.resolve("outputs");
  }

  Path log() {
    return path.resolve("log.ndjson");
  }

  /** {@code tasks/etl.3/load.5/1}: scopes and tasks by id and index, then the attempt. */
  Path attempt(TaskKey task, int attempt) {
    Path tasks = path.resolve("tasks");
    String[] names = task.text().replace("[", ".").replace("]", "").split("/", -1);
    Path folder = tasks;
    for (String name : names) {
      if (name.isEmpty() || name.startsWith(".")) {
        throw new StoreException("not a task: " + task);
      }
      folder = folder.resolve(name);
    }
    return folder.resolve(Integer.toString(attempt));
  }
}
