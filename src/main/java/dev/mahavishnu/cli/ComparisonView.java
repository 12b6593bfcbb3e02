package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Comparison;
import dev.mahavishnu.engine.Comparison.Side;
import dev.mahavishnu.engine.Comparison.Tasks;
import dev.mahavishnu.engine.Comparison.Values;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.DiffView;
import dev.mahavishnu.view.Palette;
import dev.mahavishnu.view.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** What is not the same in two runs, for people and as JSON. */
record ComparisonView(Comparison comparison, boolean all) {
  private static final int LONGEST = 60;

  List<String> lines(Palette palette, int width) {
    List<String> lines = new ArrayList<>();
    lines.add(
        palette.paint(Tone.BAD, "- run " + comparison.one())
            + "  "
            + palette.paint(Tone.GOOD, "+ run " + comparison.other()));
    lines.addAll(DiffView.lines(comparison.spec(), palette, width));
    comparison.parameters().forEach(p -> lines.add(changed("params." + p.name(), p)));
    for (Tasks task : tasks()) {
      lines.add(task.task() + ": " + sides(task));
      task.inputs().forEach(v -> lines.add("  in  " + changed(v.name(), v)));
      task.output().ifPresent(v -> lines.add("  out " + changed(v.name(), v)));
    }
    if (lines.size() == 1) {
      lines.add("the same flow, parameters, states and outputs");
    }
    return lines;
  }

  private List<Tasks> tasks() {
    return comparison.tasks().stream().filter(t -> all || t.differs()).toList();
  }

  private static String sides(Tasks task) {
    String before = side(task.before());
    String after = side(task.after());
    return before.equals(after) ? before : before + " -> " + after;
  }

  private static String side(Optional<Side> side) {
    return side.map(
            s ->
                s.state().name()
                    + (s.attempt() > 1 ? ", attempt " + s.attempt() : "")
                    + s.took().map(t -> " in " + seconds(t)).orElse(""))
        .orElse("not run");
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1fs", took.toMillis() / 1e3);
  }

  private static String changed(String name, Values values) {
    return name + ": " + brief(values.before()) + " -> " + brief(values.after());
  }

  static String brief(Optional<JsonNode> value) {
    String text = Cells.clean(value.map(JsonNode::toString).orElse("nothing"));
    return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
  }

  ObjectNode json(ObjectNode json) {
    ArrayNode spec = json.putArray("spec");
    DiffView.lines(comparison.spec(), Palette.ASCII, 10_000).forEach(spec::add);
    ArrayNode parameters = json.putArray("parameters");
    comparison.parameters().forEach(p -> parameters.add(values(p)));
    ArrayNode tasks = json.putArray("tasks");
    for (Tasks task : tasks()) {
      ObjectNode node = tasks.addObject().put("task", task.task()).put("differs", task.differs());
      node.set("before", side(task.before(), node));
      node.set("after", side(task.after(), node));
      ArrayNode inputs = node.putArray("inputs");
      task.inputs().forEach(v -> inputs.add(values(v)));
      node.set(
          "output",
          task.output().<JsonNode>map(ComparisonView::values).orElseGet(NullNode::getInstance));
    }
    return json;
  }

  private static JsonNode side(Optional<Side> side, ObjectNode nodes) {
    if (side.isEmpty()) {
      return NullNode.getInstance();
    }
    ObjectNode node = nodes.objectNode();
    node.put("state", side.get().state().name()).put("attempt", side.get().attempt());
    side.get().took().ifPresent(t -> node.put("seconds", t.toMillis() / 1e3));
    return node;
  }

  private static ObjectNode values(Values values) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", values.name());
    node.set("before", values.before().orElseGet(NullNode::getInstance));
    node.set("after", values.after().orElseGet(NullNode::getInstance));
    return node;
  }
}
