package dev.mahavishnu.bench;

import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.store.RunJournal;
import dev.mahavishnu.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Looking over many runs that have ended. */
final class Listing {
  private static final int RUNS = 10_000;
  private static final int ROUNDS = 7;

  private Listing() {}

  static List<Row> measure(Path scratch) throws Exception {
    Path folder = Files.createDirectory(scratch.resolve("listing"));
    Path log = scratch.resolve("listing.log");
    try (Store store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC())) {
      Instant start = Instant.now().minusSeconds(RUNS);
      for (int i = 0; i < RUNS; i++) {
        end(store, RunId.at(start.plusSeconds(i), i));
      }
    }
    String mahavishnu = Path.of("mahavishnu").toAbsolutePath().toString();
    Launcher.run(log, mahavishnu, "-C", folder.toString(), "run", "list", "--limit", "0");
    Times list =
        Times.of(
            ROUNDS,
            () ->
                Launcher.run(
                    log, mahavishnu, "-C", folder.toString(), "run", "list", "--limit", "0"));
    return List.of(new Row("run list over 10,000 finished runs", list, list.median(), "500 ms"));
  }

  private static void end(Store store, RunId run) {
    RunEvent.Created created =
        new RunEvent.Created(
            run,
            "listed",
            "{}",
            "/",
            1,
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            List.of(),
            "bench");
    try (RunJournal journal = store.create(created)) {
      journal.append(
          List.of(
              new RunEvent.Moved(new State.Running(false)),
              new RunEvent.Moved(State.Completed.DONE)),
          false);
    }
  }
}
