package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.prefect.worker.BundleRuns;
import dev.mahavishnu.prefect.worker.ClaimFolder;
import dev.mahavishnu.prefect.worker.Lifeline;
import dev.mahavishnu.prefect.worker.PoolTemplate;
import dev.mahavishnu.prefect.worker.Worker;
import dev.mahavishnu.prefect.worker.WorkerSettings;
import dev.mahavishnu.prefect.worker.Workplace;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.store.Store;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code worker start}: executes the flow runs of a work pool until it is stopped. */
@Command(
    name = "start",
    description = "Execute the flow runs of a work pool, until Ctrl-C or a signal.",
    footer = {
      "worker start --pool warehouse",
      "worker start --pool warehouse --queue high --limit 2 --create-pool"
    })
final class WorkerStart implements Callable<Integer> {
  private final Workbench bench;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "The work pool; by default prefect.work_pool.")
  @Nullable String pool;

  @Option(
      names = "--queue",
      paramLabel = "QUEUE",
      description = "Only of this queue of the pool; may be repeated.")
  List<String> queues = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most this many flow runs at a time. Default: ${DEFAULT-VALUE}.")
  int limit = 10;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The worker's name; by default one after this machine.")
  @Nullable String name;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description =
          "How long what runs may go on after the first Ctrl-C. Default: ${DEFAULT-VALUE}.")
  int grace = 30;

  @Option(names = "--create-pool", description = "Make the pool where it isn't there.")
  boolean createPool;

  @Option(names = "--heartbeat", paramLabel = "SECONDS", hidden = true)
  int heartbeat = 10;

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkerStart(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws InterruptedException {
    check();
    Pools pools = new Pools(bench);
    if (!bench.prefect().mirror()) {
      throw CommandFailure.configuration(
          "a worker tells the server of what it runs by the mirror, and prefect.mirror is false");
    }
    WorkPool found = pool(pools);
    WorkerLines lines = new WorkerLines(bench.out(), output);
    Store store = bench.store();
    try (Named mine = named(pools, found.name(), store)) {
      Workplace place = place(pools, store, lines);
      Worker worker =
          new Worker(
              place,
              new WorkerSettings(
                  found.name(),
                  mine.name(),
                  queues,
                  limit,
                  Duration.ofSeconds(heartbeat),
                  Duration.ofSeconds(grace)));
      lines.accept(
          lines.line(
              bench.env().clock().instant(),
              "started",
              "worker "
                  + mine.name()
                  + " serves work pool "
                  + found.name()
                  + ", at most "
                  + limit
                  + " at a time; Ctrl-C stops it"));
      try (Stopping _ = new Stopping(bench.env().interrupts(), worker)) {
        worker.run();
      }
      lines.accept(
          lines.line(
              bench.env().clock().instant(), "stopped", "worker " + mine.name() + " has stopped"));
    }
    return ExitCode.COMPLETED;
  }

  private void check() {
    if (limit < 1) {
      throw CommandFailure.usage("--limit " + limit + ": expected 1 or more");
    }
    if (grace < 0 || heartbeat < 1) {
      throw CommandFailure.usage("--grace and --heartbeat: expected a number of seconds");
    }
  }

  private WorkPool pool(Pools pools) {
    String wanted =
        Optional.ofNullable(pool)
            .or(() -> bench.prefect().workPool())
            .orElseThrow(
                () ->
                    CommandFailure.usage("say which work pool: --pool POOL or prefect.work_pool"));
    Optional<WorkPool> found = pools.client().workPools().find(wanted);
    if (found.isEmpty() && createPool) {
      return pools.create(wanted, Optional.empty(), "");
    }
    WorkPool there = found.orElseThrow(() -> pools.missing(wanted));
    if (!there.type().equals(PoolTemplate.TYPE)) {
      throw CommandFailure.unreachable(
          "work pool `"
              + wanted
              + "` is of type "
              + there.type()
              + ", which other workers serve; ours is "
              + PoolTemplate.TYPE);
    }
    return there;
  }

  private Workplace place(Pools pools, Store store, WorkerLines lines) {
    FlowReader reader = new FlowReader(bench.expressions());
    return new Workplace(
        pools.client(),
        new BundleRuns(bundles(store), reader, store.history(), bench.engine()),
        claims(store),
        lifeline(store),
        (run, most) -> bench.mirror().mirrors().awaitSent(run, most),
        bench.env().clock(),
        lines);
  }

  /** The claims of this workspace's workers. */
  static ClaimFolder claims(Store store) {
    return new ClaimFolder(store.folder().resolve("worker").resolve("claims"));
  }

  /** Where this workspace's workers lay out what they run. */
  static Path bundles(Store store) {
    return store.folder().resolve("bundles");
  }

  private static Lifeline lifeline(Store store) {
    return worker -> store.trySlot("worker/" + worker, 1).map(slot -> slot::close);
  }

  /** A name that is this process's own. */
  private record Named(String name, Lifeline.Held held) implements AutoCloseable {
    @Override
    public void close() {
      held.close();
    }
  }

  private Named named(Pools pools, String pool, Store store) {
    List<String> known =
        pools.workers(pool).stream().map(dev.mahavishnu.prefect.Workers.Worker::name).toList();
    String wanted = name == null ? host() : name;
    if (name != null && !known.contains(wanted)) {
      Optional<Lifeline.Held> held = lifeline(store).take(wanted);
      if (held.isPresent()) {
        return new Named(wanted, held.get());
      }
    }
    // What another of this name left when it died must not be taken for this one's.
    while (true) {
      String own = wanted + "-" + letters();
      Optional<Lifeline.Held> held = lifeline(store).take(own);
      if (held.isPresent() && !known.contains(own)) {
        return new Named(own, held.get());
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "worker";
    }
  }

  private static String letters() {
    return ThreadLocalRandom.current()
        .ints(4, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The first signal lets what runs go on for a while, the second one does not. */
  private static final class Stopping implements AutoCloseable {
    private Interrupts.Registration current = () -> {};

    Stopping(Interrupts interrupts, Worker worker) {
      synchronized (this) {
        current =
            interrupts.onInterrupt(
                () -> {
                  again(interrupts, worker);
                  worker.stop();
                });
      }
    }

    private synchronized void again(Interrupts interrupts, Worker worker) {
      current.close();
      current = interrupts.onInterrupt(worker::hurry);
    }

    @Override
    public synchronized void close() {
      current.close();
    }
  }
}
