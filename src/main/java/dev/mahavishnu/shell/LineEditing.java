package dev.mahavishnu.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The line that is being typed, in an editor. It comes back to the prompt; nothing runs. */
final class LineEditing {
  private final Workplace place;
  private final Stage stage;
  private final Supplier<Path> scratch;

  LineEditing(Workplace place, Stage stage, Supplier<Path> scratch) {
    this.place = place;
    this.stage = stage;
    this.scratch = scratch;
  }

  /** The line as it is after that; as it was, where the editor failed. */
  String edit(String line) {
    try {
      Path file = Files.createTempFile(scratch.get(), "line", ".txt");
      try {
        Files.writeString(file, line);
        int code = stage.outside(Editor.of(place.variables()).command(file));
        return code == 0 ? Files.readString(file).stripTrailing() : line;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      stage.complain(List.of("the line can't be edited: " + e.getMessage()));
      return line;
    }
  }
}
