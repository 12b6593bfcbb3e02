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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

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
  private static final String RUN = "run/";
  private static final long IMAGE_AT = 256 << 10;
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

  /** The catalog at one moment; summaries are parsed when asked for. */
  static final class Snapshot {
    private final Map<String, byte[]> summaries = new HashMap<>();

    boolean has(RunId run) {
      return summaries.containsKey(run.text());
    }

    Optional<RunSummary> get(RunId run) {
      byte[] json = summaries.get(run.text());
      if (json == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(SummaryCodec.read(JsonIn.read(json, 0, json.length)));
      } catch (JacksonException | StoreException | IllegalArgumentException other) {
        // Of a version that knew more: the run's own folder says it better.
        return Optional.empty();
      }
    }

    private void apply(JsonNode line) {
      Optional<JsonNode> summary = line.optional("closed");
      if (summary.isPresent()) {
        summaries.put(
            Fields.text(summary.get(), "run"), new JsonOut(256).value(summary.get()).toBytes());
      } else {
        summaries.remove(Fields.text(line, "opened"));
      }
    }
  }

  /** The catalog now; an empty one where it can't be read. */
  Snapshot read() {
    try {
      while (true) {
        long before = generation();
        Snapshot snapshot = snapshot(before);
        // A newer generation may have taken its lines with it while this one was read.
        if (generation() == before) {
          return snapshot;
        }
      }
    } catch (StoreException damaged) {
      LOG.warn("the catalog is dropped and will be made anew: {}", damaged.getMessage());
      drop();
    } catch (IOException e) {
      LOG.warn("the catalog can't be read: {}", Messages.of(e));
    }
    return new Snapshot();
  }

  private Snapshot snapshot(long generation) throws IOException {
    Snapshot snapshot = new Snapshot();
    for (ImageFolder.Image image : images.list()) {
      if (image.number() == generation) {
        readImage(image, snapshot);
      }
    }
    CatalogLog.read(log(generation)).forEach(snapshot::apply);
    return snapshot;
  }

  private void readImage(ImageFolder.Image image, Snapshot snapshot) throws IOException {
    try {
      Entries entries = new Entries(images.read(image));
      if (Fields.count(entries.needJson(HEAD), "v") == VERSION) {
        for (String name : entries.names(RUN)) {
          snapshot.summaries.put(name.substring(RUN.length()), entries.need(name));
        }
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
    JsonOut line = Sealed.start();
    line.open().field("opened", run.text()).close();
    byte[] bytes = Sealed.finish(line);
    locked(() -> append(bytes, true));
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
                JsonOut line = Sealed.start();
                SummaryCodec.write(line.open().name("closed"), run);
                lines.writeBytes(Sealed.finish(line.close()));
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
    long size = CatalogLog.append(disk, log(generation), lines, force);
    if (size > IMAGE_AT) {
      next(generation, entries(generation));
    }
  }

  /** All that is known of runs that are there; nothing when that is damaged. */
  private Entries entries(long generation) throws IOException {
    Entries entries = new Entries();
    try {
      for (Map.Entry<String, byte[]> run : snapshot(generation).summaries.entrySet()) {
        if (Files.isDirectory(runs.resolve(run.getKey()))) {
          entries.put(RUN + run.getKey(), run.getValue());
        }
      }
      return entries;
    } catch (StoreException damaged) {
      LOG.warn("the catalog is made anew: {}", damaged.getMessage());
      return new Entries();
    }
  }

  /** Makes the next generation, an image without lines, and deletes what was before. */
  private void next(long generation, Entries entries) throws IOException {
    JsonOut head = new JsonOut(32);
    entries.put(HEAD, head.open().field("v", VERSION).close());
    images.publish(generation + 1, entries.pieces());
    images.keep(1);
    for (Path log : logs()) {
      disk.delete(log);
    }
  }

  private void drop() {
    try {
      locked(() -> next(generation(), new Entries()));
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
