package dev.mahavishnu.llm;

import java.util.List;

/** What the model makes of a run. */
public sealed interface Explanation {
  /**
   * An explanation, each piece of whose evidence was found in the run by code.
   *
   * @param text some sentences
   * @param evidence what it rests on, at least one, a line each: the task with its attempt, and the
   *     log line, the message or the input as it is stored
   */
  record Explained(String text, List<String> evidence) implements Explanation {
    public Explained {
      evidence = List.copyOf(evidence);
    }
  }

  /** There is none: one line why. */
  record Unavailable(String reason) implements Explanation {}

  /** The person stopped it. */
  record Stopped() implements Explanation {}
}
