package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.engine.TaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What tests of runners do with real processes. */
final class Processes {
  private Processes() {}

  /** Prepares and runs; what can't be prepared has failed. */
  static Outcome run(TaskRunner runner, Given given) {
    try {
      return runner.prepare(given).run();
    } catch (TaskException e) {
      return new Outcome.Failed(e.getMessage(), e.retryable());
    }
  }

  static CompletableFuture<Outcome> start(Attempt attempt) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> outcome.complete(attempt.run()));
    return outcome;
  }

  static ProcessTable table() {
    try {
      return ProcessTable.of(Path.of("/proc"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Names of the processes that carry this mark. */
  static List<String> marked(String mark) {
    ProcessTable table = table();
    return table.all().stream()
        .filter(e -> table.hasVariable(e.pid(), Family.MARK, mark))
        .map(ProcessTable.Entry::name)
        .sorted()
        .toList();
  }
}
