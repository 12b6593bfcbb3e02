package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectException;

/** The server will never take a flow run as it is: nothing more can be told of the run. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(PrefectException why) {
    super("the server does not take it: " + why.why(), why, false, false);
  }

  /** Whether it is no use to try a call again. */
  static boolean isRefusal(PrefectException e) {
    return e.fault()
        .filter(fault -> fault instanceof Fault.Invalid || fault instanceof Fault.Conflict)
        .isPresent();
  }
}
