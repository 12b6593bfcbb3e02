package dev.mahavishnu.bench;

import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Our client of a Prefect server beside Prefect's own, on the same server, which is on PostgreSQL.
 */
final class Prefect {
  /** What is measured with a server of its own. */
  interface Part {
    List<Row> measure(Path folder, OwnPrefect own, PrefectClient client) throws Exception;
  }

  private Prefect() {}

  static List<Row> measure(Path scratch, Part part) throws Exception {
    Path folder = Files.createTempDirectory(scratch, "prefect");
    // The first start builds and trains.
    Launcher.run(folder.resolve("launcher.log"), "./mahavishnu", "--version");
    try (OwnPrefect own = RealPrefect.ownOnPostgres();
        PrefectClient client = own.server().client()) {
      return part.measure(folder, own, client);
    }
  }
}
