package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Problem;
import java.util.List;

/** A flow that was to be used has problems. */
final class InvalidFlow extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;
  private final transient String text;

  /**
   * @param text of the spec, for excerpts
   */
  InvalidFlow(List<Problem> problems, String text) {
    super(problems.isEmpty() ? "no problem" : problems.getFirst().text());
    this.problems = List.copyOf(problems);
    this.text = text;
  }

  List<Problem> problems() {
    return problems;
  }

  String text() {
    return text;
  }
}
