package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Redactor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file in which a session is kept, an exchange a line, for this person alone. What is written
 * is there when the prompt comes back; a shell that is killed loses what it was just doing.
 *
 * @param id when the session began, and some letters
 */
record Transcript(Path folder, String id) {
  private static final String END = ".jsonl";

  /** The transcripts of a workspace. */
  static Path folder(Path state) {
    return state.resolve("transcripts");
  }

  /** A new one; {@code random} brings 20 bits. */
  static Transcript begun(Path state, Instant now, int random) {
    return new Transcript(folder(state), RunId.at(now, random).text());
  }

  /** Those that are there, the newest first. */
  static List<Transcript> all(Path state) {
    Path folder = folder(state);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(END))
          .map(name -> name.substring(0, name.length() - END.length()))
          .filter(RunId::isRunId)
          .sorted(Comparator.reverseOrder())
          .map(id -> new Transcript(folder, id))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one of this id. */
  static Optional<Transcript> of(Path state, String id) {
    return all(state).stream().filter(t -> t.id.equals(id)).findFirst();
  }

  /** The one of this id, or the {@code last}. */
  static Optional<Transcript> named(Path state, String name) {
    return name.equals("last") ? all(state).stream().findFirst() : of(state, name);
  }

  Path file() {
    return folder.resolve(id + END);
  }

  /** Adds an exchange; it is in the file when this returns. */
  void add(Exchange exchange, Redactor redactor) {
    try {
      Files.createDirectories(folder);
      try (FileChannel out = open()) {
        String start = isTorn() ? "\n" : "";
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(start + exchange.line(redactor) + "\n");
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileChannel open() throws IOException {
    boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    // Appended, so that two shells which go on with the same session don't write into each other.
    return FileChannel.open(
        file(), Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes);
  }

  /** Whether the last line has no end: whoever wrote it was killed. */
  private boolean isTorn() throws IOException {
    try (FileChannel in = FileChannel.open(file(), StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return in.size() > 0 && in.read(last, in.size() - 1) == 1 && last.get(0) != '\n';
    }
  }

  /** What was kept; a line that is not whole is left out. */
  List<Exchange> read() {
    try {
      // Not line by line as text: a torn end may not even be UTF-8.
      return new String(Files.readAllBytes(file()), StandardCharsets.UTF_8)
          .lines()
          .flatMap(line -> Exchange.of(line).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
