package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Because;
import dev.mahavishnu.engine.Look;
import dev.mahavishnu.engine.Why;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code run why}: why a task ran, was taken over, was skipped or waits. */
@Command(
    name = "why",
    description = "Say why a task ran, was reused, was skipped or waits.",
    footer = "run why last load")
final class RunWhy implements Callable<Integer> {
  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(index = "1", paramLabel = "TASK", description = "As load, load[3] or sub/load.")
  String task = "";

  RunWhy(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    TaskKey key = Debugged.task(task, look);
    Why why = debugged.debugger(bench).why(look.fold().run(), key);
    debugged.answer(bench, () -> json(look, why), () -> text(why));
    return ExitCode.COMPLETED;
  }

  private static List<String> text(Why why) {
    List<String> lines = new ArrayList<>();
    String state = why.state().map(s -> " (" + s.name() + ")").orElse("");
    lines.add(why.task() + " " + verdict(why) + state);
    for (Because each : why.because()) {
      String values =
          each.before().isEmpty() && each.after().isEmpty()
              ? ""
              : ": "
                  + ComparisonView.brief(each.before())
                  + " -> "
                  + ComparisonView.brief(each.after());
      lines.add("  " + each.text() + values);
    }
    return lines;
  }

  private static String verdict(Why why) {
    return switch (why.verdict()) {
      case "reused", "skipped" -> "was " + why.verdict();
      case "set" -> "was set by a person";
      default -> why.verdict();
    };
  }

  private static ObjectNode json(Look look, Why why) {
    ObjectNode json = Debugged.json("why", look.fold().run());
    json.put("task", why.task().text()).put("verdict", why.verdict());
    why.state().ifPresent(s -> json.put("state", s.name()));
    why.compared().ifPresent(r -> json.put("compared", r.text()));
    ArrayNode because = json.putArray("because");
    for (Because each : why.because()) {
      ObjectNode node =
          because
              .addObject()
              .put("kind", each.kind())
              .put("name", each.name())
              .put("text", each.text());
      add(node, "before", each.before());
      add(node, "after", each.after());
    }
    return json;
  }

  private static void add(
      ObjectNode node, String name, Optional<tools.jackson.databind.JsonNode> value) {
    value.ifPresent(v -> node.set(name, v));
  }
}
