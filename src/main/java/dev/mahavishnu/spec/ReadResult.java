package dev.mahavishnu.spec;

import java.util.List;

/** What reading a spec gives: a flow, or every problem found, in the order of the file. */
public sealed interface ReadResult {
  record Valid(FlowSource source) implements ReadResult {}

  record Invalid(List<Problem> problems) implements ReadResult {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
