package dev.mahavishnu.cli;

import dev.mahavishnu.run.RunId;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all workbenches of a session share and the first of them closes: what was made last first.
 */
final class Kept {
  /** Something that has to be closed, and never fails at that. */
  interface Thing extends AutoCloseable {
    @Override
    void close();
  }

  private record Key(Class<?> type, Globals globals) {}

  private final PrintStream end;
  private final List<RunId> detached = new CopyOnWriteArrayList<>();
  private final LinkedHashMap<Key, Thing> things = new LinkedHashMap<>();
  private volatile @Nullable RunId lastRun;

  /**
   * @param end where what is closed may say its last word
   */
  Kept(PrintStream end) {
    this.end = end;
  }

  /** Where what is closed may say its last word, when the shell's own screen is gone. */
  PrintStream end() {
    return end;
  }

  /** A run was begun in a process of its own. */
  void detached(RunId run) {
    detached.add(run);
  }

  /** The runs that were begun so, the first first. */
  List<RunId> detached() {
    return List.copyOf(detached);
  }

  /**
   * The one thing of its type where the same was said for the whole command line.
   *
   * @param make makes it when it isn't there; must ask no workbench, whose lock another may hold
   */
  synchronized <T extends Thing> T get(Class<T> type, Globals globals, Supplier<T> make) {
    Key key = new Key(type, globals);
    Thing thing = things.get(key);
    if (thing == null) {
      thing = make.get();
      things.put(key, thing);
    }
    return type.cast(thing);
  }

  /** The run that was begun or taken up last. */
  Optional<RunId> lastRun() {
    return Optional.ofNullable(lastRun);
  }

  void began(RunId run) {
    lastRun = run;
  }

  void close() {
    while (true) {
      Thing last;
      synchronized (this) {
        if (things.isEmpty()) {
          return;
        }
        last = things.pollLastEntry().getValue();
      }
      last.close();
    }
  }
}
