package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.run.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** An attempt that is a process. */
final class ProcessAttempt implements Attempt {
  private final ChildProcess process;
  private final AttemptFiles files;
  private final Reading reading;
  private final AtomicBoolean started = new AtomicBoolean();

  /** Reads what an ended program left: its output, or why it failed. */
  interface Reading {
    JsonNode output(ChildProcess.Ended ended) throws TaskException;
  }

  private ProcessAttempt(ChildProcess process, AttemptFiles files, Reading reading) {
    this.process = process;
    this.files = files;
    this.reading = reading;
  }

  /**
   * Starts a program as far as its gate.
   *
   * @param files removed when the attempt is over, or could not start
   */
  static ProcessAttempt hold(
      Host host,
      AttemptContext context,
      List<String> argv,
      Map<String, String> variables,
      AttemptFiles files,
      Reading reading)
      throws TaskException {
    try {
      Launch launch = new Launch(argv, variables, context.workingDir());
      ChildProcess process = ChildProcess.hold(host, launch, context.mark(), context::log);
      return new ProcessAttempt(process, files, reading);
    } catch (TaskException e) {
      files.remove();
      throw e;
    }
  }

  @Override
  public Optional<Child> child() {
    return Optional.of(process.child());
  }

  @Override
  public Outcome run() {
    started.set(true);
    try {
      ChildProcess.Ended ended = process.run();
      if (ended.stopped()) {
        return Outcome.Failed.of("stopped");
      }
      return new Outcome.Succeeded(reading.output(ended));
    } catch (TaskException e) {
      return new Outcome.Failed(e.reason(), e.retryable());
    } catch (IOException e) {
      process.stop(Duration.ZERO);
      return Outcome.Failed.of("could not be run: " + e.getMessage());
    } catch (InterruptedException e) {
      process.stop(Duration.ZERO);
      Thread.currentThread().interrupt();
      return Outcome.Failed.of("interrupted");
    } finally {
      files.remove();
    }
  }

  @Override
  public List<Long> stop(Duration grace) {
    List<Long> alive = process.stop(grace);
    if (!started.get()) {
      files.remove();
    }
    return alive;
  }
}
