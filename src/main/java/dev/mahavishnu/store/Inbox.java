package dev.mahavishnu.store;

import dev.mahavishnu.run.Command;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands to a run, each a file. The record that journals a command carries the name of its file:
 * a crash before the file is removed does not bring the command twice. For the holder's thread, but
 * for {@link #send}.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final String SUFFIX = ".json";

  private final Disk disk;
  private final Path folder;

  /** Read and not yet removed, by the name of the file. */
  private final Map<String, Command> pending = new LinkedHashMap<>();

  /** In the journal and not yet removed. */
  private final Set<String> journaled = new HashSet<>();

  Inbox(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
  }

  /** Puts a command into an inbox; when it returns, the command lasts. */
  static void send(Disk disk, Path folder, Command command, Instant now) throws IOException {
    JsonOut out = Sealed.start();
    CommandCodec.write(out, command);
    byte[] bytes = Sealed.finish(out);
    String name = String.format(Locale.ROOT, "%016d-%s%s", Micros.of(now), Fresh.name(), SUFFIX);
    disk.replace(folder.resolve(name), bytes, bytes.length);
  }

  /** The journal has the command of this file already. */
  void journaled(String name) {
    journaled.add(name);
  }

  /** The files whose commands are in the journal and that may still be there. */
  Set<String> journaled() {
    return new TreeSet<>(journaled);
  }

  /** Removes the files whose commands the journal had when it was opened. */
  void clean() throws IOException {
    if (!journaled.isEmpty() && Files.isDirectory(folder)) {
      for (String name : journaled) {
        disk.delete(folder.resolve(name));
      }
      disk.forceFolder(folder);
    }
    journaled.clear();
  }

  /** Commands that were not given out before, oldest first. */
  List<Command> commands() throws IOException {
    List<Command> fresh = new ArrayList<>();
    for (String name : names()) {
      if (!pending.containsKey(name) && !journaled.contains(name)) {
        read(name)
            .ifPresent(
                command -> {
                  pending.put(name, command);
                  fresh.add(command);
                });
      }
    }
    return fresh;
  }

  private Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*" + SUFFIX)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (NoSuchFileException none) {
      return Set.of();
    }
    return names;
  }

  private Optional<Command> read(String name) throws IOException {
    Path file = folder.resolve(name);
    try {
      Optional<Command> command = Sealed.read(Files.readAllBytes(file)).map(CommandCodec::read);
      if (command.isEmpty()) {
        setAside(file, "it is damaged");
      }
      return command;
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (StoreException unknown) {
      setAside(file, String.valueOf(unknown.getMessage()));
      return Optional.empty();
    }
  }

  private void setAside(Path file, String why) throws IOException {
    Path aside = folder.resolve("ignored-" + file.getFileName());
    LOG.warn("a command was ignored, {}: {}", why, aside);
    disk.rename(file, aside);
  }

  /** Name of the file that brought this command, to be journaled with it; empty for any other. */
  String nameOf(Command command) {
    String equal = "";
    for (Map.Entry<String, Command> entry : pending.entrySet()) {
      if (!journaled.contains(entry.getKey())) {
        if (sameObject(entry.getValue(), command)) {
          return entry.getKey();
        }
        if (equal.isEmpty() && entry.getValue().equals(command)) {
          equal = entry.getKey();
        }
      }
    }
    return equal;
  }

  /** Removes the file of a command that was journaled, or that is not to be. */
  void taken(Command command) throws IOException {
    Optional<String> name =
        pending.entrySet().stream()
            .filter(e -> sameObject(e.getValue(), command))
            .map(Map.Entry::getKey)
            .findFirst()
            .or(
                () ->
                    pending.entrySet().stream()
                        .filter(e -> e.getValue().equals(command))
                        .map(Map.Entry::getKey)
                        .findFirst());
    if (name.isPresent()) {
      disk.delete(folder.resolve(name.get()));
      disk.forceFolder(folder);
      pending.remove(name.get());
      journaled.remove(name.get());
    }
  }

  /** Two people may ask for the same at the same time: equal commands are still two. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean sameObject(Command one, Command other) {
    return one == other;
  }
}
