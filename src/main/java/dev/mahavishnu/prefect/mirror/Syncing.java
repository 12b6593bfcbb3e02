package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells the server what it was not told of runs that nobody is telling it of. */
final class Syncing {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration SLOWEST = Duration.ofSeconds(2);

  private final Mirrors mirrors;
  private final Consumer<String> say;

  Syncing(Mirrors mirrors, Consumer<String> say) {
    this.mirrors = mirrors;
    this.say = say;
  }

  List<Backlog> sync(List<RunId> runs) throws InterruptedException {
    List<Backlog> left = new ArrayList<>();
    for (RunId run : runs) {
      try {
        one(run).ifPresent(left::add);
      } catch (PrefectException e) {
        if (isHopeless(e)) {
          throw e;
        }
        say.accept("run " + run + ": " + e.getMessage());
        left.add(new Backlog(run, 0));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return left;
  }

  /** Whether it would be no better with another run. */
  private static boolean isHopeless(PrefectException e) {
    return e.fault()
        .filter(
            fault ->
                fault instanceof Fault.Unreachable
                    || fault instanceof Fault.Unauthorized
                    || fault instanceof Fault.ServerError
                    || fault instanceof Fault.RateLimited
                    || fault instanceof Fault.Malformed)
        .isPresent();
  }

  private Optional<Backlog> one(RunId run) throws IOException, InterruptedException {
    MirrorPlace place = mirrors.place();
    if (place.history().summary(run).isEmpty()) {
      mirrors.forget(run);
      return Optional.empty();
    }
    Optional<MirrorPlace.Lock> lock = place.lock(run);
    if (lock.isEmpty()) {
      say.accept("run " + run + ": another process tells the server of it");
      return Optional.empty();
    }
    try (MirrorPlace.Lock _ = lock.get()) {
      return tell(mirrors.mirror(run), run);
    }
  }

  private Optional<Backlog> tell(RunMirror mirror, RunId run)
      throws IOException, InterruptedException {
    Duration pause = FIRST;
    long before = mirror.told();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      switch (mirror.step()) {
        case MORE -> {}
        case LIVE -> {
          say.accept("run " + run + ": told up to now; it goes on");
          return Optional.empty();
        }
        case UNCONFIRMED -> {
          Thread.sleep(pause);
          pause = pause.compareTo(SLOWEST) < 0 ? pause.multipliedBy(2) : SLOWEST;
        }
        case COMPLETE -> {
          long events = mirror.told() - before;
          say.accept("run " + run + ": " + (events == 0 ? "all there" : events + " events told"));
          return Optional.empty();
        }
      }
    }
  }
}
