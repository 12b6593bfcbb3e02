package dev.mahavishnu.cli;

import dev.mahavishnu.engine.RunHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a run is executed: here and shown, or in a process of its own. */
final class Execution {
  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  @Option(
      names = "--no-wait",
      description = "Run in a process of its own; print the run's id and return.")
  boolean noWait;

  /** Said by {@link Detached} to the process that it starts. */
  @Option(names = Detached.OPTION, paramLabel = "FILE", hidden = true)
  @Nullable Path announce;

  /** Where lines go that are for people and no part of what was asked for. */
  Consumer<String> notes(Workbench bench) {
    return output == OutputFormat.JSON ? bench.err()::println : bench.out()::println;
  }

  /** As the other one, for a run that is new. */
  int execute(Workbench bench, Supplier<RunHandle> start) {
    return execute(bench, 0, start);
  }

  /**
   * Executes a run.
   *
   * @param known sequence number of the run's last event, before it is taken up again
   * @param start takes the run; not called here when the run gets a process of its own
   */
  int execute(Workbench bench, long known, Supplier<RunHandle> start) {
    if (noWait && announce == null) {
      return new Detached(bench, output).start();
    }
    RunHandle handle = start.get();
    if (announce != null) {
      announce(announce, handle);
    }
    return new Follow(bench, output, known).executed(handle);
  }

  /** Whole or not at all: who waits for the file may look at any time. */
  private static void announce(Path file, RunHandle handle) {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try {
      Path draft = Files.createTempFile(folder, "announce", "");
      Files.writeString(draft, handle.run().text());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
