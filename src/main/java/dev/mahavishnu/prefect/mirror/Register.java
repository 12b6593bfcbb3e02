package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which runs the mirror has not done with, so that nobody has to look through all: those of which
 * something is to be told, and those that wait for a person, who may answer on the server. An empty
 * file each.
 */
final class Register {
  /** Why a run is in it. */
  enum Why {
    BEHIND("behind"),
    WAITING("waiting");
    private final String folder;

    Why(String folder) {
      this.folder = folder;
    }
  }

  private final Path folder;

  Register(Path folder) {
    this.folder = folder;
  }

  void add(Why why, RunId run) throws IOException {
    Path entry = folder.resolve(why.folder).resolve(run.text());
    Files.createDirectories(folder.resolve(why.folder));
    try {
      Files.createFile(entry);
    } catch (FileAlreadyExistsException _) {
      // It is in it.
    }
  }

  void remove(Why why, RunId run) throws IOException {
    Files.deleteIfExists(folder.resolve(why.folder).resolve(run.text()));
  }

  /** Oldest first. */
  List<RunId> all(Why why) throws IOException {
    Path entries = folder.resolve(why.folder);
    if (!Files.isDirectory(entries)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(entries)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(RunId::isRunId)
          .sorted(Comparator.naturalOrder())
          .map(RunId::new)
          .toList();
    }
  }
}
