package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;

/** What an error of the system means, for people. */
final class Messages {
  private Messages() {}

  static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case FileSystemException named when named.getReason() != null ->
          named.getReason() + " (" + named.getFile() + ")";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  static StoreException store(String what, IOException cause) {
    return new StoreException(what + ": " + of(cause), cause);
  }

  static StoreException readOnly(String what, ReadOnlyFileSystemException cause) {
    return new StoreException(what + ": the file system is read-only", cause);
  }
}
