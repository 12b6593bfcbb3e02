package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A flow run that this worker is at. Safe for several threads. */
final class Active {
  /** Why a run is stopped before its end. */
  enum Stop {
    /** The next worker shall go on with it. */
    HAND_BACK,
    /** Another worker has it already. */
    LOST
  }

  private final UUID flowRun;
  private @Nullable Claim claim;
  private @Nullable RunHandle handle;
  private @Nullable Stop stop;
  private boolean over;

  Active(UUID flowRun) {
    this.flowRun = flowRun;
  }

  UUID flowRun() {
    return flowRun;
  }

  /** Absent until it is claimed. */
  synchronized Optional<Claim> claim() {
    return Optional.ofNullable(claim);
  }

  synchronized Optional<RunId> run() {
    return Optional.ofNullable(handle).map(RunHandle::run);
  }

  synchronized void claimed(Claim made) {
    claim = made;
  }

  /** The run goes on; it is stopped at once where that was asked for meanwhile. */
  synchronized void begun(RunHandle run) {
    handle = run;
    if (stop != null) {
      run.command(new Command.Suspend("worker"));
    }
  }

  synchronized Optional<Stop> stop() {
    return Optional.ofNullable(stop);
  }

  /** Stops it, once; that it is suspended by this is nothing to tell the server. */
  synchronized void stop(Stop why, ClaimFolder claims) {
    if (stop != null) {
      return;
    }
    stop = why;
    if (over && why == Stop.HAND_BACK) {
      return; // There is nothing to hand back, and the mirror may still be telling how it ended.
    }
    if (claim != null) {
      claims.give(claim);
    }
    if (handle != null) {
      handle.command(new Command.Suspend("worker"));
    }
  }

  /** The run has come to rest; says whether it was stopped before. */
  synchronized Optional<Stop> over() {
    over = true;
    return stop();
  }

  synchronized void cancel() {
    if (handle != null && stop == null) {
      handle.command(new Command.Cancel("prefect"));
    }
  }
}
