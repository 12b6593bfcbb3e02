package dev.mahavishnu.view.graph;

import dev.mahavishnu.spec.RunIf;
import java.util.Optional;

/**
 * A task as a graph shows it.
 *
 * @param key text of its key in the run; in a flow that is no run its id
 * @param name its id
 * @param kind the type of its work, of a subflow with the flow's name
 * @param items of a mapped task
 * @param standing of its task run; empty in a flow that is no run
 */
record GraphNode(
    String key,
    String name,
    String kind,
    Optional<ItemCount> items,
    RunIf rule,
    Optional<Standing> standing) {

  /** Whether it is mapped and has begun, and not all of its items ended. */
  boolean isUnderWay() {
    return standing.filter(s -> s.attempt() > 0 || !s.state().isFinal()).isPresent()
        && items.filter(i -> i.size().isPresent() && i.ended() < i.size().getAsInt()).isPresent();
  }
}
