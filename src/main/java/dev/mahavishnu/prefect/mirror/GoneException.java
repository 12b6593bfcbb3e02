package dev.mahavishnu.prefect.mirror;

/** Somebody deleted the flow run on the server: there is nothing to tell it any more. */
final class GoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GoneException() {
    super("the flow run was deleted on the server", null, false, false);
  }
}
