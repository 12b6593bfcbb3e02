package dev.mahavishnu.eval;

import dev.mahavishnu.spec.Flow;
import java.util.List;
import java.util.Optional;

/**
 * A conversation, mostly of one turn, with what is right after each.
 *
 * @param group the file it stands in
 * @param name unique among all
 * @param draft what the person has in front of them when it begins
 */
record Case(String group, String name, Place place, Optional<Flow> draft, List<Step> steps) {
  Case {
    steps = List.copyOf(steps);
  }

  /**
   * One turn.
   *
   * @param right any of these, at least one
   */
  record Step(String says, List<Right> right) {
    Step {
      right = List.copyOf(right);
    }
  }

  @Override
  public String toString() {
    return group + "/" + name;
  }
}
