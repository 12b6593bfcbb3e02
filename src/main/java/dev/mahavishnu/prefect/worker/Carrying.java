package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.run.TaskCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** One flow run, from its claim to its end. */
final class Carrying {
  /** After it, it is seen whether the worker is to stop. */
  private static final Duration SLICE = Duration.ofSeconds(2);

  private final Workplace place;
  private final Claims claims;
  private volatile boolean untold;

  Carrying(Workplace place, Claims claims) {
    this.place = place;
    this.claims = claims;
  }

  /** Claims a flow run that is due and carries it out, as far as it goes here. */
  void carry(FlowRuns.FlowRun due, Active active) throws InterruptedException {
    Claim claim = claims.fresh(due.id());
    boolean taken;
    try {
      taken = claims.takeDue(claim);
    } catch (PrefectException e) {
      String text = due.name() + ": whether it is claimed is asked again: " + e.getMessage();
      place.tell("unanswered", due.id(), Optional.empty(), text);
      taken = found(active, states -> claims.holdsDue(claim, states));
    }
    if (taken) {
      carryOut(due, claim, active);
    }
  }

  /** Carries out what may be claimed: the answer was lost. */
  void findOut(FlowRuns.FlowRun flowRun, Claim claim, Active active) throws InterruptedException {
    if (found(active, states -> Claims.holds(claim, states))) {
      carryOut(flowRun, claim, active);
    }
  }

  /**
   * What is claimed by a worker that lives is looked after by nobody else, so this must be known.
   */
  private boolean found(Active active, Predicate<List<ServerState>> holds)
      throws InterruptedException {
    return Insisting.on(
            active, () -> holds.test(place.client().flowRuns().states(active.flowRun())))
        .orElseGet(
            () -> {
              untold = true;
              return false;
            });
  }

