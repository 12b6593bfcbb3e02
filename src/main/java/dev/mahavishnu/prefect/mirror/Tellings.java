package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.mirror.Telling.Track;
import dev.mahavishnu.run.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The flow runs of a run that may still be told of, by scope. */
final class Tellings {
  private final NavigableMap<String, Telling> tellings = new TreeMap<>();

  void add(Telling telling) {
    tellings.put(telling.scope, telling);
  }

  Telling root() {
    return of(TaskKey.of("", ""));
  }

  /** The flow run that the task is one of. */
  Telling of(TaskKey key) {
    Telling found = tellings.get(key.scope());
    if (found == null) {
      throw new IllegalStateException("nothing was told of the flow of " + key);
    }
    return found;
  }

  /** The flow run that is the work of the task; empty for one that runs no flow now. */
  Optional<Telling> below(TaskKey key) {
    return Optional.ofNullable(tellings.get(key.text()));
  }

  /** Each before those of its subflows. */
  Collection<Telling> all() {
    return tellings.values();
  }

  /** Forgets the flow runs of a task and of its items, and what they ran in turn. */
  List<Telling> remove(String task) {
    List<Telling> removed = new ArrayList<>();
    for (NavigableMap<String, Telling> some :
        List.of(
            tellings.subMap(task, true, task, true),
            // What begins with a slash or a bracket: up to the character after it.
            tellings.subMap(task + "/", true, task + "0", false),
            tellings.subMap(task + "[", true, task + "\\", false))) {
      removed.addAll(some.values());
      some.clear();
    }
    return removed;
  }

  /** Until when answers are waited for; absent where one has no limit, or nobody is asked. */
  Optional<Instant> waitedFor() {
    long latest = 0;
    for (Telling telling : tellings.values()) {
      for (Track track : telling.tracks()) {
        for (int slot = 0; slot < track.slots.size(); slot++) {
          if (track.slots.known(slot) && track.slots.phase(slot) == Phase.PAUSED) {
            if (track.step.expires().isEmpty()) {
              return Optional.empty();
            }
            latest =
                Math.max(latest, track.slots.since(slot) + Micros.of(track.step.expires().get()));
          }
        }
      }
    }
    return latest == 0 ? Optional.empty() : Optional.of(Micros.instant(latest));
  }
}
