package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The tail of the catalog: sealed lines, appended by whoever holds the catalog's lock. */
final class CatalogLines {
  private static final int WINDOW = 64 << 10;
  private static final String OPENED = "opened";
  private static final String CLOSED = "closed";

  private CatalogLines() {}

  static byte[] opened(RunId run) {
    JsonOut line = Sealed.start();
    return Sealed.finish(line.open().field(OPENED, run.text()).close());
  }

  static byte[] closed(RunSummary run) {
    JsonOut line = Sealed.start();
    SummaryCodec.write(line.open().name(CLOSED), run);
    return Sealed.finish(line.close());
  }

  /** Brings what is known up to date with the lines that are whole; there may be no file. */
  static void read(Path file, Map<String, RunSummary> known) throws IOException {
    try (Window window = new Window(file, WINDOW)) {
      int length = window.load(0, Math.toIntExact(window.fileLength()));
      byte[] bytes = window.bytes();
      int start = 0;
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
          if (!Sealed.isWhole(bytes, start, i + 1 - start)) {
            throw new DamagedException("a line of the catalog is damaged", file);
          }
          line(Sealed.parser(bytes, start, i + 1 - start), known);
          start = i + 1;
        }
      }
    } catch (FileNotFoundException none) {
      // Nothing happened since the image.
    }
  }

  private static void line(JsonParser parser, Map<String, RunSummary> known) {
    try (parser) {
      parser.nextToken();
      parser.nextToken();
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(OPENED)) {
        known.remove(parser.getString());
      } else if (name.equals(CLOSED)) {
        RunSummary run = SummaryCodec.read(parser);
        known.put(run.run().text(), run);
      } else {
        throw new StoreException("a line of the catalog is of a newer Mahavishnu");
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw new StoreException("a line of the catalog is of a newer Mahavishnu", e);
    }
  }

  /** Reads the list of summaries in an image. */
  static void readAll(byte[] list, Map<String, RunSummary> known) {
    try (JsonParser parser = JsonIn.parser(list, 0, list.length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        RunSummary run = SummaryCodec.read(parser);
        known.put(run.run().text(), run);
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw new StoreException("the catalog is of a newer Mahavishnu", e);
    }
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
