package dev.mahavishnu.task;

import dev.mahavishnu.run.Child;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A child and all that came of it: its process group and session, whatever carries its mark, and
 * the descendants of any of these. What ran {@code setsid} is caught by the mark, what cleared its
 * environment by the group; only a process that did both and whose parent has ended gets away.
 *
 * <p>The number of a group or session is not used again while a process is in it, but after that it
 * may be anybody's. So a group counts as the child's only when the child itself or a marked process
 * is in it, or a process of it that was known before.
 */
final class Family {
  /** Under this name each descendant carries the mark. */
  static final String MARK = "MAHAVISHNU_ATTEMPT";

  /** The machine's start is told in seconds and moves with its clock. */
  private static final long START_TOLERANCE_MILLIS = 2000;

  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final ProcessTable table;
  private final Child child;

  /** Start times of the processes that were found to be of the family, by pid. */
  private final Map<Long, Long> known = new HashMap<>();

  /** Whether the child's pid can't have become somebody else's. */
  private volatile boolean fresh;

  private Family(ProcessTable table, Child child, boolean fresh) {
    this.table = table;
    this.child = child;
    this.fresh = fresh;
  }

  /** The family of a child that this process has just started; see {@link #isOver}. */
  static Family of(ProcessTable table, Child child) {
    return new Family(table, child, true);
  }

  /**
   * The family of a child that was journaled by another process: it may be long gone, its pid
   * somebody else's, and the clock by which it started another one.
   */
  static Family journaled(ProcessTable table, Child child) {
    return new Family(table, child, false);
  }

  /** From here on the child's pid may become somebody else's. */
  void isOver() {
    fresh = false;
  }

  /** Who of the family is there now. */
  synchronized List<ProcessTable.Entry> members() {
    List<ProcessTable.Entry> all = table.all();
    Set<Long> untouchable = ourselves(all);
    Map<Long, ProcessTable.Entry> found = new HashMap<>();
    List<ProcessTable.Entry> others = new ArrayList<>();
    for (ProcessTable.Entry entry : all) {
      if (untouchable.contains(entry.pid()) || isOlder(entry)) {
        continue;
      }
      if (isKnown(entry) || isChild(entry) || isMarked(entry)) {
        found.put(entry.pid(), entry);
      } else {
        others.add(entry);
      }
    }
    boolean ownGroup = fresh || found.values().stream().anyMatch(this::isInGroup);
    List<ProcessTable.Entry> added = new ArrayList<>(found.values());
    do {
      added = related(others, found, ownGroup);
      added.forEach(entry -> found.put(entry.pid(), entry));
      others.removeAll(added);
    } while (!added.isEmpty());
    found.values().forEach(entry -> known.put(entry.pid(), entry.started()));
    return List.copyOf(found.values());
  }

  /** Who is still there after those of now had this long to end by themselves. */
  List<ProcessTable.Entry> membersAfter(Duration settle) throws InterruptedException {
    List<ProcessTable.Entry> now = members();
    if (now.isEmpty()) {
      return now;
    }
    if (awaitEnd(now, System.nanoTime() + settle.toNanos())) {
      throw new InterruptedException();
    }
    return members();
  }

  private List<ProcessTable.Entry> related(
      List<ProcessTable.Entry> others, Map<Long, ProcessTable.Entry> found, boolean ownGroup) {
    return others.stream()
        .filter(e -> found.containsKey(e.parent()) || (ownGroup && isInGroup(e)))
        .toList();
  }

  /** Saves a look at most processes; told by one clock only, so not across processes of ours. */
  private boolean isOlder(ProcessTable.Entry entry) {
    return fresh && entry.started() < child.started();
  }

  private boolean isKnown(ProcessTable.Entry entry) {
    return known.getOrDefault(entry.pid(), -1L) == entry.started();
  }

  private boolean isChild(ProcessTable.Entry entry) {
    return entry.pid() == child.pid()
        && Math.abs(entry.started() - child.started()) <= START_TOLERANCE_MILLIS;
  }

  private boolean isMarked(ProcessTable.Entry entry) {
    return table.hasVariable(entry.pid(), MARK, child.mark());
  }

  private boolean isInGroup(ProcessTable.Entry entry) {
    return entry.group() == child.pid() || entry.session() == child.pid();
  }

  /** This process and its ancestors: a run may be resumed from within one of its own tasks. */
  private static Set<Long> ourselves(List<ProcessTable.Entry> all) {
    Map<Long, Long> parents = new HashMap<>();
    all.forEach(entry -> parents.put(entry.pid(), entry.parent()));
    Set<Long> ours = new HashSet<>();
    long pid = ProcessHandle.current().pid();
    while (pid > 0 && ours.add(pid)) {
      pid = parents.getOrDefault(pid, 0L);
    }
    return ours;
  }

  /**
   * Ends the family: asks, and after {@code grace} kills until nobody is left.
   *
   * @param bound longest time after {@code grace}
   * @return pids of who is still there
   */
  List<Long> end(Duration grace, Duration bound) {
    boolean interrupted = false;
    List<ProcessTable.Entry> left = members();
    long start = System.nanoTime();
    if (!left.isEmpty() && grace.isPositive()) {
      signal(left, Signals.TERM);
      signal(left, Signals.CONTINUE);
      interrupted |= awaitEnd(left, start + grace.toNanos());
      left = members();
    }
    long killing = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    while (!left.isEmpty() && System.nanoTime() - killing < bound.toNanos()) {
      signal(left, Signals.KILL);
      interrupted |= pause(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      left = members();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left.stream().map(ProcessTable.Entry::pid).toList();
  }

  private void signal(List<ProcessTable.Entry> members, int signal) {
    if (members.stream().anyMatch(entry -> entry.group() == child.pid())) {
      Signals.toGroup(child.pid(), signal);
    }
    for (ProcessTable.Entry entry : members) {
      if (entry.group() != child.pid()) {
        Signals.toProcess(entry.pid(), signal);
      }
    }
  }

  /** Waits until all of these have ended; whether it was interrupted. */
  private boolean awaitEnd(List<ProcessTable.Entry> members, long deadline) {
    boolean interrupted = false;
    long pause = FIRST_PAUSE_MILLIS;
    while (System.nanoTime() - deadline < 0 && members.stream().anyMatch(this::isThere)) {
      interrupted |= pause(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
    return interrupted;
  }

  private boolean isThere(ProcessTable.Entry entry) {
    return table.entry(entry.pid()).filter(now -> now.started() == entry.started()).isPresent();
  }

  /** Whether it was interrupted: ending processes goes on nevertheless, within its bounds. */
  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }
}
