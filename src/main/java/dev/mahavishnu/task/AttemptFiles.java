package dev.mahavishnu.task;

import dev.mahavishnu.engine.TaskException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The files of one attempt, readable by its user alone and gone when it is over. */
final class AttemptFiles {
  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  AttemptFiles(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** A file that a program may make. */
  Path named(String name) {
    Path file = folder.resolve(name);
    files.add(file);
    return file;
  }

  Path write(String name, String text) throws TaskException {
    return write(name, Utf8.encode(name, text));
  }

  Path write(String name, byte[] content) throws TaskException {
    Path file = named(name);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(content);
      }
    } catch (IOException e) {
      remove();
      throw new TaskException(file + " can't be written: " + e.getMessage(), true);
    }
    return file;
  }

  void remove() {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Its folder belongs to the engine, which removes it with the run.
      }
    }
  }
}
