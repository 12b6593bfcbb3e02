package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.RunId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process to be killed: starts a run of the flow in the file, or resumes the run named, mirrors
 * it, and says on standard output {@code RUN id} and {@code END state}.
 */
final class MirroredProgram {
  private MirroredProgram() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    try (MirroredRuns runs = new MirroredRuns(folder, URI.create(args[1]))) {
      RunHandle run =
          RunId.isRunId(args[2])
              ? runs.engine().resume(new RunId(args[2]), Optional.empty(), "test")
              : runs.start(Files.readString(folder.resolve(args[2])));
      System.out.println("RUN " + run.run());
      System.out.println("END " + run.await().name());
      System.out.println("LEFT " + runs.drain().size());
    }
    System.exit(0);
  }
}
