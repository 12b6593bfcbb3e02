package dev.mahavishnu.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.utils.Signals;

/**
 * Shows text that is longer than the screen with the person's pager, {@code $PAGER}, else with
 * {@code less -R} where that is there; else, and where the pager fails, as it is.
 */
final class Pager {
  /** What a system's shell says of a program that it can't start. */
  private static final int NOT_STARTED = 126;

  private final Workbench bench;
  private final String program;

  private Pager(Workbench bench, String program) {
    this.bench = bench;
    this.program = program;
  }

  /** A pager; empty where nobody looks at a screen, none is wanted, or there is none. */
  static Optional<Pager> of(Workbench bench) {
    Screen screen = bench.env().screen();
    boolean interactive = bench.displays().isPresent() || !bench.isOfMany();
    boolean dumb = bench.env().variable("TERM").orElse("dumb").equals("dumb");
    if (!screen.stdin() || !screen.stdout() || !interactive || dumb) {
      return Optional.empty();
    }
    return switch (bench.configuration().output().pager()) {
      case NEVER -> Optional.empty();
      case AUTO -> program(bench.env()).map(program -> new Pager(bench, program));
    };
  }

  private static Optional<String> program(Env env) {
    String said = env.variables().get("PAGER");
    if (said != null) {
      return Optional.of(said).filter(text -> !text.isBlank());
    }
    return Arrays.stream(env.variable("PATH").orElse("").split(":", -1)).anyMatch(Pager::holdsLess)
        ? Optional.of("less -R")
        : Optional.empty();
  }

  private static boolean holdsLess(String folder) {
    try {
      return !folder.isEmpty() && Files.isExecutable(Path.of(folder, "less"));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  /**
   * Runs a command, and shows what it prints when it is over.
   *
   * @return its exit code
   */
  int around(IntSupplier command) {
    Screen.Size size = bench.env().screen().size().now();
    try (Pages pages = new Pages(size.columns(), size.rows() - 1)) {
      PrintStream out = new PrintStream(pages, false, StandardCharsets.UTF_8);
      bench.divert(Optional.of(out));
      try {
        return command.getAsInt();
      } finally {
        bench.divert(Optional.empty());
        out.close();
        show(pages);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int lend(List<String> line) throws IOException {
    if (bench.displays().isPresent()) {
      return bench.displays().get().lend(line);
    }
    // Ctrl-C is the pager's own.
    Object before = Signals.register("INT", () -> {});
    try {
      return new ProcessBuilder(line).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      Signals.unregister("INT", before);
    }
  }

  private void show(Pages pages) {
    PrintStream screen = bench.env().stdout();
    if (!pages.isLong()) {
      screen.writeBytes(pages.screenful());
      screen.flush();
      return;
    }
    try {
      String file = pages.file().toString();
      List<String> line = List.of("/bin/sh", "-c", "{ " + program + "; } < \"$1\"", "sh", file);
      if (lend(line) >= NOT_STARTED) {
        Files.copy(pages.file(), screen);
        screen.flush();
      }
      Files.delete(pages.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
