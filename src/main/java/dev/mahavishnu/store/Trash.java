package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Deletes a folder as a whole: it is out of sight at once, whatever happens while it goes. */
final class Trash {
  private static final String FOLDER = "trash";

  private Trash() {}

  /**
   * @param state the store's folder
   */
  static void delete(Disk disk, Path state, Path folder) throws IOException {
    Path trash = state.resolve(FOLDER);
    disk.makeLastingFolder(trash);
    Path gone = trash.resolve(folder.getFileName() + "-" + Fresh.name());
    disk.rename(folder, gone);
    disk.forceFolder(Objects.requireNonNull(folder.getParent()));
    remove(gone);
  }

  /** Deletes what others, that died meanwhile, had begun to delete. */
  static void empty(Path state) throws IOException {
    Path trash = state.resolve(FOLDER);
    if (Files.isDirectory(trash)) {
      try (DirectoryStream<Path> folders = Files.newDirectoryStream(trash)) {
        for (Path folder : folders) {
          remove(folder);
        }
      }
    }
  }

  /** Several processes may do so at the same time. */
  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (Files.exists(file)) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
