package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a session has going on: the statements that are being done, and the runs that it began or
 * watched, numbered as they came. Safe for several threads.
 */
final class Jobs {
  /** Where runs are seen. */
  interface Screen {
    /** Takes a run off the screen, or brings it back as the newest one. */
    void hide(RunWatch watch, boolean away);
  }

  private final Screen screen;
  private final List<Job> going = new CopyOnWriteArrayList<>();
  private final Map<RunId, Integer> numbers = new LinkedHashMap<>();
  private final Set<RunId> told = new HashSet<>();

  Jobs(Screen screen) {
    this.screen = screen;
  }

  /** Those of a script, which shows one run after the other. */
  static Jobs unseen() {
    return new Jobs((_, _) -> {});
  }

  void begin(Job job) {
    going.add(job);
  }

  /** The statements that are not over, the newest last. */
  List<Job> going() {
    going.removeIf(Job::isOver);
    return List.copyOf(going);
  }

  /** The newest statement that a person sees. */
  Optional<Job> newestSeen() {
    return going().reversed().stream().filter(job -> !job.isAside()).findFirst();
  }

  /** The number of a run, which gets one if it has none. */
  synchronized int number(RunId run) {
    return numbers.computeIfAbsent(run, _ -> numbers.size() + 1);
  }

  /** Whether the end of a run is still to be told; whoever asks tells it. */
  synchronized boolean tells(RunId run) {
    return told.add(run);
  }

  /** It goes on, and has another end then. */
  synchronized void goesOn(RunId run) {
    told.remove(run);
  }

  synchronized boolean knows(RunId run) {
    return numbers.containsKey(run);
  }

  synchronized Optional<RunId> numbered(int number) {
    return numbers.entrySet().stream()
        .filter(e -> e.getValue() == number)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** In the order of their numbers. */
  synchronized List<RunId> runs() {
    return new ArrayList<>(numbers.keySet());
  }

  /** The statement that has this run on the screen, or could have. */
  Optional<Job> showing(RunId run) {
    return going().reversed().stream()
        .filter(job -> job.watch().filter(w -> w.run().equals(run)).isPresent())
        .findFirst();
  }

  /** Takes what a statement shows off the screen; false where it shows nothing. */
  boolean hide(Job job) {
    Optional<RunWatch> shown = job.watch().filter(w -> !w.isHidden());
    shown.ifPresent(watch -> screen.hide(watch, true));
    return shown.isPresent();
  }

  /** Brings it back: it is the newest then, which Ctrl-C means. */
  void show(Job job) {
    if (going.remove(job)) {
      going.add(job);
    }
    Job asking = Job.current();
    if (asking != null && asking != job) {
      asking.handOn(job);
    }
    job.watch().ifPresent(watch -> screen.hide(watch, false));
  }
}
