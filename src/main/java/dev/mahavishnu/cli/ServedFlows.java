package dev.mahavishnu.cli;

import dev.mahavishnu.schedule.Timetable;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The flows of a workspace as their files have them now. A file that becomes invalid counts as it
 * was when it was valid last.
 */
final class ServedFlows implements Supplier<Timetable> {
  private final Path folder;
  private final Flows flows;
  private final BiConsumer<Flows.Entry, Boolean> invalid;
  private final Map<Path, FlowSource> good = new HashMap<>();
  private final Map<Path, String> told = new HashMap<>();
  private Map<Path, Stamp> stamps = Map.of();
  private Optional<Timetable> table = Optional.empty();

  private record Stamp(long modified, long size) {}

  /**
   * @param invalid told of a file with problems, and whether an earlier version of it stays in
   *     force
   */
  ServedFlows(Workspace workspace, Flows flows, BiConsumer<Flows.Entry, Boolean> invalid) {
    this.folder = workspace.flows();
    this.flows = flows;
    this.invalid = invalid;
  }

  @Override
  public Timetable get() {
    Map<Path, Stamp> now = stamps();
    if (table.isEmpty() || !now.equals(stamps)) {
      stamps = now;
      List<Flows.Entry> entries = flows.ofWorkspace();
      entries.forEach(this::take);
      good.keySet().removeIf(file -> entries.stream().noneMatch(e -> e.file().equals(file)));
      table = Optional.of(new Timetable(good.values()));
    }
    return table.get();
  }

  private void take(Flows.Entry entry) {
    if (entry.result() instanceof ReadResult.Valid valid) {
      good.put(entry.file(), valid.source());
      told.remove(entry.file());
    } else if (!entry.text().equals(told.put(entry.file(), entry.text()))) {
      invalid.accept(entry, good.containsKey(entry.file()));
    }
  }

  private Map<Path, Stamp> stamps() {
    Map<Path, Stamp> found = new HashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        found.put(file, new Stamp(seen.lastModifiedTime().toMillis(), seen.size()));
      }
    } catch (NoSuchFileException gone) {
      // A file that went meanwhile is seen the next time; without the folder there are no flows.
      return Files.isDirectory(folder) ? stamps : Map.of();
    } catch (IOException e) {
      throw CommandFailure.usage(folder + " can't be read: " + Reasons.of(e));
    }
    return found;
  }
}
