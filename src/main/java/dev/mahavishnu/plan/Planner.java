package dev.mahavishnu.plan;

/** Turns what a person asked for into a proposal: by the offline grammar, or by a model. */
public interface Planner {

  /**
   * Plans one request. Never throws for what the text says, nor for what a provider does: those are
   * {@link Proposal}s too.
   *
   * @param progress hears what is known before the whole is, and may stop it
   * @return a flow only where the whole request was understood
   */
  Proposal plan(Request request, Progress progress);

  /** Plans one request, with nobody to watch. */
  default Proposal plan(Request request) {
    return plan(request, Progress.UNSEEN);
  }
}
