package dev.mahavishnu.bench;

import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.RealPrefect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our client of a Prefect server beside Prefect's own, on the same server. */
final class Prefect {
  private Prefect() {}

  static List<Row> measure(Path scratch) throws Exception {
    Path folder = Files.createDirectory(scratch.resolve("prefect"));
    List<Row> rows = new ArrayList<>();
    try (OwnPrefect own = RealPrefect.own();
        PrefectClient client = own.server().client()) {
      Launcher.run(folder.resolve("launcher.log"), "./mahavishnu", "--version");
      rows.addAll(MirrorCost.measure(folder, own, client));
      rows.addAll(WorkerSpeed.measure(folder, own, client));
    }
    return rows;
  }
}
