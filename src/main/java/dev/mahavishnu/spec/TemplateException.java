package dev.mahavishnu.spec;

import java.util.List;

/**
 * A template or shell script that can't be taken as it is. In a flow that was read nothing throws
 * it: the reader has turned it into problems.
 */
public final class TemplateException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final transient List<ExpressionChecker.Fault> faults;

  TemplateException(List<ExpressionChecker.Fault> faults) {
    super(faults.getFirst().message());
    this.faults = List.copyOf(faults);
  }

  static TemplateException at(int offset, String message, String hint) {
    return new TemplateException(List.of(new ExpressionChecker.Fault(offset, message, hint)));
  }

  /** All that is wrong, never empty; offsets count characters of the whole text, from 0. */
  public List<ExpressionChecker.Fault> faults() {
    return faults;
  }

  /** Where the first fault is. */
  public int offset() {
    return faults.getFirst().offset();
  }

  /** What to do about the first fault; may be empty. */
  public String hint() {
    return faults.getFirst().hint();
  }
}
