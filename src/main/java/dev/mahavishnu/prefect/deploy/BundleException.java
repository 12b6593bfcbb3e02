package dev.mahavishnu.prefect.deploy;

/**
 * A flow can't travel, or what came is no bundle; the message is one line for people, with what to
 * do where that is known.
 */
public final class BundleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BundleException(String message) {
    super(message);
  }

  BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
