package dev.mahavishnu.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A disk whose power fails at its n-th operation. What was not forced by then is lost, kept, or
 * kept in part, by the toss of a seeded coin: bytes of a file from its last force on, and the
 * entries of a folder from its last force on, in their order. Afterwards {@link #powerUp} makes the
 * files what the machine would find.
 */
final class CrashingDisk implements Disk {
  /** The power is gone. Not an exception that code under test could handle. */
  static final class PowerFailure extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A file's bytes: those that are on the disk for sure. The others are in the real file. */
  private static final class Content {
    private byte[] forced = new byte[0];
  }

  /** A change of a folder that is not on the disk for sure. */
  private record Change(Path folder, Runnable undo) {}

  private final Disk disk = new UnforcedDisk();
  private final SplittableRandom random;
  private final Map<Path, Content> files = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private long operationsLeft;
  private long operations;
  private boolean off;

  CrashingDisk(long failsAt, long seed) {
    operationsLeft = failsAt;
    random = new SplittableRandom(seed);
  }

  long operations() {
    return operations;
  }

  boolean isOff() {
    return off;
  }

  /** Whether the next operation is the one that fails in its middle. */
  private boolean failsNow() {
    if (off) {
      throw new PowerFailure();
    }
    operations++;
    operationsLeft--;
    off = operationsLeft <= 0;
    return off;
  }

  private static void fail() {
    throw new PowerFailure();
  }

  @Override
  public synchronized Appender create(Path file) throws IOException {
    if (failsNow()) {
      fail();
    }
    Appender real = disk.create(file);
    Content content = new Content();
    files.put(file, content);
    changes.add(new Change(folder(file), () -> files.remove(file)));
    return new Fragile(file, content, real);
  }

  @Override
  public synchronized Appender open(Path file) throws IOException {
    if (failsNow()) {
      fail();
    }
    Content content = files.computeIfAbsent(file, CrashingDisk::found);
    return new Fragile(file, content, disk.open(file));
  }

  /** A file that was there before this disk was. */
  private static Content found(Path file) {
    Content content = new Content();
    try {
      content.forced = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return content;
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    if (failsNow()) {
      fail();
    }
    byte[] replaced = Files.isRegularFile(to) ? Files.readAllBytes(to) : new byte[0];
    Content before =
        Files.isRegularFile(to) ? files.computeIfAbsent(to, CrashingDisk::found) : null;
    Content moved = Objects.requireNonNull(files.remove(from), "rename of " + from);
    byte[] bytes = Files.readAllBytes(from);
    disk.rename(from, to);
    files.put(to, moved);
    changes.add(
        new Change(
            folder(to),
            () -> {
              files.remove(to);
              put(from, moved, bytes);
              if (before != null) {
                put(to, before, replaced);
              }
            }));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    if (failsNow()) {
      fail();
    }
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      Content content = files.computeIfAbsent(file, CrashingDisk::found);
      files.remove(file);
      disk.delete(file);
      changes.add(new Change(folder(file), () -> put(file, content, bytes)));
    }
  }

  private void put(Path file, Content content, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    files.put(file, content);
  }

  @Override
  public synchronized void forceFolder(Path folder) {
    if (failsNow()) {
      fail();
    }
    changes.removeIf(change -> change.folder().equals(folder));
  }

  @Override
  public synchronized void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (failsNow()) {
      fail();
    }
    List<Path> made = new ArrayList<>();
    for (Path f = folder; !Files.isDirectory(f); f = folder(f)) {
      made.addFirst(f);
    }
    disk.makeFolder(folder);
    made.forEach(f -> changes.add(new Change(folder(f), () -> forget(f))));
  }

  private void forget(Path folder) {
    files.keySet().removeIf(file -> file.startsWith(folder));
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
  }

  /** Makes the real files what a machine finds after the failure. */
  synchronized void powerUp() throws IOException {
    off = true;
    Map<Path, Integer> kept = new LinkedHashMap<>();
    for (Change change : changes) {
      kept.merge(change.folder(), 1, Integer::sum);
    }
    kept.replaceAll((folder, count) -> random.nextInt(count + 1));
    // Of each folder the first so many changes lasted; the others are undone, last first.
    Map<Path, Integer> seen = new LinkedHashMap<>();
    List<Change> lost = new ArrayList<>();
    for (Change change : changes) {
      if (seen.merge(change.folder(), 1, Integer::sum) > kept.get(change.folder())) {
        lost.addFirst(change);
      }
    }
    List<Path> before = List.copyOf(files.keySet());
    for (Change change : lost) {
      if (Files.isDirectory(change.folder())) {
        change.undo().run();
      }
    }
    for (Path file : before) {
      if (!files.containsKey(file)) {
        Files.deleteIfExists(file);
      }
    }
    for (Map.Entry<Path, Content> file : files.entrySet()) {
      if (Files.isDirectory(folder(file.getKey()))) {
        Files.write(file.getKey(), survivor(file.getKey(), file.getValue().forced));
      }
    }
  }

  /** The forced bytes, and of the others a part, which may have holes. */
  private byte[] survivor(Path file, byte[] forced) throws IOException {
    byte[] written = Files.exists(file) ? Files.readAllBytes(file) : forced;
    if (written.length < forced.length) {
      // Cut and not forced: cut or not.
      return random.nextBoolean() ? written : forced;
    }
    int common = Arrays.mismatch(written, forced);
    assertAppended(common, forced);
    int length = random.nextInt(forced.length, written.length + 1);
    byte[] bytes = Arrays.copyOf(written, length);
    if (length > forced.length && random.nextInt(3) == 0) {
      int hole = random.nextInt(forced.length, length);
      Arrays.fill(bytes, hole, Math.min(length, hole + 1 + random.nextInt(64)), (byte) 0);
    }
    return bytes;
  }

  private static void assertAppended(int mismatch, byte[] forced) {
    if (mismatch >= 0 && mismatch < forced.length) {
      throw new AssertionError("forced bytes were written again");
    }
  }

  private final class Fragile implements Appender {
    private final Path file;
    private final Content content;
    private final Appender real;

    private Fragile(Path file, Content content, Appender real) {
      this.file = file;
      this.content = content;
      this.real = real;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      synchronized (CrashingDisk.this) {
        if (failsNow()) {
          real.write(bytes, from, random.nextInt(length + 1));
          fail();
        }
        real.write(bytes, from, length);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (CrashingDisk.this) {
        if (failsNow()) {
          fail();
        }
        content.forced = Files.readAllBytes(path());
      }
    }

    /** The file may have been renamed since it was opened. */
    private Path path() throws IOException {
      for (Map.Entry<Path, Content> entry : files.entrySet()) {
        if (entry.getValue() == content) {
          return entry.getKey();
        }
      }
      throw new NoSuchFileException(file.toString());
    }

    @Override
    public long length() throws IOException {
      return real.length();
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (CrashingDisk.this) {
        if (failsNow()) {
          fail();
        }
        real.truncate(size);
      }
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
