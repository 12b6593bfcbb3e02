package dev.mahavishnu.store;

import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What survives of a workspace. Several processes may have the same folder open; several threads
 * may use one store.
 */
public final class Store implements AutoCloseable {
  private final Setting setting;
  private final Path folder;
  private final CacheFolder cache;
  private final Journals journals;
  private final Catalog catalog;
  private final History history;
  private final Removal removal;

  private Store(Setting setting, Path folder) {
    Path runs = folder.resolve("runs");
    this.setting = setting;
    this.folder = folder;
    this.cache = new CacheFolder(setting, folder.resolve("cache"));
    this.journals = new Journals(setting.disk(), runs);
    this.catalog = new Catalog(setting.disk(), folder.resolve("catalog"), runs);
    this.history = new History(setting, journals, catalog);
    this.removal = new Removal(setting, folder, journals, history);
  }

  /**
   * Opens a workspace's state.
   *
   * @param stateDir the {@code .mahavishnu} folder, created if missing
   * @throws StoreException when it can't be created
   */
  public static Store open(Path stateDir, Clock clock) {
    return open(stateDir, clock, StoreOptions.DEFAULT);
  }

  public static Store open(Path stateDir, Clock clock, StoreOptions options) {
    return open(stateDir, clock, options, new RealDisk());
  }

  static Store open(Path stateDir, Clock clock, StoreOptions options, Disk disk) {
    try {
      Path absolute = stateDir.toAbsolutePath();
      disk.makeLastingFolder(absolute.resolve("runs"));
      // Locks are registered by path: one folder must have one name.
      Path folder = absolute.toRealPath();
      Setting setting = new Setting(disk, clock, options, new KeyFile(folder.resolve("key")));
      return new Store(setting, folder);
    } catch (IOException e) {
      throw Messages.store("the state of the workspace can't be kept in " + stateDir, e);
    }
  }

  /** The {@code .mahavishnu} folder, as a real path. */
  public Path folder() {
    return folder;
  }

  /**
   * Starts a run: its folder, its lock, and its first event on the disk.
   *
   * @throws StoreException when a run has this id already, or it can't be written
   */
  public RunJournal create(RunEvent.Created created) {
    RunFolder run = journals.folder(created.run());
    try {
      if (Files.exists(run.path())) {
        throw new StoreException("there is a run " + created.run() + " already");
      }
      setting.disk().makeLastingFolder(run.inbox());
      RunLock lock =
          RunLock.take(run)
              .orElseThrow(
                  () -> new StoreException("there is a run " + created.run() + " already"));
      return keeping(lock, () -> started(run, lock, created));
    } catch (IOException e) {
      throw Messages.store("run " + created.run() + " can't be started", e);
    }
  }

  /**
   * Takes a run to execute it.
   *
   * @throws StoreException when its journal is damaged or of a newer format
   */
  public Claim claim(RunId id) {
    RunFolder run = journals.folder(id);
    try {
      if (!journals.isThere(id)) {
        return new Claim.Missing();
      }
      Optional<RunLock> lock = RunLock.take(run);
      if (lock.isEmpty()) {
        Holder holder = Holder.read(run.holder());
        return new Claim.Held(holder.pid(), holder.host());
      }
      return keeping(
          lock.get(),
          () -> {
            catalog.opened(id);
            Optional<JournalOpening.Opened> opened = JournalOpening.recover(setting, run);
            if (opened.isEmpty()) {
              lock.get().close();
              return new Claim.Missing();
            }
            return new Claim.Mine(new RunJournal(setting, run, lock.get(), opened.get(), catalog));
          });
    } catch (NoSuchFileException gone) {
      return new Claim.Missing();
    } catch (IOException e) {
      throw Messages.store("run " + id + " can't be opened", e);
    }
  }

  private RunJournal started(RunFolder run, Slot lock, RunEvent.Created created)
      throws IOException {
    RunJournal journal =
        new RunJournal(setting, run, lock, JournalOpening.start(setting, run), catalog);
    boolean started = false;
    try {
      journal.append(List.of(created), true);
      started = true;
      return journal;
    } finally {
      if (!started) {
        journal.close();
      }
    }
  }

  private interface Opening<T> {
    T open() throws IOException;
  }

