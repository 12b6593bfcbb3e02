package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineLimits;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.Orphans;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** Runs of the real engine in a folder of a test, mirrored as the program does it. */
final class MirroredRuns implements AutoCloseable {
  private final Path folder;
  private final Store store;
  private final PrefectClient client;
  private final Mirrors mirrors;
  private final Engine engine;

  /** What a person was told. */
  final List<String> notes = new CopyOnWriteArrayList<>();

  MirroredRuns(Path folder, URI server) {
    this(folder, server, Duration.ofMinutes(2));
  }

  MirroredRuns(Path folder, URI server, Duration timeout) {
    PrefectSettings usual = PrefectSettings.of(server);
    PrefectSettings settings =
        new PrefectSettings(
            Optional.of(new Known<>(server, "test")),
            usual.credential(),
            timeout,
            1,
            usual.notes());
    this.folder = folder;
    this.store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    this.client = new PrefectClient(settings);
    this.mirrors = new Mirrors(new Place(store), settings, () -> client, notes::add);
    this.engine =
        new Engine(
                store,
                new Expressions(),
                new Secrets(Map.of(), folder),
                ServiceLoader.load(TaskRunner.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList(),
                new EngineLimits(8, Map.of(), Duration.ofMillis(300), Duration.ofSeconds(5)),
                Clock.systemUTC(),
                new SplittableRandom(),
                _ -> Optional.empty(),
                Orphans::end)
            .telling(mirrors::follow);
  }

  Engine engine() {
    return engine;
  }

  Mirrors mirrors() {
    return mirrors;
  }

  RunHistory history() {
    return store.history();
  }

  Store store() {
    return store;
  }

  FlowSource source(String spec) {
    return switch (new FlowReader(new Expressions()).read("test.yaml", spec, folder)) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  RunHandle start(String spec) {
    return start(spec, "test");
  }

  RunHandle start(String spec, String requester) {
    return engine.submit(
        new Submission(
            source(spec), JsonMapper.shared().createObjectNode(), Optional.empty(), requester));
  }

  /** Waits until all was told; what is left then. */
  List<Backlog> drain() throws InterruptedException {
    return mirrors.drain(Duration.ofMinutes(2));
  }

  @Override
  public void close() {
    mirrors.close();
    client.close();
    store.close();
  }

  /** As the program has it. */
  record Place(Store store) implements MirrorPlace {
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
      return store.beside(run, "prefect");
    }

    @Override
    public Optional<Lock> lock(RunId run) {
      return store.tryBeside(run, "prefect").map(slot -> slot::close);
    }

    @Override
    public Path folder() {
      return store.folder().resolve("prefect");
    }

    @Override
    public void send(RunId run, Command command) {
      store.send(run, command);
    }
  }
}
