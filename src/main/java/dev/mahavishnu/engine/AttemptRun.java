package dev.mahavishnu.engine;

import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import dev.mahavishnu.store.RunJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/**
 * One attempt from its preparation to its end, as its runner sees it and as the engine steers it.
 */
final class AttemptRun implements AttemptContext {
  /** What becomes of an attempt that stands at its gate. */
  enum Word {
    GO,
    STOP
  }

  private final RunId run;
  private final TaskKey task;
  private final int attempt;
  private final Inputs inputs;
  private final RunJournal journal;
  private final Redactor.Lines stdout;
  private final Redactor.Lines stderr;
  private final Redactor redactor;

  /** Completed once, with the first word that is said. */
  final CompletableFuture<Word> word = new CompletableFuture<>();

  /** Completed when it is known whether there is anything to stop. */
  final CompletableFuture<Optional<Attempt>> prepared = new CompletableFuture<>();

  AttemptRun(
      RunId run, TaskKey task, int attempt, Inputs inputs, RunJournal journal, Redactor redactor) {
    this.run = run;
    this.task = task;
    this.attempt = attempt;
    this.inputs = inputs;
    this.journal = journal;
    this.redactor = redactor;
    this.stdout = redactor.lines();
    this.stderr = redactor.lines();
  }

  Inputs inputs() {
    return inputs;
  }

  Hashes hashes() throws TaskException {
    return inputs.hashes(task);
  }

  @Override
  public RunId run() {
    return run;
  }

  @Override
  public TaskKey task() {
    return task;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public Work work() {
    return inputs.task().work();
  }

  @Override
  public ValueType outputType() {
    return inputs.task().output();
  }

  @Override
  public JsonNode value(JsonNode templated) throws TaskException {
    return inputs.value(templated, task);
  }

  @Override
  public String text(String template) throws TaskException {
    return inputs.text(template, task);
  }

  @Override
  public JsonNode expression(String source) throws TaskException {
    return inputs.expression(source, task);
  }

  @Override
  public Map<String, String> environment() throws TaskException {
    return inputs.environment(task);
  }

  @Override
  public Path flowFolder() {
    return inputs.plan().folder();
  }

  @Override
  public Path workingDir() throws TaskException {
    Path base = flowFolder();
    if (inputs.task().workingDir().isEmpty()) {
      return base;
    }
    Path dir = base.resolve(text(inputs.task().workingDir().get())).normalize();
    if (!Files.isDirectory(dir)) {
      throw new TaskException("working_dir is not a folder: " + dir, false);
    }
    return dir;
  }

  @Override
  public Path folder() {
    return journal.attemptFolder(task, attempt);
  }

  @Override
  public String idempotencyKey() {
    return run + "/" + task;
  }

  @Override
  public String mark() {
    return run + "/" + task + "/" + attempt;
  }

  @Override
  public void log(Stream stream, String line) {
    String safe =
        switch (stream) {
          case STDOUT -> stdout.redact(line);
          case STDERR -> stderr.redact(line);
          case SYSTEM, PROGRESS -> redactor.redact(line);
        };
    journal.log().append(task, attempt, stream.name().toLowerCase(java.util.Locale.ROOT), safe);
  }
}