  /** Gives the lock back when what is done under it fails, in whatever way. */
  private static <T> T keeping(Slot lock, Opening<T> opening) throws IOException {
    boolean opened = false;
    try {
      T result = opening.open();
      opened = true;
      return result;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /** Whether a process executes the run now. */
  public boolean isHeld(RunId run) {
    try {
      return Locks.ofProcess().isHeld(journals.folder(run).lock());
    } catch (IOException e) {
      throw Messages.store("the lock of run " + run + " can't be read", e);
    }
  }

  /** Who executes the run now, as far as that is known. */
  public Optional<Claim.Held> holder(RunId run) {
    if (!isHeld(run)) {
      return Optional.empty();
    }
    Holder holder = Holder.read(journals.folder(run).holder());
    return Optional.of(new Claim.Held(holder.pid(), holder.host()));
  }

  /** The checkpoint image that a resume of the run would use. */
  public Optional<Checkpoint> checkpoint(RunId run) {
    try {
      return new Checkpoints(setting.disk(), journals.folder(run))
          .newest(false)
          .map(c -> new Checkpoint(Micros.instant(c.mark().written()), c.mark().seq()));
    } catch (IOException e) {
      throw Messages.store("the checkpoint images of run " + run + " can't be read", e);
    }
  }

  /**
   * A number that is another one when runs came, went or ended since, whichever process had them;
   * it may also be another one for nothing. A process that was killed changes nothing.
   */
  public long changes() {
    try {
      long sum = Files.getLastModifiedTime(folder.resolve("runs")).toMillis();
      Path lines = folder.resolve("catalog");
      if (Files.isDirectory(lines)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(lines)) {
          for (Path file : files) {
            sum = 31 * sum + file.hashCode() + 7 * file.toFile().length();
          }
        }
      }
      return sum;
    } catch (IOException e) {
      throw Messages.store("the folder of runs can't be read", e);
    }
  }

  /** Reading runs; safe for several threads. */
  public RunHistory history() {
    return history;
  }

  /**
   * Puts a command into a run's inbox; when this returns it lasts, whether a process holds the run
   * or not.
   *
   * @throws StoreException when there is no such run
   */
  public void send(RunId id, Command command) {
    RunFolder run = journals.folder(id);
    try {
      if (!journals.isThere(id)) {
        throw new StoreException("there is no run " + id);
      }
      setting.disk().makeLastingFolder(run.inbox());
      Inbox.send(setting.disk(), run.inbox(), command, setting.clock().instant());
    } catch (IOException e) {
      throw Messages.store("the command can't be sent to run " + id, e);
    }
  }

  /**
   * A hash of {@code text} under the workspace's key, in hex: tells nothing of the text to who does
   * not have the key, and is the same in every process of the workspace.
   */
  public String seal(String text) {
    return setting.keys().key().hmac(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The output kept under a key, whichever run or process kept it. */
  public Optional<CacheEntry> cached(String key, Instant now) {
    try {
      return cache.get(key, now);
    } catch (IOException e) {
      throw Messages.store("the cache can't be read", e);
    }
  }

  /** Keeps an output under a key, in place of what was there; when this returns it lasts. */
  public void cache(String key, CacheEntry entry) {
    try {
      cache.put(key, entry);
    } catch (IOException e) {
      throw Messages.store("the cache can't be written", e);
    }
  }

  /**
   * Takes one of the slots that a tag has in the whole workspace.
   *
   * @param limit number of slots, at least 1
   * @return empty when all are taken
   */
  public Optional<Slot> trySlot(String tag, int limit) {
    Path slots = slots(tag);
    try {
      setting.disk().makeLastingFolder(slots);
      for (int i = 0; i < limit; i++) {
        Optional<Locks.Held> slot = Locks.ofProcess().tryTake(slots.resolve(Integer.toString(i)));
        if (slot.isPresent()) {
          return Optional.of(slot.get());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw Messages.store("the slots of tag " + tag + " can't be used", e);
    }
  }

  /**
   * Where a part of the program keeps what it knows of a run, in the run's folder and deleted with
   * it. The store itself has no file whose name begins with this one's.
   *
   * @param name a lower-case word that is the part's own
   */
  public Path beside(RunId run, String name) {
    return journals.folder(run).path().resolve("beside-" + name);
  }

  /**
   * Takes the lock that goes with {@link #beside}, which has nothing to do with who executes the
   * run.
   *
   * @return empty when another process or this one has it, or there is no such run
   */
  public Optional<Slot> tryBeside(RunId run, String name) {
    try {
      return Locks.ofProcess()
          .tryTake(journals.folder(run).path().resolve("beside-" + name + ".lock"))
          .map(Slot.class::cast);
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException e) {
      throw Messages.store("what " + name + " keeps of run " + run + " can't be used", e);
    }
  }

  /** Whether somebody has the first slot of a tag. A moment later that may be otherwise. */
  public boolean isSlotTaken(String tag) {
    try {
      return Locks.ofProcess().isHeld(slots(tag).resolve("0"));
    } catch (IOException e) {
      throw Messages.store("the slots of tag " + tag + " can't be used", e);
    }
  }

  private Path slots(String tag) {
    byte[] name = tag.getBytes(StandardCharsets.UTF_8);
    return folder.resolve("slots").resolve(Canonical.sha256(name, 0, name.length));
  }

  /**
   * Deletes a run and all that belongs to it.
   *
   * @throws StoreException when a process holds it, or there is no such run
   */
  public void delete(RunId id) {
    try {
      removal.delete(id);
    } catch (IOException e) {
      throw Messages.store("run " + id + " can't be deleted", e);
    }
  }

  /**
   * Deletes finished runs, and what crashes left behind. Spares those that can be resumed, those
   * that a process holds and those that can't be read.
   *
   * @param before only runs that ended before
   * @param keepLast number of newest runs to spare
   * @param dryRun deletes nothing
   * @return what was or would be deleted, newest first
   */
  public List<RunId> prune(Instant before, int keepLast, boolean dryRun) {
    try {
      return removal.prune(before, keepLast, dryRun);
    } catch (IOException e) {
      throw Messages.store("not all old runs can be deleted", e);
    }
  }

  /** Runs that are open stay so: each journal is closed by who claimed it. */
  @Override
  public void close() {}
}
