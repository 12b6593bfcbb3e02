package dev.mahavishnu.cli;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.mirror.Backlog;
import dev.mahavishnu.prefect.mirror.MirrorPlace;
import dev.mahavishnu.prefect.mirror.Mirrors;
import dev.mahavishnu.prefect.worker.BundleRuns;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.view.Cells;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The mirror of the workspace's runs on the server in force. */
final class MirrorInForce implements Kept.Thing {
  /** How long the end of a program waits for what the server was not told yet. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private static final String NAME = "prefect";

  private final PrefectInForce prefect;
  private final Store store;
  private final Words words;
  private @Nullable Mirrors mirrors;
  private boolean used;

  /**
   * How it speaks to a person.
   *
   * @param now takes a line while commands run
   * @param end takes a line when the program ends
   * @param sync the command that tells the server what it was not told
   */
  record Words(Consumer<String> now, Consumer<String> end, String sync) {}

  MirrorInForce(PrefectInForce prefect, Store store, Words words) {
    this.prefect = prefect;
    this.store = store;
    this.words = words;
  }

  /**
   * @throws CommandFailure when no server is configured, or what is configured can't be used
   */
  synchronized Mirrors mirrors() {
    if (mirrors == null) {
      if (prefect.settings().apiUrl().isEmpty()) {
        prefect.required();
      }
      mirrors =
          new Mirrors(
              new Place(store),
              prefect.settings(),
              prefect::required,
              line -> words.now().accept(Cells.clean(line)));
    }
    return mirrors;
  }

  /** Shows a run on the server; a configuration that can't be used is no reason not to run. */
  synchronized void follow(RunHandle handle) {
    Optional<String> fault = prefect.fault();
    if (fault.isEmpty()) {
      mirrors().follow(handle);
    } else if (!used) {
      words.now().accept("prefect: runs are not shown on the server: " + fault.get());
    }
    used = true;
  }

  @Override
  public void close() {
    Mirrors open;
    synchronized (this) {
      open = mirrors;
    }
    if (open == null) {
      return;
    }
    try {
      List<Backlog> left = open.drain(DRAIN);
      for (Backlog backlog : left) {
        words.end().accept(line(backlog, open.server()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.close();
    }
  }

  private String line(Backlog backlog, String server) {
    String to = Cells.clean(server);
    String run = " of run " + backlog.run();
    String sends = "; `" + words.sync() + "` sends ";
    if (backlog.why().isPresent()) {
      return "prefect: not all"
          + run
          + " was sent to "
          + to
          + ": "
          + Cells.clean(backlog.why().get())
          + sends
          + "the rest";
    }
    return "prefect: "
        + switch ((int) Math.min(2, backlog.events())) {
          case 0 ->
              "the end" + run + " (its log, state or artifacts) waits for " + to + sends + "it";
          case 1 -> "1 event" + run + " waits for " + to + sends + "it";
          default -> backlog.events() + " events" + run + " wait for " + to + sends + "them";
        };
  }

  /** The workspace as the mirror sees it. */
  private record Place(Store store) implements MirrorPlace {
    @Override
    public RunHistory history() {
      return store.history();
    }

    @Override
    public boolean isHeld(RunId run) {
      return store.isHeld(run);
    }

    @Override
    public String seal(String text) {
      return store.seal(text);
    }

    @Override
    public Path file(RunId run) {
      return store.beside(run, NAME);
    }

    @Override
    public Optional<Lock> lock(RunId run) {
      return store.tryBeside(run, NAME).map(slot -> slot::close);
    }

    @Override
    public Path folder() {
      return store.folder().resolve(NAME);
    }

    @Override
    public boolean isLost(UUID flowRun, RunId run, PrefectClient client) {
      return WorkerStart.claims(store).isLost(flowRun, run, client.flowRuns());
    }

    @Override
    public Optional<String> contentHash(RunEvent.Created created) {
      return BundleRuns.contentHash(WorkerStart.bundles(store), created);
    }

    @Override
    public void send(RunId run, Command command) {
      store.send(run, command);
    }
  }
}
