package dev.mahavishnu.engine;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
    for (Path file : NamedFiles.of(task, plan.folder())) {
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
}
