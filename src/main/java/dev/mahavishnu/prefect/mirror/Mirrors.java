package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the runs of a workspace on a Prefect server. What this process executes is told while it
 * runs; what an outage or a crash left untold, whenever there is a chance. Safe for several
 * threads.
 */
public final class Mirrors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Mirrors.class);

  /** How long the end of a program waits for a server that it has never reached. */
  private static final Duration HOPELESS = Duration.ofSeconds(1);

  /** How long it waits, after all was sent, to see that the server keeps it. */
  private static final Duration CONFIRMATION = Duration.ofMillis(300);

  private static final Duration SLICE = Duration.ofMillis(100);

  private static final Duration JOIN = Duration.ofSeconds(2);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final MirrorPlace place;
  private final PrefectSettings settings;
  private final Supplier<PrefectClient> client;
  private final String url;
  private RunMirror.@Nullable Target target;
  private final Register register;
  private final Outage outage;
  private final Nudges nudges;
  private final Intake intake = new Intake(System::nanoTime);
  private final Map<RunId, Live> lives = new ConcurrentHashMap<>();

  /** What could not be told, and why, each of which the log has once. */
  private final Set<Backlog> said = ConcurrentHashMap.newKeySet();

  private @Nullable Thread catchingUp;
  private volatile boolean closed;

  /**
   * @param settings name a server
   * @param client of that server, closed by who made it; asked for when it is first needed
   * @param note takes a line for the person: when the server is away, and when it is back
   */
  public Mirrors(
      MirrorPlace place,
      PrefectSettings settings,
      Supplier<PrefectClient> client,
      Consumer<String> note) {
    this.place = place;
    this.settings = settings;
    this.client = client;
    this.url = settings.apiUrl().orElseThrow().value().toString();
    this.register = new Register(place.folder());
    this.outage = new Outage(url, note, RandomGenerator.getDefault());
    this.nudges = new Nudges(client, this::nudge);
  }

  /** URL of the server's API. */
  public String server() {
    return url;
  }

  /** Made late: a client costs more than the start of a run should. */
  private synchronized RunMirror.Target target() {
    if (target == null) {
      PrefectClient made = client.get();
      target = new RunMirror.Target(place, url, made, made.events().sender(), intake);
    }
    return target;
  }

  /** Tells the server of a run that this process executes; returns at once. */
  public synchronized void follow(RunHandle handle) {
    if (closed) {
      return;
    }
    RunId run = handle.run();
    try {
      // It lasts: should this process die before a word of it was told, it is known to be untold.
      register.add(Register.Why.BEHIND, run);
    } catch (IOException e) {
      LOG.warn("run {}: {}", run, e.toString());
    }
    Live before = lives.get(run);
    if (before != null && before.again()) {
      return;
    }
    Live live = new Live(run, place, () -> mirror(run), outage, this::ended);
    lives.put(run, live);
    live.start();
    nudges.start();
    startCatchingUp();
  }

  private synchronized void startCatchingUp() {
    if (catchingUp == null && !closed) {
      catchingUp = Thread.ofVirtual().name("mirror catches up").start(this::catchUp);
    }
  }

  /** A process may execute thousands of runs; of one that is done nothing is kept. */
  private synchronized void ended(Live live) {
    if (live.broken().isPresent()) {
      startCatchingUp();
    } else if (!closed) {
      lives.remove(live.id(), live);
    }
  }

  /**
   * Through its inbox, which lasts: whoever executes the run then reads it there.
   *
   * @return false when nobody executes it any more
   */
  private boolean deliver(RunId run, Command command) {
    if (!place.isHeld(run)) {
      return false;
    }
    place.send(run, command);
    return true;
  }

  private void nudge(UUID flowRun) {
    lives.values().stream()
        .filter(live -> live.flowRun().filter(flowRun::equals).isPresent())
        .forEach(Live::lookSoon);
  }

  /** The page of the run on the server, for people; empty while it is not there. */
  public Optional<URI> page(RunId run) {
    return flowRun(run).flatMap(settings::flowRunPage);
  }

  /** The server's id of the run; empty while it is not there. */
  public Optional<UUID> flowRun(RunId run) {
    Optional<UUID> live = Optional.ofNullable(lives.get(run)).flatMap(Live::flowRun);
    try {
      return live.isPresent() ? live : Position.read(place.file(run), url).flowRun();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Finishes what earlier processes left, while this one lives. A server that is away or busy is
   * asked again, with growing pauses.
   */
  private void catchUp() {
    Duration pause = FIRST_PAUSE;
    try {
      for (List<RunId> left = leftOrEnd(); !left.isEmpty(); left = leftOrEnd()) {
        catchUp(left);
        Thread.sleep(pause);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
      }
    } catch (InterruptedException _) {
      LOG.debug("older runs are told later");
    } catch (RuntimeException e) {
      LOG.warn("older runs could not be told", e);
    }
  }

  private void catchUp(List<RunId> left) throws InterruptedException {
    try {
      for (Backlog backlog : new Syncing(this, _ -> {}).sync(left)) {
        if (backlog.why().isPresent() && said.add(backlog)) {
          LOG.warn("run {} is told later: {}", backlog.run(), backlog.why().get());
        }
      }
    } catch (PrefectException e) {
      LOG.debug("older runs are told later: {}", e.getMessage());
    }
  }

  private synchronized List<RunId> leftOrEnd() {
    List<RunId> left = behind().stream().filter(run -> isLeft(lives.get(run))).toList();
    if (left.isEmpty()) {
      catchingUp = null;
    }
    return left;
  }

  private static boolean isLeft(@Nullable Live live) {
    return live == null || live.broken().isPresent();
  }

  /** The runs of which the server is still to be told something, oldest first. */
  public List<RunId> behind() {
    try {
      return register.all(Register.Why.BEHIND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tells the server what it was not told yet of these runs, and sees that it keeps it. A run that
   * crashed with its process is told to have crashed.
   *
   * @param say takes a line for each run that is done, or is left to the process that executes it
   * @return what is left, with the reason in the message where it is not that another tells it
   * @throws PrefectException when the server can't be told anything any more
   */
  public List<Backlog> sync(List<RunId> runs, Consumer<String> say) throws InterruptedException {
    return new Syncing(this, say).sync(runs);
  }

  /**
   * Looks at the runs that nobody executes and that wait for a person, who may have answered on the
   * server, and goes on with them.
   *
   * @param engine gives a run a command, and the handle when it is driven here then
   * @return the runs that are executed here now
   * @throws PrefectException when the server can't be asked
   */
  public List<RunHandle> inbound(BiFunction<RunId, Command, Optional<RunHandle>> engine) {
    List<RunHandle> driven = new ArrayList<>();
    for (RunId run : waiting()) {
      try {
        // It is answered when the engine has taken it, so that no wish is lost.
        carryOut(run, command -> engine.apply(run, command).ifPresent(driven::add));
      } catch (EngineException e) {
        LOG.info("run {} does not go on: {}", run, e.getMessage());
      } catch (PrefectException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.warn("run {} does not go on", run, e);
      }
    }
    return driven;
  }

  private List<RunId> waiting() {
    try {
      return register.all(Register.Why.WAITING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void carryOut(RunId run, Consumer<Command> engine) {
    if (place.isHeld(run)) {
      return;
    }
    try {
      Position position = Position.read(place.file(run), url);
      Optional<MirrorPlace.Lock> lock =
          hasNews(position) ? place.lock(run) : Optional.<MirrorPlace.Lock>empty();
      if (lock.isPresent()) {
        try (MirrorPlace.Lock _ = lock.get()) {
          Predicate<Command> taken =
              command -> {
                engine.accept(command);
                return true;
              };
          new RunMirror(target(), register, run, taken).lookNow();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the state on the server is another than the last that we have seen. */
  private boolean hasNews(Position position) {
    return position
        .flowRun()
        .map(target().client().flowRuns()::find)
        .map(found -> found.flatMap(run -> run.state()).flatMap(state -> state.id()))
        .filter(id -> !id.equals(position.seen()))
        .isPresent();
  }

  RunMirror mirror(RunId run) throws IOException {
    return new RunMirror(target(), register, run, command -> deliver(run, command));
  }

  void forget(RunId run) throws IOException {
    register.remove(Register.Why.BEHIND, run);
    register.remove(Register.Why.WAITING, run);
  }

  MirrorPlace place() {
    return place;
  }

  /**
   * Waits until the server was told all of the runs that this process executed.
   *
   * @param most how long
   * @return what is left then; of what was sent it is not waited for long that the server stores it
   */
  public List<Backlog> drain(Duration most) throws InterruptedException {
    long begin = System.nanoTime();
    List<Live> open = List.copyOf(lives.values());
    open.forEach(Live::wake);
    for (Live live : open) {
      awaitSent(live, begin, most);
    }
    if (!intake.isMuch()) {
      long end = System.nanoTime() + CONFIRMATION.toNanos();
      for (Live live : open) {
        live.await(Live.Stage.ENDED, Math.min(end, begin + most.toNanos()));
      }
    }
    Set<RunId> behind = Set.copyOf(behind());
    return open.stream()
        .filter(live -> !live.isAt(Live.Stage.SENT) || live.broken().isPresent())
        // What broke may have been told by who catches up.
        .filter(live -> live.broken().isEmpty() || behind.contains(live.id()))
        .map(live -> backlog(live.id(), live.told(), live.broken()))
        .toList();
  }

  /** Whether there is hope may turn out while it waits. */
  private void awaitSent(Live live, long begin, Duration most) throws InterruptedException {
    while (!live.isAt(Live.Stage.SENT)) {
      boolean hope = outage.wasReached() || !outage.lasts();
      Duration all = hope || most.compareTo(HOPELESS) < 0 ? most : HOPELESS;
      long left = begin + all.toNanos() - System.nanoTime();
      if (left <= 0) {
        return;
      }
      live.await(Live.Stage.SENT, System.nanoTime() + Math.min(left, SLICE.toNanos()));
    }
  }

  /**
   * Waits until the server was told all of a run that has come to rest.
   *
   * @return false when the time is over before, or it can't be told
   */
  public boolean awaitSent(RunId run, Duration most) throws InterruptedException {
    Live live = lives.get(run);
    if (live == null) {
      return true;
    }
    live.wake();
    long deadline = System.nanoTime() + most.toNanos();
    if (!live.await(Live.Stage.SENT, deadline)) {
      return false;
    }
    // What broke is told by who catches up.
    while (live.broken().isPresent() && behind().contains(run)) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      Thread.sleep(SLICE);
    }
    return true;
  }

  /** What is left to be told of these runs; nothing where it is only to be seen that it is kept. */
  public List<Backlog> left(List<RunId> runs) {
    List<Backlog> left = new ArrayList<>();
    for (RunId run : runs) {
      try {
        Position position = Position.read(place.file(run), url);
        if (position.complete() == 0 || position.complete() != position.told()) {
          left.add(backlog(run, position.told(), Optional.empty()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return left;
  }

  private Backlog backlog(RunId run, long told, Optional<String> why) {
    try {
      long events = place.history().fold(run).map(RunFold::seq).orElse(0L) - told;
      return new Backlog(run, Math.max(0, events), why);
    } catch (RuntimeException e) {
      // Its journal can't be read.
      return new Backlog(run, 0, why.or(() -> Optional.of(String.valueOf(e.getMessage()))));
    }
  }

  /** Whether the server can't be told anything now. */
  public boolean isAway() {
    return outage.lasts();
  }

  /** Ends what goes on; what is untold then, another process can tell. */
  @Override
  public void close() {
    Set<Live> open;
    synchronized (this) {
      closed = true;
      open = Set.copyOf(lives.values());
      if (catchingUp != null) {
        catchingUp.interrupt();
      }
    }
    nudges.close();
    open.forEach(Live::close);
    try {
      for (Live live : open) {
        live.join(JOIN);
      }
      Thread other = catchingUp;
      if (other != null) {
        Object _ = other.join(JOIN);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      if (target != null) {
        target.sender().close();
      }
    }
  }
}
