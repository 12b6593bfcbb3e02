package dev.mahavishnu.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Keeps what a bug left behind in a file, so that the terminal needs only one line. */
final class CrashReport {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private CrashReport() {}

  /**
   * Writes the report.
   *
   * @param folder where it goes when the folder can be written; else the system's temporary one
   * @return where it is; empty when it could be written nowhere
   */
  static Optional<Path> write(Throwable bug, List<String> args, Path folder, Instant now) {
    String name = "crash-" + NAME.format(now) + "-";
    try {
      Files.createDirectories(folder);
      return Optional.of(write(bug, args, Files.createTempFile(folder, name, ".log")));
    } catch (IOException _) {
      // A read-only workspace.
    }
    try {
      return Optional.of(write(bug, args, Files.createTempFile("mahavishnu-" + name, ".log")));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Path write(Throwable bug, List<String> args, Path file) throws IOException {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      out.println("mahavishnu " + Version.TEXT);
      out.println("java " + Runtime.version() + " on " + System.getProperty("os.name"));
      // Values of parameters may be secret: only what names a command is kept.
      out.println("command " + String.join(" ", words(args)));
      bug.printStackTrace(out);
    }
    return file;
  }

  private static List<String> words(List<String> args) {
    return args.stream()
        .map(a -> a.contains("=") ? a.substring(0, a.indexOf('=')) + "=…" : a)
        .toList();
  }
}
