package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.Path;

/** The real disk without its forces: for tests that open thousands of journals. */
final class UnforcedDisk implements Disk {
  private final Disk disk = new RealDisk();

  @Override
  public Appender create(Path file) throws IOException {
    return new Unforced(disk.create(file));
  }

  @Override
  public Appender open(Path file) throws IOException {
    return new Unforced(disk.open(file));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void forceFolder(Path folder) {}

  @Override
  public void makeFolder(Path folder) throws IOException {
    disk.makeFolder(folder);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }

  private record Unforced(Appender file) implements Appender {
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      file.write(bytes, from, length);
    }

    @Override
    public void force() {}

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
