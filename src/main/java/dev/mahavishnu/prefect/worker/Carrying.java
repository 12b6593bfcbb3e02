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

/** One flow run, from its claim to its end. */
final class Carrying {
  private static final int TRIES = 30;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Workplace place;
  private final Claims claims;

  Carrying(Workplace place, Claims claims) {
    this.place = place;
    this.claims = claims;
  }

  /** Claims a flow run that is due and carries it out, as far as it goes here. */
  void carry(FlowRuns.FlowRun due, Active active) throws InterruptedException {
    Optional<Claim> taken;
    try {
      taken = claims.takeDue(due.id());
    } catch (PrefectException e) {
      place.tell("unclaimed", due.id(), Optional.empty(), due.name() + ": " + e.getMessage());
      Thread.sleep(PAUSE);
      return;
    }
    if (taken.isPresent()) {
      carryOut(due, taken.get(), active);
    }
  }

  /** Carries out what is claimed already. */
  void carryOut(FlowRuns.FlowRun flowRun, Claim claim, Active active) throws InterruptedException {
    active.claimed(claim);
    try {
      Optional<RunHandle> handle = begin(flowRun, claim);
      if (handle.isPresent()) {
        active.begun(handle.get());
        Thread.ofVirtual().name("label").start(() -> claims.label(flowRun.id()));
        finish(flowRun, claim.with(handle.get().run()), active, handle.get().await());
      }
    } catch (RunStarter.Unfit e) {
      refuse(flowRun, claim, e.end(), String.valueOf(e.getMessage()));
    } catch (EngineException e) {
      refuse(flowRun, claim, StateType.FAILED, String.valueOf(e.getMessage()));
    } catch (PrefectException e) {
      refuse(flowRun, claim, StateType.CRASHED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      refuse(flowRun, claim, StateType.CRASHED, "the worker broke: " + e);
    }
  }

  private Optional<RunHandle> begin(FlowRuns.FlowRun flowRun, Claim claim)
      throws RunStarter.Unfit, InterruptedException {
    Optional<Claim> before = place.claims().find(flowRun.id());
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
        refuse(flowRun, claim.with(run), StateType.COMPLETED, text);
        yield Optional.empty();
      }
    };
  }

  private Beginning beginning(FlowRuns.FlowRun flowRun, Claim claim, Optional<Claim> before) {
    if (before.isEmpty() && flowRun.runCount() == 0) {
      return new Beginning.Fresh("");
    }
    List<ServerState> states = place.client().flowRuns().states(flowRun.id());
    Optional<RunSummary> run =
        before
            .flatMap(b -> b.run().or(() -> place.starter().runOf(b.flowRun(), b.at())))
            .flatMap(place.starter()::summary);
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
  private void refuse(FlowRuns.FlowRun flowRun, Claim claim, StateType end, String why)
      throws InterruptedException {
    place.tell("refused", flowRun.id(), claim.run(), flowRun.name() + ": " + why);
    for (int i = 0; i < TRIES; i++) {
      try {
        claims.end(flowRun.id(), end, why);
        place.claims().close(claim);
        return;
      } catch (PrefectException e) {
        Thread.sleep(PAUSE);
      }
    }
  }

  private void finish(FlowRuns.FlowRun flowRun, Claim claim, Active active, State end) {
    Optional<Active.Stop> stop = active.stop();
    String name = flowRun.name() + ", run " + claim.run().map(RunId::text).orElse("");
    if (stop.isPresent() && !end.isFinal()) {
      switch (stop.get()) {
        case HAND_BACK -> handBack(flowRun, claim, name);
        case LOST -> {
          place.claims().give(claim);
          place.tell("lost", flowRun.id(), claim.run(), name + " is stopped: another has it");
        }
      }
      return;
    }
    if (stop.filter(Active.Stop.HAND_BACK::equals).isPresent()) {
      tell(flowRun, end);
    }
    place.claims().close(claim);
    String message = end.message().isEmpty() ? "" : ": " + end.message();
    place.tell(
        end.isFinal() ? "ended" : "waits",
        flowRun.id(),
        claim.run(),
        name + " is " + end.name() + message);
  }

  /** It was to be handed back and came to its end instead; nobody else tells the server. */
  private void tell(FlowRuns.FlowRun flowRun, State end) {
    try {
      claims.end(flowRun.id(), end.type(), end.message());
    } catch (PrefectException e) {
      place.tell("untold", flowRun.id(), Optional.empty(), flowRun.name() + ": " + e.getMessage());
    }
  }

  private void handBack(FlowRuns.FlowRun flowRun, Claim claim, String name) {
    String done = claim.run().flatMap(place.starter()::summary).map(Carrying::done).orElse("");
    try {
      boolean back = claims.back(flowRun.id(), "handed back by worker " + claim.worker() + done);
      place.claims().give(claim);
      String text = back ? " is handed back" + done : " is stopped; the server has other plans";
      place.tell("handed-back", flowRun.id(), claim.run(), name + text);
    } catch (PrefectException e) {
      String text = " is stopped" + done + ", but can't be handed back: " + e.getMessage();
      place.tell("handed-back", flowRun.id(), claim.run(), name + text);
    }
  }
}
