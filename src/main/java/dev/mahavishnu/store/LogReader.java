package dev.mahavishnu.store;

import dev.mahavishnu.run.LogLine;
import dev.mahavishnu.run.LogPage;
import dev.mahavishnu.run.TaskKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a run's log page by page, also while it is written. */
final class LogReader {
  private static final int PAGE = 1 << 20;

  private LogReader() {}

  static LogPage page(Path file, long from) throws IOException {
    try (Window window = new Window(file, PAGE)) {
      int size = PAGE;
      while (true) {
        int there = window.load(from, size);
        int end = lastLineEnd(window, from, there);
        if (end > 0) {
          return new LogPage(lines(window.bytes(), window.at(from), end), from + end);
        }
        if (there < size) {
          return new LogPage(List.of(), from);
        }
        // One line is longer than a page.
        window.forget();
        size = Math.multiplyExact(size, 2);
      }
    } catch (FileNotFoundException none) {
      return new LogPage(List.of(), from);
    }
  }

  private static int lastLineEnd(Window window, long from, int there) {
    int at = window.at(from);
    for (int i = there; i > 0; i--) {
      if (window.bytes()[at + i - 1] == '\n') {
        return i;
      }
    }
    return 0;
  }

  private static List<LogLine> lines(byte[] bytes, int from, int length) {
    List<LogLine> lines = new ArrayList<>();
    int start = from;
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '\n') {
        line(bytes, start, i - start).ifPresent(lines::add);
        start = i + 1;
      }
    }
    return lines;
  }

  /** Empty for the rest of a line that a crash tore. */
  private static Optional<LogLine> line(byte[] bytes, int from, int length) {
    try {
      JsonNode json = JsonIn.read(bytes, from, length);
      return Optional.of(
          new LogLine(
              Micros.instant(Fields.number(json, "at")),
              new TaskKey(
                  json.path("c").asString(""), Fields.text(json, "t"), json.path("i").asInt(-1)),
              Fields.count(json, "a"),
              Fields.text(json, "s"),
              Fields.text(json, "x")));
    } catch (JacksonException | StoreException torn) {
      return Optional.empty();
    }
  }
}
