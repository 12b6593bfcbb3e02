package dev.mahavishnu.spec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Whether the tasks of a flow can wait for each other as it says. */
final class DependencyCheck {
  private final Report report;
  private final Analysis analysis;
  private final Map<String, Analysis.Place> places = new HashMap<>();

  /** Upstream ids of each task, each with where it is named. */
  private final Map<String, Map<String, Supplier<Position>>> edges = new LinkedHashMap<>();

  private int unknown;

  DependencyCheck(Report report, Analysis analysis) {
    this.report = report;
    this.analysis = analysis;
  }

  void check() {
    analysis.places().forEach(p -> places.putIfAbsent(p.task().id(), p));
    for (int i = 0; i < analysis.places().size(); i++) {
      Analysis.Place place = analysis.places().get(i);
      declared(place);
      for (Analysis.Use use : analysis.uses(i)) {
        use.checked().tasks().stream()
            .sorted()
            .forEach(id -> edge(place, id, () -> position(use, id)));
      }
    }
    for (Analysis.Use use : analysis.outputs()) {
      use.checked().tasks().stream()
          .filter(id -> places.containsKey(id) && places.get(id).handler())
          .forEach(
              id ->
                  report
                      .problems()
                      .add(
                          position(use, id),
                          "an output can't come from `" + id + "`, which runs only on failure",
                          ""));
    }
    Map<String, Set<String>> upstream = new LinkedHashMap<>();
    edges.forEach((id, named) -> upstream.put(id, named.keySet()));
    new Cycles(upstream).find().forEach(this::cycle);
  }

  private void declared(Analysis.Place place) {
    List<String> ids = place.task().dependsOn();
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      String pointer = place.pointer() + "/depends_on/" + i;
      if (id.isEmpty()) {
        continue;
      }
      if (places.containsKey(id)) {
        edge(place, id, () -> report.positions().value(pointer));
      } else {
        report.at(pointer, "unknown task `" + id + "`", hint(id));
      }
    }
  }

  /** Only the first unknown ids are worth the search among all that there are. */
  private String hint(String id) {
    return ++unknown > Problems.MOST
        ? ""
        : Nearest.hint(id, places.keySet().stream().filter(k -> !k.isEmpty()).toList());
  }

  private void edge(Analysis.Place place, String id, Supplier<Position> at) {
    Analysis.Place upstream = places.get(id);
    if (upstream == null) {
      // The checker of the expression has said so.
      return;
    }
    String own = place.task().id();
    if (own.equals(id)) {
      report.problems().add(at.get(), "task `" + id + "` depends on itself", "");
    } else if (upstream.handler() && !place.handler()) {
      report
          .problems()
          .add(
              at.get(),
              "`" + id + "` runs only after all other tasks, when the run failed",
              "move it to `tasks`, or this one to `on_failure`");
    } else {
      edges.computeIfAbsent(own, _ -> new LinkedHashMap<>()).putIfAbsent(id, at);
    }
  }

  /** Where the id stands in the expression, or where that starts. */
  private Position position(Analysis.Use use, String id) {
    int in = use.source().indexOf(id, Math.max(0, use.source().indexOf("tasks")));
    return report.positions().within(use.pointer(), use.offset() + Math.max(0, in));
  }

  /** The cycle runs from upstream to downstream, so its first task waits for the last but one. */
  private void cycle(List<String> cycle) {
    String first = cycle.getFirst();
    Map<String, Supplier<Position>> named = edges.getOrDefault(first, Map.of());
    Supplier<Position> at = named.getOrDefault(cycle.get(cycle.size() - 2), () -> Position.START);
    String shown = cycle.size() > 12 ? shortened(cycle) : String.join(" -> ", cycle);
    report.problems().add(at.get(), "tasks wait for each other: " + shown, "");
  }

  private static String shortened(List<String> cycle) {
    String start = String.join(" -> ", cycle.subList(0, 6));
    String end = String.join(" -> ", cycle.subList(cycle.size() - 5, cycle.size()));
    return start + " -> (" + (cycle.size() - 11) + " more) -> " + end;
  }
}
