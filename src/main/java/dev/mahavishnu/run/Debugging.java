package dev.mahavishnu.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a run is to stop, where it stopped and where it stands.
 *
 * @param passed where it stopped so far; it does not stop at the same moment of the same attempt
 *     again
 * @param standing where it stands, until it goes on
 * @param amended whether a person changed it
 */
public record Debugging(
    List<Breakpoint> breakpoints, List<Stop> passed, Optional<Standing> standing, boolean amended) {
  public static final Debugging NONE = new Debugging(List.of(), List.of(), Optional.empty(), false);

  /**
   * Where a run stands.
   *
   * @param why the breakpoint, or {@code step}
   */
  public record Standing(Stop stop, String why) {}

  public Debugging {
    breakpoints = List.copyOf(breakpoints);
    passed = List.copyOf(passed);
  }

  Debugging with(List<Breakpoint> others) {
    return new Debugging(others, passed, standing, amended);
  }

  Debugging at(Stop stop, String why) {
    List<Stop> more = new ArrayList<>(passed);
    more.add(stop);
    return new Debugging(breakpoints, more, Optional.of(new Standing(stop, why)), amended);
  }

  Debugging gone() {
    return standing.isEmpty()
        ? this
        : new Debugging(breakpoints, passed, Optional.empty(), amended);
  }

  Debugging changed() {
    return new Debugging(breakpoints, passed, standing, true);
  }

  /** A task that was put back may stop again, and what is in it. */
  Debugging without(TaskKey key) {
    List<Stop> left = passed.stream().filter(s -> !s.task().isIn(key)).toList();
    return left.size() == passed.size()
        ? this
        : new Debugging(breakpoints, left, standing, amended);
  }
}
