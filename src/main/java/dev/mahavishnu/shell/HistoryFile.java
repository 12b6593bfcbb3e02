package dev.mahavishnu.shell;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Where the lines that a person typed are kept: {@code mahavishnu/history} in the folder for state,
 * for that person alone.
 */
record HistoryFile(Path file, boolean isNew) {

  /** The file, made if it was not there; empty where it can't be made. */
  static Optional<HistoryFile> of(Map<String, String> variables) {
    return folder(variables).flatMap(HistoryFile::in);
  }

  private static Optional<Path> folder(Map<String, String> variables) {
    return set(variables, "XDG_STATE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> set(variables, "HOME").map(home -> Path.of(home, ".local", "state")))
        .map(state -> state.resolve("mahavishnu"));
  }

  private static Optional<String> set(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  private static Optional<HistoryFile> in(Path folder) {
    Path file = folder.resolve("history");
    try {
      Files.createDirectories(folder);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Optional.of(new HistoryFile(file, true));
    } catch (FileAlreadyExistsException _) {
      return Files.isRegularFile(file) && Files.isWritable(file)
          ? Optional.of(new HistoryFile(file, false))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.empty();
    }
  }
}
