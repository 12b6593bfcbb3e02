package dev.mahavishnu.spec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the tasks of a flow can wait for each other as it says. */
final class DependencyCheck {
  private final Report report;
  private final Analysis analysis;
  private final Map<String, Analysis.Place> places = new HashMap<>();

  /** Upstream ids of each task, each with where it is named. */
  private final Map<String, Map<String, Position>> edges = new LinkedHashMap<>();

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
        use.checked().tasks().stream().sorted().forEach(id -> edge(place, id, position(use, id)));
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
    new Cycles(edges).find().forEach(this::cycle);
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
        edge(place, id, report.positions().value(pointer));
      } else {
        report.at(
            pointer,
            "unknown task `" + id + "`",
            Nearest.hint(id, places.keySet().stream().filter(k -> !k.isEmpty()).toList()));
      }
    }
  }

  private void edge(Analysis.Place place, String id, Position at) {
    Analysis.Place upstream = places.get(id);
    if (upstream == null) {
      // The checker of the expression has said so.
      return;
    }
    String own = place.task().id();
    if (own.equals(id)) {
      report.problems().add(at, "task `" + id + "` depends on itself", "");
    } else if (upstream.handler() && !place.handler()) {
      report
          .problems()
          .add(
              at,
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
    Position at = edges.get(cycle.getFirst()).get(cycle.get(cycle.size() - 2));
    report.problems().add(at, "tasks wait for each other: " + String.join(" -> ", cycle), "");
  }
}
