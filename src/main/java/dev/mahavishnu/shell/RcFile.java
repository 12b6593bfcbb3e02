package dev.mahavishnu.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person wants to be said whenever a shell opens: statements in {@code mahavishnu/rc} in the
 * folder for configuration.
 */
record RcFile(Path file) {
  /** How messages name it. */
  static final String NAME = "rc";

  /** The file, where it is there. */
  static Optional<RcFile> of(Map<String, String> variables) {
    return set(variables, "XDG_CONFIG_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .or(() -> set(variables, "HOME").map(home -> Path.of(home, ".config")))
        .map(folder -> folder.resolve("mahavishnu").resolve("rc"))
        .filter(Files::exists)
        .map(RcFile::new);
  }

  private static Optional<String> set(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * Its lines.
   *
   * @throws IOException when it can't be read as text
   */
  List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }
}
