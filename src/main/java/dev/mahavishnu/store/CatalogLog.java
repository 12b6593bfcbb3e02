package dev.mahavishnu.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The tail of the catalog: sealed lines, appended by whoever holds the catalog's lock. */
final class CatalogLog {
  private static final int WINDOW = 64 << 10;

  private CatalogLog() {}

  /** The lines that are whole; none where there is no file. */
  static List<JsonNode> read(Path file) throws IOException {
    try (Window window = new Window(file, WINDOW)) {
      long length = window.fileLength();
      int there = window.load(0, Math.toIntExact(length));
      return lines(window.bytes(), there, file);
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }

  private static List<JsonNode> lines(byte[] bytes, int length, Path file) {
    List<JsonNode> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        Optional<JsonNode> line = Sealed.read(bytes, start, i + 1 - start);
        lines.add(
            line.orElseThrow(() -> new DamagedException("a line of the catalog is damaged", file)));
        start = i + 1;
      }
    }
    return lines;
  }

  /**
   * Appends lines, over what a crash left of one.
   *
   * @return the size of the file after
   */
  static long append(Disk disk, Path file, byte[] lines, boolean force) throws IOException {
    boolean fresh = !Files.exists(file);
    try (Disk.Appender out = fresh ? disk.create(file) : disk.open(file)) {
      long whole = fresh ? 0 : wholeLength(file);
      if (whole < out.length()) {
        out.truncate(whole);
      }
      out.write(lines, 0, lines.length);
      if (force) {
        out.force();
      }
      if (fresh) {
        disk.forceFolder(Objects.requireNonNull(file.getParent()));
      }
      return whole + lines.length;
    }
  }

  private static long wholeLength(Path file) throws IOException {
    try (Window window = new Window(file, WINDOW)) {
      long length = window.fileLength();
      if (length == 0 || (window.load(length - 1, 1) == 1 && isLineEnd(window, length - 1))) {
        return length;
      }
      window.load(0, Math.toIntExact(length));
      while (length > 0 && !isLineEnd(window, length - 1)) {
        length--;
      }
      return length;
    }
  }

  private static boolean isLineEnd(Window window, long offset) {
    return window.bytes()[window.at(offset)] == '\n';
  }
}
