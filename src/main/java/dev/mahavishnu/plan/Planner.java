package dev.mahavishnu.plan;

/** Turns what a person asked for into a proposal: by the offline grammar, or by a model. */
public interface Planner {

  /**
   * Plans one request. Never throws for what the text says: that is a {@link Proposal} too.
   *
   * @return a flow only where every word of the request was understood
   */
  Proposal plan(Request request);
}
