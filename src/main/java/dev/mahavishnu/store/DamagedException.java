package dev.mahavishnu.store;

import java.nio.file.Path;

/** Bytes that were acknowledged are not what was written. */
final class DamagedException extends StoreException {
  private static final long serialVersionUID = 1L;
  private final transient Path file;

  DamagedException(String message, Path file) {
    super(message);
    this.file = file;
  }

  Path file() {
    return file;
  }
}
