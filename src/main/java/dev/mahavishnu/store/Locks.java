package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The locks of this process. There is one registry a process, because a process that closes any
 * channel on a file loses its lock on it without a word: a file locked here is never opened again
 * before it is given back. Nobody else opens lock files.
 */
final class Locks {
  private static final Locks PROCESS = new Locks();

  private final Map<Path, Held> held = new HashMap<>();

  private Locks() {}

  static Locks ofProcess() {
    return PROCESS;
  }

  /**
   * Takes a lock until it is closed or the process ends.
   *
   * @param file absolute and real; made when missing
   * @return empty when another process or this one holds it
   * @throws NoSuchFileException when its folder is not there
   */
  Optional<Held> tryTake(Path file) throws IOException {
    synchronized (held) {
      if (held.containsKey(file)) {
        return Optional.empty();
      }
      makeIfMissing(file);
      Object identity = identity(file);
      FileChannel channel = open(file);
      boolean taken = false;
      try {
        // A file that was deleted or replaced meanwhile is no longer the one others lock.
        taken = channel.tryLock() != null && identity.equals(identity(file));
      } finally {
        if (!taken) {
          channel.close();
        }
      }
      if (!taken) {
        return Optional.empty();
      }
      Held lock = new Held(file, channel);
      held.put(file, lock);
      return Optional.of(lock);
    }
  }

  /** Whether this process or another holds it. A moment later that may be otherwise. */
  boolean isHeld(Path file) throws IOException {
    synchronized (held) {
      if (held.containsKey(file)) {
        return true;
      }
      // Shared, so that two that look at the same time don't see each other as the holder.
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          FileLock probe = channel.tryLock(0, Long.MAX_VALUE, true)) {
        return probe == null;
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  /** Whether this process holds it. */
  boolean isMine(Path file) {
    synchronized (held) {
      return held.containsKey(file);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void makeIfMissing(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        // Another process made it.
      }
    }
  }

  private static Object identity(Path file) throws IOException {
    try {
      return Objects.requireNonNullElse(
          Files.readAttributes(file, BasicFileAttributes.class).fileKey(), file);
    } catch (NoSuchFileException e) {
      return new Object();
    }
  }

  /** A lock of this process. */
  final class Held implements Slot {
    private final Path file;
    private final FileChannel channel;

    private Held(Path file, FileChannel channel) {
      this.file = file;
      this.channel = channel;
    }

    @Override
    public void close() {
      synchronized (held) {
        if (held.remove(file, this)) {
          try {
            channel.close();
          } catch (IOException e) {
            throw new StoreException("the lock " + file + " can't be given back", e);
          }
        }
      }
    }
  }
}
