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
  private static final Duration CONFIRMATION = Duration.ofSeconds(2);

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
  private final Map<RunId, RunHandle> handles = new ConcurrentHashMap<>();
  private final Map<RunId, Live> lives = new ConcurrentHashMap<>();
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
      target = new RunMirror.Target(place, url, made, made.events().sender());
    }
    return target;
  }

  /** Tells the server of a run that this process executes; returns at once. */
  public synchronized void follow(RunHandle handle) {
    if (closed) {
      return;
    }
    RunId run = handle.run();
    handles.put(run, handle);
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
    Live live = new Live(run, place, () -> mirror(run), outage);
    lives.put(run, live);
    live.start();
    nudges.start();
    if (catchingUp == null) {
      catchingUp = Thread.ofVirtual().name("mirror catches up").start(this::catchUp);
    }
  }

  private void deliver(RunId run, Command command) {
    RunHandle handle = handles.get(run);
    if (handle != null) {
      handle.command(command);
    } else {
      place.send(run, command);
    }
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
      for (List<RunId> left = leftByOthers(); !left.isEmpty(); left = leftByOthers()) {
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
      new Syncing(this, _ -> {}).sync(left);
    } catch (PrefectException e) {
      LOG.debug("older runs are told later: {}", e.getMessage());
    }
  }

  private List<RunId> leftByOthers() {
    return behind().stream().filter(run -> !handles.containsKey(run)).toList();
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
      for (Command command : wishes(run)) {
        try {
          engine.apply(run, command).ifPresent(driven::add);
        } catch (EngineException e) {
          LOG.info("run {} does not go on: {}", run, e.getMessage());
        }
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

  private List<Command> wishes(RunId run) {
    List<Command> wishes = new ArrayList<>();
    if (place.isHeld(run)) {
      return wishes;
    }
    try {
      Position position = Position.read(place.file(run), url);
      Optional<MirrorPlace.Lock> lock =
          hasNews(position) ? place.lock(run) : Optional.<MirrorPlace.Lock>empty();
      if (lock.isPresent()) {
        try (MirrorPlace.Lock _ = lock.get()) {
          new RunMirror(target(), register, run, wishes::add).lookNow();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return wishes;
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
    long deadline = begin + most.toNanos();
    lives.values().forEach(Live::wake);
    for (Live live : lives.values()) {
      boolean hope = outage.wasReached() || !outage.lasts();
      long end = hope ? deadline : Math.min(deadline, begin + HOPELESS.toNanos());
      live.await(Live.Stage.SENT, end);
    }
    long end = Math.min(deadline, System.nanoTime() + CONFIRMATION.toNanos());
    for (Live live : lives.values()) {
      live.await(Live.Stage.ENDED, end);
    }
    return lives.values().stream()
        .filter(live -> !live.isAt(Live.Stage.SENT))
        .map(live -> new Backlog(live.id(), left(live.id(), live.told())))
        .toList();
  }

  /** What is left to be told of these runs; nothing where it is only to be seen that it is kept. */
  public List<Backlog> left(List<RunId> runs) {
    List<Backlog> left = new ArrayList<>();
    for (RunId run : runs) {
      try {
        Position position = Position.read(place.file(run), url);
        if (position.complete() == 0 || position.complete() != position.told()) {
          left.add(new Backlog(run, left(run, position.told())));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return left;
  }

  private long left(RunId run, long told) {
    return Math.max(0, place.history().fold(run).map(RunFold::seq).orElse(0L) - told);
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
