package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last word of each run that nobody works on, so that a list needs not read ten thousand
 * journals: an image and the lines since. A run that is not in it is read from its folder, so that
 * it may always be dropped as a whole. What makes a summary wrong is written, and forced, before it
 * happens: {@link #opened}. Safe for several threads and processes.
 */
final class Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
  private static final int VERSION = 1;
  private static final String PREFIX = "catalog-";
  private static final String SUFFIX = ".log";
  private static final String HEAD = "head";
  private static final String RUNS = "runs";
  private static final long IMAGE_AT = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 500_000;

  private final Disk disk;
  private final Path folder;
  private final Path runs;
  private final ImageFolder images;

  Catalog(Disk disk, Path folder, Path runs) {
    this.disk = disk;
    this.folder = folder;
    this.runs = runs;
    this.images = new ImageFolder(disk, folder, PREFIX);
  }

  /** The catalog now; an empty one where it can't be read. By the texts of run ids. */
  Map<String, RunSummary> read() {
    try {
      while (true) {
        long before = generation();
        Map<String, RunSummary> runs = snapshot(before);
        // A newer generation may have taken its lines with it while this one was read.
        if (generation() == before) {
          return runs;
        }
      }
    } catch (StoreException damaged) {
      LOG.warn("the catalog is dropped and will be made anew: {}", damaged.getMessage());
      drop();
    } catch (IOException e) {
      LOG.warn("the catalog can't be read: {}", Messages.of(e));
    }
    return Map.of();
  }

  private Map<String, RunSummary> snapshot(long generation) throws IOException {
    Map<String, RunSummary> known = new HashMap<>();
    for (ImageFolder.Image image : images.list()) {
      if (image.number() == generation) {
        readImage(image, known);
      }
    }
    CatalogLines.read(log(generation), known);
    return known;
  }

  private void readImage(ImageFolder.Image image, Map<String, RunSummary> known)
      throws IOException {
    try {
      Entries entries = new Entries(images.read(image));
      if (Fields.count(entries.needJson(HEAD), "v") == VERSION) {
        CatalogLines.readAll(entries.need(RUNS), known);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("a newer generation is there, which is seen after this one was read", e);
    }
  }

  /** The highest number of an image or a log: numbers are never used again. */
  private long generation() throws IOException {
    long highest = images.list().stream().mapToLong(ImageFolder.Image::number).max().orElse(0);
    for (Path log : logs()) {
      String name = log.getFileName().toString();
      String number = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
      if (number.matches("[0-9]{16}")) {
        highest = Math.max(highest, Long.parseLong(number));
      }
    }
    return highest;
  }

  private List<Path> logs() throws IOException {
    List<Path> logs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      files.forEach(logs::add);
    } catch (NoSuchFileException none) {
      return List.of();
    }
    return logs;
  }

  private Path log(long generation) {
    return folder.resolve(String.format(Locale.ROOT, "%s%016d%s", PREFIX, generation, SUFFIX));
  }

  /**
   * Says that a run is worked on, before its journal changes.
   *
   * @throws IOException when that can't be written: the run must not change then
   */
  void opened(RunId run) throws IOException {
    byte[] line = CatalogLines.opened(run);
    locked(() -> append(line, true));
  }

  /**
   * Says how runs that nobody works on ended. Losing this costs time later and nothing else.
   *
   * @param stillSo asked when nobody can say {@link #opened} any more
   */
  void closed(List<RunSummary> runs, Predicate<RunSummary> stillSo) {
    try {
      locked(
          () -> {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (RunSummary run : runs) {
              if (stillSo.test(run)) {
                lines.writeBytes(CatalogLines.closed(run));
              }
            }
            if (lines.size() > 0) {
              append(lines.toByteArray(), false);
            }
          });
    } catch (IOException | StoreException e) {
      LOG.warn("the catalog was not brought up to date: {}", e.getMessage());
    }
  }

  private void append(byte[] lines, boolean force) throws IOException {
    long generation = generation();
    long size = CatalogLines.append(disk, log(generation), lines, force);
    if (size > IMAGE_AT) {
      next(generation, known(generation));
    }
  }

  /** All that is known of runs that are there; nothing when that is damaged. */
  private List<RunSummary> known(long generation) throws IOException {
    try {
      return snapshot(generation).values().stream()
          .filter(run -> Files.isDirectory(runs.resolve(run.run().text())))
          .toList();
    } catch (StoreException damaged) {
      LOG.warn("the catalog is made anew: {}", damaged.getMessage());
      return List.of();
    }
  }

  /** Makes the next generation, an image without lines, and deletes what was before. */
  private void next(long generation, List<RunSummary> known) throws IOException {
    Entries entries = new Entries();
    JsonOut head = new JsonOut(32);
    entries.put(HEAD, head.open().field("v", VERSION).close());
    JsonOut list = new JsonOut(1 << 16).openList();
    known.forEach(run -> SummaryCodec.write(list, run));
    entries.put(RUNS, list.closeList());
    images.publish(generation + 1, entries.pieces());
    images.keep(1);
    for (Path log : logs()) {
      disk.delete(log);
    }
  }

  private void drop() {
    try {
      locked(() -> next(generation(), List.of()));
    } catch (IOException | StoreException e) {
      LOG.warn("the catalog can't be made anew: {}", e.getMessage());
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private void locked(Action action) throws IOException {
    disk.makeLastingFolder(folder);
    Path lock = folder.resolve("lock");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<Locks.Held> held = Locks.ofProcess().tryTake(lock);
    while (held.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("another process keeps " + lock);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      held = Locks.ofProcess().tryTake(lock);
    }
    try (Locks.Held _ = held.get()) {
      action.run();
    }
  }
}
