package dev.mahavishnu.schedule;

import static org.awaitility.Awaitility.await;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineLimits;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.Orphans;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A workspace that is served by a test's clock, with the real engine and a real disk. */
final class Served implements AutoCloseable {
  final HandClock clock;
  final List<News> news = new CopyOnWriteArrayList<>();
  final Store store;
  private final Path folder;
  private final Engine engine;
  private final Map<String, FlowSource> flows = new LinkedHashMap<>();
  private Timetable table = new Timetable(List.of());
  private Ledger.Disk disk = FileChannel::write;
  private Optional<Serving> serving = Optional.empty();

  Served(Path folder, HandClock clock) {
    this.folder = folder;
    this.clock = clock;
    this.store = Store.open(folder.resolve(".mahavishnu"), clock);
    this.engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(Map.of(), folder),
            ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList(),
            new EngineLimits(8, Map.of(), Duration.ofMillis(300), Duration.ofSeconds(5)),
            clock,
            new SplittableRandom(3),
            _ -> Optional.empty(),
            Orphans::end);
  }

  /** Adds a flow, or puts it in the place of the one of its name. */
  Served with(String spec) {
    FlowSource source = source(spec);
    flows.put(source.flow().name(), source);
    table = new Timetable(flows.values());
    return this;
  }

  Served without(String flow) {
    flows.remove(flow);
    table = new Timetable(flows.values());
    return this;
  }

  /** As while a file is invalid or can't be read: the flow may be that file's. */
  Served unsureOf(String flow) {
    flows.remove(flow);
    table = new Timetable(flows.values(), false);
    return this;
  }

  /** What ledgers are written by, of those who begin from now on. */
  Served with(Ledger.Disk other) {
    disk = other;
    return this;
  }

  private FlowSource source(String spec) {
    return switch (new FlowReader(new Expressions()).read("test.yaml", spec, folder)) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  Served begin() {
    return begin(new Serving.Options(Missed.ONCE, Overlap.ALLOW, 16));
  }

  /** Begins to serve as a new process would; the one before just stops, as if it was killed. */
  Served begin(Serving.Options options) {
    serving.ifPresent(Serving::close);
    Serving.Parts parts =
        new Serving.Parts(store, engine, new Expressions(), clock, new SplittableRandom());
    serving = Optional.of(new Serving(parts, options, () -> table, _ -> true, news::add, disk));
    serving().step();
    return this;
  }

  Serving serving() {
    return serving.orElseThrow();
  }

  /** Moves the clock and does what is then to be done. */
  Served at(String time) {
    clock.set(time);
    serving().step();
    return this;
  }

  /** Waits until nothing runs any more and nothing follows. */
  Served settle() {
    int before;
    do {
      before = news.size();
      await().atMost(Duration.ofSeconds(30)).until(() -> serving().going() == 0);
      serving().step();
    } while (serving().going() > 0 || news.size() != before);
    return this;
  }

  /** A run that somebody else starts, to its end. */
  RunId elsewhere(String spec, String parameters) throws InterruptedException {
    JsonNode given = JsonMapper.shared().readTree(parameters);
    var handle = engine.submit(new Submission(source(spec), given, Optional.empty(), "trigger"));
    handle.await();
    return handle.run();
  }

  /** A run that goes on. */
  RunHandle going(String spec) {
    JsonNode none = JsonMapper.shared().createObjectNode();
    return engine.submit(new Submission(source(spec), none, Optional.empty(), "trigger"));
  }

  /** A run under an id that was decided on, to its end. */
  void start(String spec, String cause, RunId run) throws InterruptedException {
    JsonNode none = JsonMapper.shared().createObjectNode();
    engine.submit(new Submission(source(spec), none, Optional.empty(), cause), run).await();
  }

  Engine engine() {
    return engine;
  }

  /** The runs of a flow, oldest first. */
  List<RunId> runs(String flow) {
    return store.history().list().filter(r -> r.flow().equals(flow)).map(RunSummary::run).toList();
  }

  RunEvent.Created created(RunId run) {
    return (RunEvent.Created) store.history().events(run, 1).getFirst().event();
  }

  /** The times for which runs of a flow were started, in order. */
  List<String> causes(String flow) {
    return runs(flow).stream().map(run -> created(run).requester()).sorted().toList();
  }

  <T extends News> List<T> news(Class<T> type) {
    return news.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    serving.ifPresent(Serving::close);
    store.close();
  }
}
