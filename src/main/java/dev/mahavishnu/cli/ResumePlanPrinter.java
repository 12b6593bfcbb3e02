package dev.mahavishnu.cli;

import dev.mahavishnu.engine.ResumePlan;
import dev.mahavishnu.run.Child;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Says what going on with a run keeps and what it runs. */
final class ResumePlanPrinter {
  private static final int NAMED = 20;

  private final Workbench bench;
  private final OutputFormat format;

  ResumePlanPrinter(Workbench bench, OutputFormat format) {
    this.bench = bench;
    this.format = format;
  }

  void print(ResumePlan plan) {
    if (format == OutputFormat.JSON) {
      bench.out().println(json(plan));
      return;
    }
    lines(plan).forEach(bench.out()::println);
  }

  /** The plan for people. */
  static List<String> lines(ResumePlan plan) {
    List<String> lines = new ArrayList<>();
    line(lines, "keeps", plan.reuse());
    line(lines, "runs", plan.run());
    line(lines, "was running", plan.inFlight());
    line(lines, "ends first", plan.orphans().stream().map(c -> "process " + c.pid()).toList());
    return lines;
  }

  private static void line(List<String> lines, String what, List<String> names) {
    if (names.isEmpty() && !what.equals("runs")) {
      return;
    }
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    String more = names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "";
    String count = names.isEmpty() ? "nothing" : names.size() + ": ";
    lines.add(what + " " + count + some + more);
  }

  private static String json(ResumePlan plan) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode json = mapper.createObjectNode().put("type", "plan").put("from", plan.from().text());
    plan.reuse().forEach(json.putArray("reuse")::add);
    plan.run().forEach(json.putArray("run")::add);
    plan.inFlight().forEach(json.putArray("in_flight")::add);
    plan.orphans().stream().map(Child::pid).forEach(json.putArray("orphans")::add);
    return mapper.writeValueAsString(json);
  }
}
