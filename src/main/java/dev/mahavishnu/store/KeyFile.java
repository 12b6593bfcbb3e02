package dev.mahavishnu.store;

import dev.mahavishnu.secret.WorkspaceKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The workspace's key, made when the first secret is stored. Safe for several threads. */
final class KeyFile {
  private final Path file;
  private Optional<WorkspaceKey> key = Optional.empty();

  KeyFile(Path file) {
    this.file = file;
  }

  synchronized WorkspaceKey key() {
    if (key.isEmpty()) {
      try {
        key = Optional.of(Uninterrupted.call(() -> WorkspaceKey.open(file)));
      } catch (IOException e) {
        throw Messages.store("the workspace's key can't be used", e);
      }
    }
    return key.get();
  }
}
