package dev.mahavishnu.prefect.worker;

import java.util.Optional;

/** By which the workers of one workspace know for certain which of them live. */
public interface Lifeline {
  /**
   * Takes what a worker holds as long as its process lives.
   *
   * @return empty when its process, or another that looked, has it
   */
  Optional<Held> take(String worker);

  /** To be let go. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
