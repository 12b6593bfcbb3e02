package dev.mahavishnu.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A shell's own folder in the workspace. Each shell takes the first one that no other shell holds,
 * so that one that was killed leaves its draft to the next, and two at a time don't mix theirs.
 */
final class SessionFolder implements Shelf {
  private static final int MOST = 64;

  /** Closing any channel on a locked file drops the lock, so this process opens each only once. */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lock;

  private SessionFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes a folder.
   *
   * @param sessions the folder of all of them
   * @throws IOException where nothing can be kept
   */
  static SessionFolder take(Path sessions) throws IOException {
    for (int i = 1; i <= MOST; i++) {
      Path folder = sessions.resolve(String.valueOf(i)).toAbsolutePath().normalize();
      FileChannel lock = OURS.add(folder) ? lock(folder) : null;
      if (lock != null) {
        return new SessionFolder(folder, lock);
      }
    }
    throw new IOException(MOST + " shells have their drafts in " + sessions + " already");
  }

  private static @Nullable FileChannel lock(Path folder) throws IOException {
    boolean locked = false;
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
      }
      locked = lock != null;
      return locked ? channel : null;
    } finally {
      if (!locked) {
        OURS.remove(folder);
      }
    }
  }

  /** For what else a shell keeps: the text in its editor. */
  Path path() {
    return folder;
  }

  @Override
  public List<DraftText> versions() {
    List<DraftText> found = new ArrayList<>();
    try {
      for (Path file = version(0); Files.exists(file); file = version(found.size())) {
        found.add(new DraftText(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  @Override
  public void put(int number, DraftText version) {
    Path whole = folder.resolve("new");
    try (FileChannel out =
        FileChannel.open(
            whole,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.UTF_8.encode(version.text()));
      out.force(true);
      Files.move(whole, version(number), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void remove(int number) {
    try {
      Files.deleteIfExists(version(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path version(int number) {
    return folder.resolve("draft-%04d.yaml".formatted(number));
  }

  @Override
  public void close() {
    OURS.remove(folder);
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
