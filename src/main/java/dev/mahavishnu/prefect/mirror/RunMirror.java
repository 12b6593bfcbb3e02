package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.prefect.EventSender;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one server of one run, step by step: reads the journal in portions, sends what follows, and
 * writes down how far it has come. To be used under the lock of the run's mirror, by one thread.
 */
final class RunMirror {
  private static final Logger LOG = LoggerFactory.getLogger(RunMirror.class);
  private static final int PORTION = 500;
  private static final long LOG_EVERY = Duration.ofSeconds(1).toNanos();
  private static final long LOOK_EVERY = Duration.ofSeconds(5).toNanos();
  private static final long CONFIRM_EVERY = Duration.ofSeconds(5).toNanos();

  /** What a step came to. */
  enum Step {
    /** There is more to tell. */
    MORE,
    /** All there is was told, and the run goes on. */
    LIVE,
    /** All was told; the server does not keep all of it yet. */
    UNCONFIRMED,
    /** The server keeps all of it, and the run has come to rest. */
    COMPLETE
  }

  /** Where it stands at. */
  record Target(MirrorPlace place, String url, PrefectClient client, EventSender sender) {}

  private final Target target;
  private final MirrorPlace place;
  private final RunId run;
  private final Register register;
  private final Consumer<Command> commands;
  private Position position;
  private @Nullable Session session;
  private volatile Optional<UUID> flowRun;
  private long logDue = System.nanoTime();
  private long lookDue = System.nanoTime() + LOOK_EVERY / 2;
  private Optional<UUID> ignored = Optional.empty();

  /** The run was told to pause, which it does when what runs has ended. */
  private boolean pausing;

  private Settling settling = new Settling();

  /** What is known of the run while nothing breaks. */
  private static final class Session {
    final Server server;
    final Translation translation;
    final FlowStates states;
    final ReportQueue queue;
    final LogTelling log;
    final long connections;

    /** What was told up to here may have been told. */
    final long maybe;

    Optional<Recorded> last = Optional.empty();
    Optional<ReportQueue.Last> mark = Optional.empty();
    long markTold;
    long markDue = System.nanoTime() + CONFIRM_EVERY;

    Session(Target target, RunId run, Position position) {
      server =
          new Server(
              target.client(),
              target.sender(),
              flowRun -> target.place().isLost(flowRun, run, target.client()));
      translation = new Translation(target.place()::seal, target.place()::contentHash);
      states = new FlowStates(server);
      queue = new ReportQueue(server, states);
      log = new LogTelling(target.place(), run, server, translation);
      connections = Math.max(1, target.sender().connections());
      maybe = position.told() + PORTION;
      position.flowRun().ifPresent(id -> server.knows(Report.ROOT, id));
    }
  }

  /**
   * @param commands takes what somebody on the server wants of the run
   */
  RunMirror(Target target, Register register, RunId run, Consumer<Command> commands)
      throws IOException {
    this.target = target;
    this.place = target.place();
    this.register = register;
    this.run = run;
    this.commands = commands;
    this.position = Position.read(place.file(run), target.url());
    this.flowRun = position.flowRun();
    if (position.complete() == 0 || position.told() == 0) {
      register.add(Register.Why.BEHIND, run);
    }
  }

  /** The server's id of the run, once it is known. Any thread. */
  Optional<UUID> flowRun() {
    return flowRun;
  }

  /** Number of the last event of which everything was sent. */
  long told() {
    return position.told();
  }

  /**
   * Tells some of what is to be told.
   *
   * @throws dev.mahavishnu.prefect.PrefectException when the server can't be told; the next step
   *     goes on there
   */
  Step step() throws IOException {
    try {
      return stepped();
    } catch (GoneException e) {
      LOG.warn("run {}: {}", run, e.getMessage());
      return complete(false);
    }
  }

  private Step stepped() throws IOException {
    Session now = session();
    boolean held = place.isHeld(run);
    boolean rest = !now.queue.isEmpty();
    int read = rest ? 0 : read(now);
    send(now);
    if (now.server.connections() > now.connections) {
      // The server may have lost what it had not stored.
      session = null;
      return Step.MORE;
    }
    confirm(now);
    boolean more = rest || read == PORTION;
    boolean logged = !more && log(now, !held);
    look(now, held);
    if (more || logged) {
      return Step.MORE;
    }
    if (held || read > 0) {
      return held ? Step.LIVE : Step.MORE;
    }
    return rest(now);
  }

  private Session session() {
    Session now = session;
    if (now == null) {
      now = new Session(target, run, position);
      session = now;
    }
    return now;
  }

  private int read(Session now) throws IOException {
    List<Recorded> portion = place.history().events(run, now.last, PORTION);
    for (Recorded recorded : portion) {
      if (recorded.event() instanceof RunEvent.Created created) {
        Server.flowRun(created).ifPresent(now.server::reportsInto);
      }
      now.translation.next(recorded).forEach(report -> take(now, recorded.seq(), report));
    }
    if (!portion.isEmpty()) {
      now.last = Optional.of(portion.getLast());
      if (position.complete() > 0 && portion.getLast().seq() > position.told()) {
        // It was done with, and goes on.
        register.add(Register.Why.BEHIND, run);
        keep(position.withComplete(0));
      }
    }
    return portion.size();
  }

  private void take(Session now, long seq, Report report) {
    long known = report instanceof Report.TaskRunMoved ? position.stored() : position.told();
    if (seq <= known) {
      now.queue.knows(report);
    } else {
      now.queue.add(report, position.told() > 0 && seq <= now.maybe);
    }
  }

