package dev.mahavishnu.cli;

import dev.mahavishnu.engine.ResumePlan;
import dev.mahavishnu.run.Child;
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
    line("keeps", plan.reuse());
    line("runs", plan.run());
    line("was running", plan.inFlight());
    line("ends first", plan.orphans().stream().map(c -> "process " + c.pid()).toList());
  }

  private void line(String what, List<String> names) {
    if (names.isEmpty() && !what.equals("runs")) {
      return;
    }
    String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    String more = names.size() > NAMED ? ", and " + (names.size() - NAMED) + " more" : "";
    String count = names.isEmpty() ? "nothing" : names.size() + ": ";
    bench.out().println(what + " " + count + some + more);
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
