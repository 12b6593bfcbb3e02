package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.run.RunId;

/** What a language model does for a person. One for a session; safe for several threads. */
public interface Assistant {
  /** Provider and model, for people: {@code openai gpt-5-mini}. */
  String name();

  /** Plans sentences, and answers questions about runs. */
  Planner planner();

  /**
   * Explains how a run came to be what it is.
   *
   * @param question what the person asked, may be empty: why it failed
   */
  Explanation explain(RunId run, String question, Progress progress);

  /**
   * Proposes what would let a failed run go on.
   *
   * @param wish what the person said about it, may be empty
   */
  Repair repair(RunId run, String wish, Progress progress);

  /** What all calls since the session began took. */
  Usage spent();
}
