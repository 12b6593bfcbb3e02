package dev.mahavishnu.engine;

import dev.mahavishnu.engine.Comparison.Side;
import dev.mahavishnu.engine.Comparison.Tasks;
import dev.mahavishnu.engine.Comparison.Values;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Compares two runs. */
final class Comparing {
  private final Look one;
  private final Look other;

  Comparing(Look one, Look other) {
    this.one = one;
    this.other = other;
  }

  Comparison compare() {
    Flow before = one.flow();
    Flow after = other.flow();
    List<Tasks> tasks = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>(other.graph("").order());
    ids.addAll(one.graph("").order());
    ids.forEach(id -> tasks.add(task(id)));
    return new Comparison(
        one.fold().run(),
        other.fold().run(),
        Diff.between(before, after),
        parameters().stream().filter(Values::differ).toList(),
        tasks);
  }

  private List<Values> parameters() {
    JsonNode before = one.fold().root().parameters();
    JsonNode after = other.fold().root().parameters();
    Set<String> names = new LinkedHashSet<>(before.propertyNames());
    names.addAll(after.propertyNames());
    return names.stream().map(n -> new Values(n, before.optional(n), after.optional(n))).toList();
  }

  private Tasks task(String id) {
    List<Values> inputs = new ArrayList<>();
    if (one.has(id) && other.has(id)) {
      Set<String> references = new LinkedHashSet<>(other.graph("").references(id));
      references.retainAll(one.graph("").references(id));
      references.forEach(r -> inputs.add(output(r)));
      Set<String> named = new LinkedHashSet<>(other.graph("").parameters(id));
      parameters().stream()
          .filter(p -> named.contains(p.name()))
          .map(p -> new Values("params." + p.name(), p.before(), p.after()))
          .forEach(inputs::add);
    }
    return new Tasks(
        id,
        side(one, id),
        side(other, id),
        inputs.stream().filter(Values::differ).toList(),
        Optional.of(output(id)).filter(Values::differ));
  }

  private Values output(String id) {
    return new Values("tasks." + id + ".output", output(one, id), output(other, id));
  }

  private static Optional<JsonNode> output(Look look, String id) {
    return look.has(id)
        ? Optional.of(look.value("tasks[\"" + id + "\"].output", TaskKey.of("", id)))
            .filter(v -> !v.isNull())
        : Optional.empty();
  }

  private static Optional<Side> side(Look look, String id) {
    return look.fold().root().task(id).map(Comparing::side);
  }

  private static Side side(TaskFold task) {
    return new Side(
        task.state(),
        task.attempt(),
        task.state().isFinal()
            ? task.started().map(start -> Duration.between(start, task.since()))
            : Optional.empty());
  }
}
