package dev.mahavishnu.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a person works in: its flows, its configuration, and the state of its runs.
 *
 * @param root absolute
 */
record Workspace(Path root) {
  private static final List<String> SIGNS = List.of(".mahavishnu", "mahavishnu.yaml", "flows");

  /**
   * The folder given; or the nearest one from {@code cwd} upward that looks like a workspace; or
   * {@code cwd} itself.
   */
  static Workspace find(Optional<Path> given, Path cwd) {
    if (given.isPresent()) {
      Path folder = cwd.resolve(given.get()).normalize();
      if (!Files.isDirectory(folder)) {
        throw CommandFailure.usage("-C " + given.get() + ": no such folder");
      }
      return new Workspace(folder);
    }
    for (Path folder = cwd; folder != null; folder = folder.getParent()) {
      if (SIGNS.stream().map(folder::resolve).anyMatch(Files::exists)) {
        return new Workspace(folder);
      }
    }
    return new Workspace(cwd);
  }

  Path configuration() {
    return root.resolve("mahavishnu.yaml");
  }

  Path flows() {
    return root.resolve("flows");
  }

  /** Where runs are stored; there only when something was stored. */
  Path state() {
    return root.resolve(".mahavishnu");
  }

  /** Makes the folder for state, which ignores itself in version control. */
  Path createState() {
    try {
      Files.createDirectories(state());
      Path ignore = state().resolve(".gitignore");
      if (!Files.exists(ignore)) {
        Files.writeString(ignore, "*\n");
      }
    } catch (FileAlreadyExistsException _) {
      throw unusable("it is not a folder");
    } catch (IOException e) {
      throw unusable(Reasons.of(e));
    }
    return state();
  }

  private CommandFailure unusable(String reason) {
    return CommandFailure.configuration(
        state()
            + " can't be used: "
            + reason
            + "; runs are stored there, -C names another workspace");
  }

  /** A path as a person in {@code cwd} would write it. */
  static String shown(Path path, Path cwd) {
    return path.startsWith(cwd) && !path.equals(cwd)
        ? cwd.relativize(path).toString()
        : path.toString();
  }
}
