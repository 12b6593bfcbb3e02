package dev.mahavishnu.prefect.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which flow run stood for a scope at what time: a subflow that is tried again has another. */
final class Lives {
  private record Life(String flowRun, long from) {}

  private final Map<String, List<Life>> lives = new HashMap<>();

  void begin(String scope, String flowRun, long from) {
    lives.computeIfAbsent(scope, _ -> new ArrayList<>(1)).add(new Life(flowRun, from));
  }

  /** The last. */
  Optional<String> last(String scope) {
    List<Life> all = lives.getOrDefault(scope, List.of());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast().flowRun);
  }

  /** The last that had begun by then; the first where none had, since clocks differ. */
  Optional<String> at(String scope, long time) {
    List<Life> all = lives.getOrDefault(scope, List.of());
    for (Life life : all.reversed()) {
      if (life.from <= time) {
        return Optional.of(life.flowRun);
      }
    }
    return all.stream().findFirst().map(Life::flowRun);
  }
}
