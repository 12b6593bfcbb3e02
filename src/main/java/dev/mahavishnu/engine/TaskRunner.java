package dev.mahavishnu.engine;

/**
 * Runs the attempts of one kind of task. Found by {@link java.util.ServiceLoader}, so that a jar
 * can add a kind; one instance serves all runs and threads of a process.
 */
public interface TaskRunner {
  /** The {@code type} in a spec. */
  String type();

  /**
   * Gets an attempt ready without any effect that lasts. A runner that starts a process starts it
   * held at a gate: it must do nothing before {@link Attempt#run} and must end by itself when this
   * process dies before that.
   *
   * @throws TaskException when the attempt can't start
   */
  Attempt prepare(AttemptContext context) throws TaskException;
}
