package dev.mahavishnu.view.graph;

import dev.mahavishnu.run.Spans;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.StateSign;
import dev.mahavishnu.view.Tone;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A section as a tree: each task once, below the last one it waits for; what else it waits for
 * stands beside it.
 */
final class GraphTree {
  private final Section section;
  private final Palette palette;
  private final Instant now;
  private final Map<String, GraphNode> nodes = new LinkedHashMap<>();
  private final Map<String, List<String>> upstream = new HashMap<>();
  private final Map<String, List<String>> below = new HashMap<>();

  /** A place in the tree that is still to be written. */
  private record Place(String key, String lead, String below) {}

  GraphTree(Section section, Palette palette, Instant now) {
    this.section = section;
    this.palette = palette;
    this.now = now;
    section.nodes().forEach(node -> nodes.put(node.key(), node));
    for (Edge edge : section.edges()) {
      upstream.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge.from());
    }
  }

  /**
   * @param width cells of a line
   */
  List<String> lines(int width) {
    List<String> roots = place();
    String last = palette.unicode() ? "╰╴" : "`-";
    String more = palette.unicode() ? "┝╴" : "|-";
    String only = palette.unicode() ? "↓ " : "v ";
    List<String> lines = new ArrayList<>();
    Deque<Place> open = new ArrayDeque<>();
    roots.reversed().forEach(key -> open.push(new Place(key, "", "")));
    while (!open.isEmpty()) {
      Place place = open.pop();
      lines.add(label(place).render(palette, width));
      List<String> children = below.getOrDefault(place.key(), List.of());
      if (children.size() == 1) {
        open.push(new Place(children.getFirst(), place.below() + only, place.below()));
        continue;
      }
      for (int i = children.size() - 1; i >= 0; i--) {
        boolean end = i == children.size() - 1;
        String rest = place.below() + (end ? "  " : palette.unicode() ? "┆ " : "| ");
        open.push(new Place(children.get(i), place.below() + (end ? last : more), rest));
      }
    }
    return lines;
  }

  /** Puts each task below the last of those it waits for; gives those that wait for none. */
  private List<String> place() {
    List<String> roots = new ArrayList<>();
    Map<String, Integer> ranks = new HashMap<>();
    for (String key : order()) {
      ranks.put(key, ranks.size());
      parent(key, ranks)
          .ifPresentOrElse(
              up -> below.computeIfAbsent(up, _ -> new ArrayList<>()).add(key),
              () -> roots.add(key));
    }
    return roots;
  }

  private Optional<String> parent(String key, Map<String, Integer> ranks) {
    return upstream(key).stream().max(Comparator.comparingInt(up -> ranks.getOrDefault(up, -1)));
  }

  private List<String> upstream(String key) {
    return upstream.getOrDefault(key, List.of());
  }

  /** Each after those it waits for, as close to the order of the flow as that allows. */
  private List<String> order() {
    Map<String, List<String>> next = new HashMap<>();
    Map<String, Integer> waiting = new HashMap<>();
    for (Edge edge : section.edges()) {
      next.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge.to());
      waiting.merge(edge.to(), 1, Integer::sum);
    }
    List<String> order = new ArrayList<>();
    Deque<String> ready = new ArrayDeque<>();
    nodes.keySet().stream().filter(key -> !waiting.containsKey(key)).forEach(ready::add);
    while (!ready.isEmpty()) {
      String key = ready.remove();
      order.add(key);
      for (String to : next.getOrDefault(key, List.of())) {
        if (waiting.merge(to, -1, Integer::sum) == 0) {
          ready.add(to);
        }
      }
    }
    return order;
  }

  private Label label(Place place) {
    GraphNode node = java.util.Objects.requireNonNull(nodes.get(place.key()));
    Label label = new Label().add(Tone.QUIET, place.lead());
    node.standing()
        .ifPresent(
            s -> {
              State state = s.state();
              label.add(StateSign.tone(state), StateSign.of(state, palette, now) + " ");
            });
    label.add(Tone.PLAIN, node.name());
    label.add(Tone.QUIET, "  " + node.standing().map(GraphTree::standing).orElse(node.kind()));
    node.items().ifPresent(items -> label.add(Tone.ACTIVE, ", " + mapped(node, items)));
    if (node.rule() != RunIf.ALL_SUCCESS) {
      label.add(Tone.WARN, ", if " + node.rule().text());
    }
    List<String> also =
        upstream(place.key()).stream()
            .filter(up -> !below.getOrDefault(up, List.of()).contains(place.key()))
            .map(up -> nodes.containsKey(up) ? nodes.get(up).name() : up)
            .sorted()
            .toList();
    return also.isEmpty()
        ? label
        : label.add(Tone.QUIET, ", also after " + String.join(", ", also));
  }

  private static String standing(Standing standing) {
    return standing.state().name() + standing.took().map(took -> " " + Spans.text(took)).orElse("");
  }

  private static String mapped(GraphNode node, ItemCount items) {
    String failed = items.failed() > 0 ? ", " + items.failed() + " failed" : "";
    return (items.size().isPresent() ? items.text("", node.isUnderWay()) + " items" : "mapped")
        + failed;
  }
}
