package dev.mahavishnu.prefect.mirror;

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
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one server of one run, step by step: reads the journal in portions, sends what follows, and
 * writes down how far it has come. To be used under the lock of the run's mirror, by one thread.
 */
final class RunMirror {
  private static final Logger LOG = LoggerFactory.getLogger(RunMirror.class);
  static final int PORTION = 500;
  private static final long LOG_EVERY = Duration.ofSeconds(1).toNanos();
  private static final long LOOK_EVERY = Duration.ofSeconds(5).toNanos();
  static final long CONFIRM_EVERY = Duration.ofSeconds(5).toNanos();

  /** What a step came to. */
  enum Step {
    /** There is more to tell. */
    MORE,
    /** The server has to store much before it is told more. */
    FULL,
    /** All there is was told, and the run goes on. */
    LIVE,
    /** All was told; whether the server keeps it is to be found out. */
    SENT,
    /** All was told; the server does not keep all of it yet. */
    UNCONFIRMED,
    /** The server keeps all of it, and the run has come to rest. */
    COMPLETE
  }

  /** Where it stands at. */
  record Target(
      MirrorPlace place, String url, PrefectClient client, EventSender sender, Intake intake) {}

  private final Target target;
  private final MirrorPlace place;
  private final RunId run;
  private final Register register;
  private final Predicate<Command> commands;
  private Position position;
  private @Nullable Session session;
  private volatile Optional<UUID> flowRun;
  private long logDue = System.nanoTime();
  private long lookDue = System.nanoTime() + LOOK_EVERY / 2;
  private Optional<UUID> ignored = Optional.empty();

  /** The run was told to pause, which it does when what runs has ended. */
  private boolean pausing;

  /** By this state on the server the run was told to end. */
  private Optional<UUID> cancel = Optional.empty();

  private int losses;

  /** What the server seems to have lost of that which it was seen to keep. */
  private Set<UUID> lost = Set.of();

  private Optional<String> refused = Optional.empty();

  /**
   * @param commands takes what somebody on the server wants of the run; false when it can't be done
   *     now, and is to be asked again
   */
  RunMirror(Target target, Register register, RunId run, Predicate<Command> commands)
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

  /** How often the server seemed to have lost something. */
  int losses() {
    return losses;
  }

