package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Proposal;
import java.util.List;

/** What comes of a model's answer once it was checked. */
sealed interface Verdict {
  /** The turn is over. */
  record Done(Proposal proposal) implements Verdict {}

  /**
   * It can't be proposed.
   *
   * @param problems for the model, a line each
   * @param last what the person gets if the model can't mend it
   */
  record Wrong(List<String> problems, Proposal last) implements Verdict {
    public Wrong {
      problems = List.copyOf(problems);
    }

    /** Told to the person as it is to the model. */
    static Wrong of(String start, List<String> problems) {
      return new Wrong(
          problems,
          new Proposal.Refused(start + String.join("; ", problems.stream().limit(5).toList())));
    }
  }
}
