package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The file operations that durability hangs on, so that tests can break each of them. Nothing here
 * is ended by {@link Thread#interrupt}.
 */
interface Disk {
  /** Makes a file that must not exist, to be written from its start. */
  Appender create(Path file) throws IOException;

  /** Opens a file that exists, to be written from its end. */
  Appender open(Path file) throws IOException;

  /** Renames atomically, replacing {@code to}. */
  void rename(Path from, Path to) throws IOException;

  /** Makes what was created, renamed or deleted in this folder durable. */
  void forceFolder(Path folder) throws IOException;

  /** Makes a private folder, with its parents; nothing happens where it exists. */
  void makeFolder(Path folder) throws IOException;

  /** Deletes a file where it exists. */
  void delete(Path file) throws IOException;

  /** A file open for writing at its end. For one thread at a time, but for {@link #force}. */
  interface Appender extends AutoCloseable {
    void write(byte[] bytes, int from, int length) throws IOException;

    /** Returns when all that was written is on the disk. */
    void force() throws IOException;

    long length() throws IOException;

    /** Cuts the file. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Makes a folder as {@link #makeFolder} does, and each that was missing durable. */
  default void makeLastingFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = Objects.requireNonNull(folder.getParent());
      makeLastingFolder(parent);
      makeFolder(folder);
      forceFolder(parent);
    }
  }

  /**
   * Makes {@code file} hold these bytes or, whatever happens, what it held before: writes beside
   * it, forces, renames and forces the folder.
   */
  default void replace(Path file, byte[] bytes, int length) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    Path beside = folder.resolve(".new-" + Fresh.name() + "-" + file.getFileName());
    try {
      try (Appender out = create(beside)) {
        out.write(bytes, 0, length);
        out.force();
      }
      rename(beside, file);
    } catch (IOException e) {
      try {
        delete(beside);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    forceFolder(folder);
  }
}
