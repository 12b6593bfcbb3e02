package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.run.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the server what it was not told of runs that nobody is telling it of. */
final class Syncing {
  private static final Logger LOG = LoggerFactory.getLogger(Syncing.class);
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration SLOWEST = Duration.ofSeconds(2);

  /** After that many the run is left for another time, when the server may have less to do. */
  private static final int MOST_LOSSES = 1;

  private final Mirrors mirrors;
  private final Consumer<String> say;

  Syncing(Mirrors mirrors, Consumer<String> say) {
    this.mirrors = mirrors;
    this.say = say;
  }

  List<Backlog> sync(List<RunId> runs) throws InterruptedException {
    List<Backlog> left = new ArrayList<>();
    Optional<Fault> before = Optional.empty();
    for (RunId run : runs) {
      try {
        one(run).ifPresent(left::add);
        before = Optional.empty();
      } catch (PrefectException e) {
        if (isHopeless(e) || isTheSame(before, e.fault())) {
          throw e;
        }
        before = e.fault().filter(Syncing::mayBeOfAll);
        left.add(left(run, String.valueOf(e.getMessage())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        // One run that can't be read, or told, is no reason to leave out the others.
        LOG.debug("run {}", run, e);
        left.add(left(run, Optional.ofNullable(e.getMessage()).orElse(e.toString())));
      }
    }
    return left;
  }

  private Backlog left(RunId run, String why) {
    say.accept("run " + run + ": " + why);
    return new Backlog(run, 0, why);
  }

  /** Whether it would be no better with another run. */
  private static boolean isHopeless(PrefectException e) {
    return e.fault()
        .filter(
            fault ->
                fault instanceof Fault.Unreachable
                    || fault instanceof Fault.Unauthorized
                    || fault instanceof Fault.RateLimited)
        .isPresent();
  }

  /** Either the server is ill, or what we told of the run makes it so: the next run tells. */
  private static boolean mayBeOfAll(Fault fault) {
    return fault instanceof Fault.ServerError || fault instanceof Fault.Malformed;
  }

  private static boolean isTheSame(Optional<Fault> before, Optional<Fault> now) {
    return before.isPresent() && before.map(Fault::getClass).equals(now.map(Fault::getClass));
  }

  private Optional<Backlog> one(RunId run) throws IOException, InterruptedException {
    MirrorPlace place = mirrors.place();
    Path folder = place.file(run).resolveSibling("");
    if (!Files.isDirectory(folder)) {
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
        case SENT -> {}
        case UNCONFIRMED, FULL -> {
          if (mirror.losses() > MOST_LOSSES) {
            return Optional.of(left(run, "all was sent, and the server has not stored all of it"));
          }
          Thread.sleep(pause);
          pause = pause.compareTo(SLOWEST) < 0 ? pause.multipliedBy(2) : SLOWEST;
        }
        case COMPLETE -> {
          if (mirror.refused().isPresent()) {
            return Optional.of(left(run, mirror.refused().get()));
          }
          long events = mirror.told() - before;
          say.accept("run " + run + ": " + (events == 0 ? "all there" : events + " events told"));
          return Optional.empty();
        }
      }
    }
  }
}
