package dev.mahavishnu.store;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes runs, and what crashes left behind. */
final class Removal {
  /** Whatever is not finished after this long was left by a crash. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final Setting setting;
  private final Path state;
  private final Journals journals;
  private final History history;

  /**
   * @param state the store's folder
   */
  Removal(Setting setting, Path state, Journals journals, History history) {
    this.setting = setting;
    this.state = state;
    this.journals = journals;
    this.history = history;
  }

  /**
   * @throws StoreException when a process holds it, or there is no such run
   */
  void delete(RunId id) throws IOException {
    RunFolder run = journals.folder(id);
    if (!Files.isDirectory(run.path())) {
      throw new StoreException("there is no run " + id);
    }
    Optional<RunLock> lock = RunLock.take(run);
    if (lock.isEmpty()) {
      throw new StoreException(
          "run "
              + id
              + " is held by process "
              + Holder.read(run.holder()).pid()
              + "; cancel it first");
    }
    try (Slot _ = lock.get()) {
      Trash.delete(setting.disk(), state, run.path());
    }
  }

  /** See {@link Store#prune}. */
  List<RunId> prune(Instant before, int keepLast, boolean dryRun) throws IOException {
    List<RunId> old =
        history
            .list()
            .skip(keepLast)
            .filter(run -> run.state().isFinal() && !run.resumable())
            .filter(run -> run.ended().filter(before::isAfter).isPresent())
            .map(RunSummary::run)
            .filter(run -> !isHeld(run))
            .toList();
    if (!dryRun) {
      for (RunId run : old) {
        delete(run);
      }
      sweep();
    }
    return old;
  }

  private boolean isHeld(RunId run) {
    try {
      return Locks.ofProcess().isHeld(journals.folder(run).lock());
    } catch (IOException e) {
      return true;
    }
  }

  /** Deletes runs that died before their first event, and folders that were being deleted. */
  private void sweep() throws IOException {
    Instant limit = setting.clock().instant().minus(FORGOTTEN);
    for (RunId run : history.find("")) {
      Path folder = journals.folder(run).path();
      if (isOld(folder, limit) && !isHeld(run) && !history.isStarted(run)) {
        Trash.delete(setting.disk(), state, folder);
      }
    }
    Trash.empty(state);
  }

  private static boolean isOld(Path folder, Instant limit) throws IOException {
    return Files.isDirectory(folder)
        && Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
  }
}
