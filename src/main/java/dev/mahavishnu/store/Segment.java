package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One file of a journal.
 *
 * @param base position of its first byte in the journal
 */
record Segment(Path file, long base) {
  private static final String PREFIX = "journal-";
  private static final String SUFFIX = ".log";

  static Segment at(Path folder, long base) {
    return new Segment(
        folder.resolve(PREFIX + String.format(Locale.ROOT, "%016d", base) + SUFFIX), base);
  }

  /** Position after its last byte, as it is now. */
  long end() throws IOException {
    return base + Files.size(file);
  }

  /** The segments in a run's folder, in order; none where there is no folder. */
  static List<Segment> list(Path folder) throws IOException {
    List<Segment> segments = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String base = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        if (base.matches("[0-9]{16}")) {
          segments.add(new Segment(file, Long.parseLong(base)));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    segments.sort(Comparator.comparingLong(Segment::base));
    return segments;
  }
}
