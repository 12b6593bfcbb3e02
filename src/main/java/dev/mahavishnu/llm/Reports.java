package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Proposal;
import tools.jackson.databind.node.ObjectNode;

/** Answers questions about stored runs, from what a model made of the person's words. */
interface Reports {
  /** What a query may be: a closed object schema in which every property is required. */
  ObjectNode schema();

  /**
   * Runs a query.
   *
   * @param query as the model wrote it: not checked; what is null is not set
   * @throws IllegalArgumentException when it is no query; one line for the model
   */
  Proposal answer(ObjectNode query);
}