  /** Why it was given up to tell of the run, where it was. */
  Optional<String> refused() {
    return refused;
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
    } catch (RefusedException e) {
      String why = String.valueOf(e.getMessage());
      LOG.warn("run {} is not shown: {}", run, why);
      refused = Optional.of(why);
      return complete(false);
    }
  }

  private Step stepped() throws IOException {
    Session now = session();
    boolean held = place.isHeld(run);
    boolean rest = !now.queue.isEmpty();
    int read = rest ? 0 : read(now);
    boolean more = rest || read == PORTION;
    if (!more || now.last.filter(last -> last.seq() >= position.told()).isPresent()) {
      now.queue.settleDoubts();
    }
    send(now);
    if (isConnectedAnew(now)) {
      return Step.MORE;
    }
    confirm(now);
    boolean full = !now.queue.isEmpty();
    boolean logged = (full || !more) && log(now, !held && !full);
    look(now, held);
    if (full) {
      return Step.FULL;
    }
    if (more || logged) {
      return Step.MORE;
    }
    if (held || read > 0) {
      now.settling = Optional.empty();
      return held ? Step.LIVE : Step.MORE;
    }
    return rest(now);
  }

  /** Then the server may have lost what it had not stored: it is asked, from the start. */
  private boolean isConnectedAnew(Session now) {
    boolean anew = now.server.connections() > now.connections;
    if (anew) {
      target.intake().connected(now.server.connections());
      session = null;
    }
    return anew;
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
    if (seq > position.told()) {
      now.queue.add(report, seq, seq <= now.maybe);
    } else if (report instanceof Report.TaskRunMoved moved
        && (seq > position.stored() || lost.contains(moved.taskRun()))) {
      now.queue.doubts(moved, seq);
    } else {
      now.queue.knows(report);
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
      if (known) {
        // Something was told of it, and what we knew of that is gone.
        now.queue.mayAllBeThere();
      }
      keep(known ? found.withUnknownLog() : found);
      flowRun = position.flowRun();
    }
    Optional<ServerState> set = now.queue.send(position.seen());
    Position sent = set.isPresent() ? position.withSeen(set.get().id()) : position;
    long last = now.queue.next().map(seq -> seq - 1).orElse(now.last.get().seq());
    long told = Math.max(position.told(), last);
    if (!sent.withTold(told).equals(position)) {
      keep(sent.withTold(told));
    }
  }

  /** Looks, now and then, up to where the server keeps what it took. */
  private void confirm(Session now) throws IOException {
    boolean all = position.stored() == position.told();
    // What is told again may still wait, though later events were told.
    if (System.nanoTime() < now.markDue || all || !now.queue.isEmpty()) {
      return;
    }
    now.markDue = System.nanoTime() + CONFIRM_EVERY;
    if (now.mark.isEmpty()) {
      now.mark = now.queue.last();
      now.markTold = position.told();
    } else if (Stored.has(now.server, now.mark.get())) {
      target.intake().stored(now.mark.get());
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
    now.log.tell(before, over, now.queue.unmade(), this::keep);
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
    Optional<Command> wish = Wish.of(theirs, fold.state(), pausing, fold.asking());
    StateType type = theirs.known().orElse(StateType.PENDING);
    if (wish.isPresent()) {
      if (!commands.test(wish.get())) {
        // It came to rest meanwhile; who looks at what waits finds the wish.
        return;
      }
      LOG.info("run {} is {} on the server: {}", run, theirs.name(), wish.get());
      pausing = wish.get() instanceof Command.Pause;
      cancel = wish.filter(Command.Cancel.class::isInstance).flatMap(_ -> theirs.id());
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
      Step step = Step.MORE;
      while (step == Step.MORE) {
        // All of it must be known first.
        step = stepped();
      }
      if (step == Step.SENT) {
        look(session());
      }
    } catch (GoneException | RefusedException e) {
      LOG.warn("run {}: {}", run, e.getMessage());
      complete(false);
    }
  }

  /**
   * Nobody executes the run and all there is was told: how it ended, and whether it is all there.
   */
  private Step rest(Session now) throws IOException {
    long after = now.last.map(Recorded::seq).orElse(0L) + 1;
    now.translation.died().forEach(report -> now.queue.add(report, after, true));
    send(now);
    // Finds out whether the connection still stands.
    now.server.send(List.of());
    if (isConnectedAnew(now)) {
      return Step.MORE;
    }
    if (!now.queue.isEmpty()) {
      return Step.FULL;
    }
    if (now.settling.isEmpty()) {
      now.settling = Optional.of(new Settling(System::nanoTime, losses));
      return Step.SENT;
    }
    long before = target.intake().unstored();
    Settling settling = now.settling.get();
    return switch (settling.look(() -> hasLast(now), now.queue::missing, before)) {
      case Settling.Found.All _ -> complete(true);
      case Settling.Found.NotYet _ -> Step.UNCONFIRMED;
      case Settling.Found.Lost gone -> {
        LOG.warn(
            "run {}: the server has still not stored {} of its task runs, which are told again",
            run,
            gone.taskRuns().size());
        lost = gone.taskRuns();
        losses = settling.losses();
        session = null;
        yield Step.MORE;
      }
    };
  }

  private boolean hasLast(Session now) {
    Optional<Intake.Mark> last = now.queue.last();
    if (last.isPresent() && !Stored.has(now.server, last.get())) {
      return false;
    }
    last.ifPresent(target.intake()::stored);
    return true;
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
    if (waits && cancel.isPresent() && cancel.equals(position.seen())) {
      // It paused before it came to that: who looks at what waits finds the wish again.
      keep(position.withSeen(Optional.empty()));
    }
    register.remove(Register.Why.BEHIND, run);
    if (stored && place.isHeld(run)) {
      // Another process may have gone on with it, and entered it, in between.
      register.add(Register.Why.BEHIND, run);
    }
    session = null;
    lost = Set.of();
    losses = 0;
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
