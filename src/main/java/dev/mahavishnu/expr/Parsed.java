package dev.mahavishnu.expr;

import dev.mahavishnu.spec.ExpressionChecker.Fault;
import java.util.List;

/** What parsing gives. */
sealed interface Parsed {
  record Good(Term term) implements Parsed {}

  /** Never without a fault. */
  record Bad(List<Fault> faults) implements Parsed {
    public Bad {
      faults = List.copyOf(faults);
    }
  }
}