  /** Carries out what is claimed already. */
  void carryOut(FlowRuns.FlowRun flowRun, Claim claim, Active active) throws InterruptedException {
    active.claimed(claim);
    Optional<Claim> before = place.claims().find(flowRun.id());
    try {
      Optional<RunHandle> handle;
      try {
        handle = begin(flowRun, claim, before, active);
      } catch (PrefectException e) {
        if (!Insisting.isOutage(e)) {
          throw e; // Put back, it would come to the same again and again.
        }
        putBack(flowRun, claim, before, active, String.valueOf(e.getMessage()));
        return;
      }
      if (handle.isPresent()) {
        active.begun(handle.get());
        Thread.ofVirtual().name("label").start(() -> claims.label(flowRun.id()));
        finish(flowRun, claim.with(handle.get().run()), active, handle.get().await());
      }
    } catch (RunStarter.Unfit e) {
      refuse(flowRun, claim, active, e.end(), String.valueOf(e.getMessage()));
    } catch (EngineException e) {
      refuse(flowRun, claim, active, StateType.FAILED, String.valueOf(e.getMessage()));
    } catch (PrefectException e) {
      refuse(flowRun, claim, active, StateType.CRASHED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      refuse(flowRun, claim, active, StateType.CRASHED, "the worker broke: " + e);
    }
  }

  private Optional<RunHandle> begin(
      FlowRuns.FlowRun flowRun, Claim claim, Optional<Claim> before, Active active)
      throws RunStarter.Unfit, InterruptedException {
    place.claims().keep(claim);
    return switch (beginning(flowRun, claim, before)) {
      case Beginning.Fresh(String why) -> {
        if (!why.isEmpty()) {
          String text = flowRun.name() + " starts from the beginning: " + why;
          place.tell("restarted", flowRun.id(), Optional.empty(), text);
        }
        RunHandle handle = place.starter().begin(flowRun, deployment(flowRun));
        place.claims().keep(claim.with(handle.run()));
        String text = flowRun.name() + " begins as run " + handle.run() + late(flowRun);
        place.tell("began", flowRun.id(), Optional.of(handle.run()), text);
        yield Optional.of(handle);
      }
      case Beginning.GoOn(RunId run, boolean answered) -> {
        place.claims().keep(claim.with(run));
        String done = place.starter().summary(run).map(Carrying::done).orElse("");
        RunHandle handle = place.starter().goOn(run, answered);
        String text = flowRun.name() + " resumes run " + run + done;
        place.tell("resumed", flowRun.id(), Optional.of(run), text);
        yield Optional.of(handle);
      }
      case Beginning.Over(RunId run) -> {
        String text = "run " + run + " had completed; the server is told only now";
        refuse(flowRun, claim.with(run), active, StateType.COMPLETED, text);
        yield Optional.empty();
      }
    };
  }

  private Beginning beginning(FlowRuns.FlowRun flowRun, Claim claim, Optional<Claim> before) {
    if (before.isEmpty() && flowRun.runCount() == 0) {
      return new Beginning.Fresh("");
    }
    List<ServerState> states = place.client().flowRuns().states(flowRun.id());
    Optional<RunSummary> run = before.flatMap(this::runOf).flatMap(place.starter()::summary);
    return Beginning.of(before, run, states, claim.token());
  }

  private Deployments.Deployment deployment(FlowRuns.FlowRun flowRun) throws RunStarter.Unfit {
    Optional<Deployments.Deployment> found =
        flowRun.deploymentId().flatMap(place.client().deployments()::find);
    return found.orElseThrow(
        () ->
            new RunStarter.Unfit(
                StateType.CRASHED, "its deployment is gone, so there is nothing to run"));
  }

  private String late(FlowRuns.FlowRun flowRun) {
    Optional<Instant> due = flowRun.nextScheduledStartTime().or(flowRun::expectedStartTime);
    return due.map(time -> Duration.between(time, place.clock().instant()))
        .filter(wait -> !wait.isNegative())
        .map(wait -> String.format(Locale.ROOT, ", %.2f s after it was due", seconds(wait)))
        .orElse("");
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  private static String done(RunSummary run) {
    TaskCounts tasks = run.tasks();
    return ": " + tasks.done() + " of " + tasks.total() + " done";
  }

  /** A flow run that is claimed is never left so: the server is told, even if it is away now. */
  private void refuse(
      FlowRuns.FlowRun flowRun, Claim claim, Active active, StateType end, String why)
      throws InterruptedException {
    place.tell("refused", flowRun.id(), claim.run(), flowRun.name() + ": " + why);
    if (Insisting.on(active, () -> claims.end(claim, end, why)).isPresent()) {
      place.claims().close(claim);
    } else {
      left(flowRun, claim, flowRun.name());
    }
  }

  /**
   * The server went away before anything ran. What an earlier run here has done is not lost by
   * that: this claim takes the place of the one that knew the run.
   */
  private void putBack(
      FlowRuns.FlowRun flowRun, Claim claim, Optional<Claim> before, Active active, String why)
      throws InterruptedException {
    Optional<Boolean> back =
        Insisting.on(
            active,
            () -> {
              List<ServerState> states = place.client().flowRuns().states(flowRun.id());
              Optional<RunId> run =
                  Beginning.last(before, states, claim.token()).flatMap(this::runOf);
              place.claims().keep(run.map(claim::with).orElse(claim).with(Claim.Hold.GIVEN));
              return claims.back(claim, "worker " + claim.worker() + " could not begin it: " + why);
            });
    if (back.isPresent()) {
      place.tell(
          "put-back", flowRun.id(), Optional.empty(), flowRun.name() + " is put back: " + why);
      Insisting.pause(); // Its seat keeps this worker from claiming it again at once.
    } else {
      left(flowRun, claim, flowRun.name());
    }
  }

  private Optional<RunId> runOf(Claim claim) {
    return claim.run().or(() -> place.starter().runOf(claim.flowRun(), claim.at()));
  }

  /** The claim stays open, so that the next worker of the workspace looks after it. */
  private void left(FlowRuns.FlowRun flowRun, Claim claim, String name) {
    untold = true;
    String text = name + ": the server could not be told; the next worker here does";
    place.tell("untold", flowRun.id(), claim.run(), text);
  }

  /** Whether the server was not told what became of something. */
  boolean isUntold() {
    return untold;
  }

  private void finish(FlowRuns.FlowRun flowRun, Claim claim, Active active, State end)
      throws InterruptedException {
    Optional<Active.Stop> stop = active.over();
    String name = flowRun.name() + ", run " + claim.run().map(RunId::text).orElse("");
    if (stop.isPresent() && !end.isFinal()) {
      switch (stop.get()) {
        case HAND_BACK -> handBack(flowRun, claim, name);
        case LOST -> lost(flowRun, claim, name);
      }
      return;
    }
    if (!isTold(claim, active, end)) {
      if (active.stop().filter(Active.Stop.LOST::equals).isPresent()) {
        lost(flowRun, claim, name);
      } else {
        left(flowRun, claim, name);
      }
      return;
    }
    if (end.isFinal()) {
      place.claims().close(claim);
    } else {
      place.claims().await(claim);
    }
    String message = end.message().isEmpty() ? "" : ": " + end.message();
    place.tell(
        end.isFinal() ? "ended" : "waits",
        flowRun.id(),
        claim.run(),
        name + " is " + end.name() + message);
  }

  /**
   * Waits until the server knows how the run ended: once the claim is closed or the worker gone,
   * nobody would tell it, and others would take the run for one that was left.
   */
  private boolean isTold(Claim claim, Active active, State end) throws InterruptedException {
    if (active.stop().filter(Active.Stop.HAND_BACK::equals).isPresent()) {
      // It was to be handed back and came to its end instead. The mirror may have kept silent.
      place.claims().keep(claim);
      return Insisting.on(active, () -> claims.end(claim, end.type(), end.message())).isPresent();
    }
    while (!place.mirrored().awaitSent(claim.run().orElseThrow(), SLICE)) {
      if (active.stop().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private void lost(FlowRuns.FlowRun flowRun, Claim claim, String name) {
    place.claims().give(claim);
    place.tell("lost", flowRun.id(), claim.run(), name + " is stopped: another has it");
  }

  private void handBack(FlowRuns.FlowRun flowRun, Claim claim, String name) {
    String done = claim.run().flatMap(place.starter()::summary).map(Carrying::done).orElse("");
    try {
      boolean back = claims.back(claim, "handed back by worker " + claim.worker() + done);
      place.claims().give(claim);
      String text = back ? " is handed back" + done : " is stopped; the server has other plans";
      place.tell("handed-back", flowRun.id(), claim.run(), name + text);
    } catch (PrefectException e) {
      String text = " is stopped" + done + ", but can't be handed back: " + e.getMessage();
      place.tell("handed-back", flowRun.id(), claim.run(), name + text);
    }
  }
}
