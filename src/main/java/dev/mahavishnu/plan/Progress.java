package dev.mahavishnu.plan;

import java.util.List;

/**
 * Who waits for a planner. What is said here is for the eye alone: nothing of it is a proposal, and
 * it may come from any thread, one call after the other.
 */
public interface Progress {
  /** Nobody watches, and nobody stops it. */
  Progress UNSEEN = new Progress() {};

  /** More of an answer in words, as it comes; redacted, may hold control characters. */
  default void says(String more) {}

  /** More of what the model thinks before it answers. */
  default void thinks(String more) {}

  /**
   * The proposal as far as it came.
   *
   * @param tasks a line each, in order; replaces the outline before
   */
  default void outlines(List<String> tasks) {}

  /** Something was looked up, or is tried again: one line. */
  default void notes(String line) {}

  /** A call ended, well or not. */
  default void costs(Usage usage) {}

  /**
   * Calls {@code stop} when the person wants an end; at once if they said so before.
   *
   * @return to be closed when there is nothing to stop any more
   */
  default Hold onStop(Runnable stop) {
    return () -> {};
  }

  /** Something that lasts until it is closed. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
