package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Deletes a folder as a whole: it is out of sight at once, whatever happens while it goes. */
final class Trash {
  private Trash() {}

  /**
   * @param state the store's folder
   */
  static void delete(Disk disk, Path state, Path folder) throws IOException {
    Path trash = state.resolve("trash");
    disk.makeLastingFolder(trash);
    Path gone = trash.resolve(folder.getFileName() + "-" + Fresh.name());
    disk.rename(folder, gone);
    disk.forceFolder(Objects.requireNonNull(folder.getParent()));
    empty(gone);
  }

  private static void empty(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