  private void send(Session now) throws IOException {
    if (now.last.isEmpty()) {
      return;
    }
    if (position.flowRun().isEmpty()) {
      UUID id = now.server.id(Report.ROOT);
      Optional<ServerState> there = now.states.root();
      boolean known = there.flatMap(ServerState::known).filter(StateType.PENDING::equals).isEmpty();
      Position found = position.withFlowRun(id).withSeen(there.flatMap(ServerState::id));
      keep(known ? found.withUnknownLog() : found);
      flowRun = position.flowRun();
    }
    Optional<ServerState> set = now.queue.send(position.seen());
    Position sent = set.isPresent() ? position.withSeen(set.get().id()) : position;
    long told = Math.max(position.told(), now.last.get().seq());
    if (!sent.withTold(told).equals(position)) {
      keep(sent.withTold(told));
    }
  }

  /** Looks, now and then, up to where the server keeps what it took. */
  private void confirm(Session now) throws IOException {
    if (System.nanoTime() < now.markDue || position.stored() == position.told()) {
      return;
    }
    now.markDue = System.nanoTime() + CONFIRM_EVERY;
    if (now.mark.isEmpty()) {
      now.mark = now.queue.last();
      now.markTold = position.told();
    } else if (Stored.has(now.server, now.mark.get().taskRun(), now.mark.get().at())) {
      keep(position.withStored(Math.max(position.stored(), now.markTold)));
      now.mark = Optional.empty();
    }
  }

  /** Whether there may be more of it. */
  private boolean log(Session now, boolean over) throws IOException {
    if ((System.nanoTime() < logDue && !over) || position.flowRun().isEmpty()) {
      return false;
    }
    logDue = System.nanoTime() + LOG_EVERY;
    Position before = position;
    now.log.tell(before, over, this::keep);
    return position.log() > before.log();
  }

  /** Looks for what somebody did to the run on the server, now and then while it runs. */
  private void look(Session now, boolean held) throws IOException {
    if (held && System.nanoTime() >= lookDue && position.flowRun().isPresent()) {
      look(now);
    }
  }

  private void look(Session now) throws IOException {
    lookDue = System.nanoTime() + LOOK_EVERY;
    Optional<ServerState> state = now.states.root();
    Optional<UUID> id = state.flatMap(ServerState::id);
    if (id.isEmpty() || id.equals(position.seen()) || id.equals(ignored)) {
      return;
    }
    if (now.states.isOurs(state.get())) {
      keep(position.withSeen(id));
      return;
    }
    answer(state.get());
  }

  private void answer(ServerState theirs) throws IOException {
    if (session().server.isLost()) {
      keep(position.withSeen(theirs.id()));
      return;
    }
    RunFold fold = place.history().fold(run).orElseThrow(GoneException::new);
    Optional<Command> wish = Wish.of(theirs, fold.state(), pausing, Engine.asking(fold));
    StateType type = theirs.known().orElse(StateType.PENDING);
    if (wish.isPresent()) {
      LOG.info("run {} is {} on the server: {}", run, theirs.name(), wish.get());
      pausing = wish.get() instanceof Command.Pause;
      commands.accept(wish.get());
    }
    if (wish.isPresent() || type == fold.state().type() || type.isFinal()) {
      keep(position.withSeen(theirs.id()));
    } else if (type == StateType.PENDING || type == StateType.SCHEDULED) {
      ignored = theirs.id();
    }
  }

  /** Somebody may have done something to the run on the server: the next step looks. */
  void lookSoon() {
    lookDue = System.nanoTime();
  }

  /** Looks at once; for a run that nobody executes. */
  void lookNow() throws IOException {
    try {
      while (stepped() == Step.MORE) {
        // All of it must be known first.
      }
      look(session());
    } catch (GoneException e) {
      LOG.warn("run {}: {}", run, e.getMessage());
      complete(false);
    }
  }

  /**
   * Nobody executes the run and all there is was told: how it ended, and whether it is all there.
   */
  private Step rest(Session now) throws IOException {
    now.translation.died().forEach(report -> now.queue.add(report, true));
    send(now);
    // Finds out whether the connection still stands.
    now.server.send(List.of());
    if (now.server.connections() > now.connections) {
      session = null;
      return Step.MORE;
    }
    return switch (settling.look(now.server, now.queue)) {
      case STORED -> complete(true);
      case NOT_YET -> Step.UNCONFIRMED;
      case LOST -> {
        LOG.warn("run {}: the server has lost some of it, which is sent again", run);
        keep(position.withStored(0));
        session = null;
        yield Step.MORE;
      }
    };
  }

  private Step complete(boolean stored) throws IOException {
    long end = position.told();
    if (!place.history().find(run.text()).isEmpty()) {
      keep((stored ? position.withStored(end) : position).withComplete(Math.max(1, end)));
    }
    boolean waits =
        stored
            && place
                .history()
                .fold(run)
                .map(RunFold::state)
                .filter(State.Paused.class::isInstance)
                .isPresent();
    if (waits) {
      register.add(Register.Why.WAITING, run);
    } else {
      register.remove(Register.Why.WAITING, run);
    }
    register.remove(Register.Why.BEHIND, run);
    return Step.COMPLETE;
  }

  private void keep(Position next) {
    position = next;
    try {
      next.write(place.file(run));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
