package dev.mahavishnu.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes where the person said. */
final class NewFile {
  private final Path path;
  private final String shown;

  /**
   * @param name relative to the current folder
   */
  NewFile(Workbench bench, String name) {
    this.path = bench.env().cwd().resolve(name).normalize();
    this.shown = Workspace.shown(path, bench.env().cwd());
  }

  Path path() {
    return path;
  }

  /**
   * Writes it, over what may be there.
   *
   * @return the file as a person would write it
   * @throws CommandFailure when it can't be written
   */
  String write(String text) {
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw CommandFailure.usage("no folder for " + shown + ": make it, or name another file");
    }
    if (Files.isDirectory(path)) {
      throw CommandFailure.usage(shown + " is a folder: name a file in it");
    }
    try {
      Files.write(path, text.getBytes(StandardCharsets.UTF_8));
      return shown;
    } catch (IOException e) {
      throw CommandFailure.usage(shown + " can't be written: " + Reasons.of(e));
    }
  }
}
