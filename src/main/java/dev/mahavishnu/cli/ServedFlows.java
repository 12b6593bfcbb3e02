package dev.mahavishnu.cli;

import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The flows of a workspace as their files have them now. A file that becomes invalid, or can't be
 * read for a while, counts as it was when it was valid last.
 */
final class ServedFlows implements Supplier<Timetable> {
  private final Path folder;
  private final Flows flows;
  private final BiConsumer<Flows.Entry, Boolean> invalid;
  private final BiConsumer<String, Boolean> unreadable;
  private final Map<Path, FlowSource> good = new TreeMap<>();

  /** What is wrong with files, as it was told: once. */
  private final Map<Path, String> told = new HashMap<>();

  private final Map<Path, Stamp> stamps = new HashMap<>();
  private Optional<Timetable> table = Optional.empty();
  private boolean complete;

  private record Stamp(long modified, long size) {}

  /**
   * @param invalid told of a file with problems, and whether an earlier version of it stays in
   *     force
   * @param unreadable told why a file can't be read, with the same
   */
  ServedFlows(
      Workspace workspace,
      Flows flows,
      BiConsumer<Flows.Entry, Boolean> invalid,
      BiConsumer<String, Boolean> unreadable) {
    this.folder = workspace.flows();
    this.flows = flows;
    this.invalid = invalid;
    this.unreadable = unreadable;
  }

  /**
   * @throws CommandFailure when the folder can't be read, the first time
   */
  @Override
  public Timetable get() {
    List<Path> files;
    try {
      files = flows.filesOfWorkspace();
      told.remove(folder);
    } catch (CommandFailure e) {
      if (table.isPresent()) {
        tell(folder, String.valueOf(e.getMessage()), true);
        return table.get();
      }
      throw e;
    }
    boolean changed = good.keySet().retainAll(files);
    told.keySet().retainAll(files);
    stamps.keySet().retainAll(files);
    for (Path file : files) {
      changed |= look(file);
    }
    boolean all = good.keySet().containsAll(files);
    if (table.isEmpty() || changed || all != complete) {
      complete = all;
      table = Optional.of(new Timetable(good.values(), all));
    }
    return table.get();
  }

  /** Looks whether a file has changed; what something is wrong with is read again each time. */
  private boolean look(Path file) {
    Optional<Stamp> stamp = stamp(file);
    boolean known = stamp.isPresent() && stamp.get().equals(stamps.get(file));
    if (known && !told.containsKey(file)) {
      return false;
    }
    try {
      boolean changed = take(flows.read(file));
      stamp.ifPresent(s -> stamps.put(file, s));
      return changed;
    } catch (CommandFailure e) {
      // One that went meanwhile is not in the folder at the next look.
      if (Files.exists(file)) {
        tell(file, String.valueOf(e.getMessage()), good.containsKey(file));
      }
      return false;
    }
  }

  private boolean take(Flows.Entry entry) {
    if (entry.result() instanceof ReadResult.Valid valid) {
      good.put(entry.file(), valid.source());
      told.remove(entry.file());
      return true;
    }
    if (!entry.text().equals(told.put(entry.file(), entry.text()))) {
      invalid.accept(entry, good.containsKey(entry.file()));
    }
    return false;
  }

  private void tell(Path file, String why, boolean earlier) {
    if (!why.equals(told.put(file, why))) {
      unreadable.accept(why, earlier);
    }
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(seen.lastModifiedTime().toMillis(), seen.size()));
    } catch (IOException _) {
      // Reading it will tell why.
      return Optional.empty();
    }
  }
}
