package dev.mahavishnu.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may open. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> ALONE =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final FileAttribute<Set<PosixFilePermission>> MODE_600 =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFile() {}

  /** Reads a file, and refuses one that group or others have any right to. */
  public static byte[] read(Path file) throws IOException {
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
    if (!ALONE.containsAll(rights)) {
      throw new IOException(
          file
              + " is open to others ("
              + PosixFilePermissions.toString(rights)
              + "); run: chmod 600 "
              + file);
    }
    return Files.readAllBytes(file);
  }

  /**
   * Makes a file that is there whole or not at all, on disk when this returns.
   *
   * @throws FileAlreadyExistsException when it is there already, whoever made it
   */
  static void create(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, ".new", "", MODE_600);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      // A link and not a rename: of two processes that both make it, one must be told.
      Files.createLink(file, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }
}
