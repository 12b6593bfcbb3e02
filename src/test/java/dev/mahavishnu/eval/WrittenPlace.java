package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Flow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A workspace on disk, for as long as a case needs it. */
record WrittenPlace(Path folder) implements AutoCloseable {

  static WrittenPlace of(Place place) throws IOException {
    WrittenPlace written =
        new WrittenPlace(Files.createTempDirectory("mahavishnu-eval").toRealPath());
    place.write(written.folder);
    return written;
  }

  /** Reads a spec whose files are in the workspace's folder. */
  static Flow read(Place place, String spec) {
    try (WrittenPlace written = of(place)) {
      return Specs.flow(spec, written.folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
