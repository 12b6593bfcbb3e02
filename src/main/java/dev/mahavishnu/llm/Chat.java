package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Progress;

/** A model that answers, one call after the other or several at a time. */
public interface Chat {
  /**
   * Makes one call and waits for its end, or for who stops it. Never throws for what a provider or
   * the network does.
   *
   * @param progress hears text and thoughts as they come, what the call took, and may stop it
   */
  Reply answer(Call call, Progress progress);
}
