package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A disk that is full, broken or read-only from some moment on, and may get well again. */
final class FailingDisk implements Disk {
  /** What fails, and how. */
  enum Failure {
    NONE,
    /** There is room for {@link #room} bytes. */
    FULL,
    /** Bytes are taken and can't be forced. */
    BROKEN,
    READ_ONLY
  }

  private final Disk disk = new UnforcedDisk();
  private final Predicate<Path> concerned;
  private Failure failure = Failure.NONE;
  private long room;

  FailingDisk() {
    this(file -> true);
  }

  /**
   * @param concerned the files that fail
   */
  FailingDisk(Predicate<Path> concerned) {
    this.concerned = concerned;
  }

  synchronized void full(long bytes) {
    failure = Failure.FULL;
    room = bytes;
  }

  synchronized void set(Failure changed) {
    failure = changed;
  }

  private synchronized void change(Path file) throws IOException {
    if (failure == Failure.READ_ONLY && concerned.test(file)) {
      throw new java.nio.file.FileSystemException(file.toString(), null, "Read-only file system");
    }
  }

  private synchronized int take(Path file, int length) {
    if (failure != Failure.FULL || !concerned.test(file)) {
      return length;
    }
    int taken = (int) Math.min(length, room);
    room -= taken;
    return taken;
  }

  private synchronized void force(Path file) throws IOException {
    if (failure == Failure.BROKEN && concerned.test(file)) {
      throw new IOException("Input/output error");
    }
  }

  @Override
  public Appender create(Path file) throws IOException {
    change(file);
    return new Failing(file, disk.create(file));
  }

  @Override
  public Appender open(Path file) throws IOException {
    change(file);
    return new Failing(file, disk.open(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    change(to);
    disk.rename(from, to);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    force(folder);
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    change(folder);
    disk.makeFolder(folder);
  }

  @Override
  public void delete(Path file) throws IOException {
    change(file);
    disk.delete(file);
  }

  private final class Failing implements Appender {
    private final Path path;
    private final Appender file;

    private Failing(Path path, Appender file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int taken = take(path, length);
      file.write(bytes, from, taken);
      if (taken < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void force() throws IOException {
      FailingDisk.this.force(path);
    }

    @Override
    public long length() throws IOException {
      return file.length();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
