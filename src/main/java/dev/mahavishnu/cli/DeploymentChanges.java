package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.deploy.Applying;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.BundleException;
import dev.mahavishnu.prefect.deploy.Change;
import dev.mahavishnu.prefect.deploy.ChangeLine;
import dev.mahavishnu.prefect.deploy.DeploymentPlan;
import dev.mahavishnu.prefect.deploy.NextRuns;
import dev.mahavishnu.prefect.deploy.Wanted;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.view.DiffView;
import dev.mahavishnu.view.SignedLine;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows what of a deployment changes, and changes it. */
final class DeploymentChanges {
  private final Workbench bench;
  private final Served served;
  private final OutputFormat output;

  DeploymentChanges(Workbench bench, Served served, OutputFormat output) {
    this.bench = bench;
    this.served = served;
    this.output = output;
  }

  /**
   * @param dryRun only shows
   * @return the deployment as it is then; empty for a dry run
   * @throws CommandFailure when it can't be as it is wanted
   */
  Optional<Deployment> carry(Wanted wanted, boolean dryRun) {
    Applying applying = new Applying(served.client(), poolTemplate());
    DeploymentPlan plan = applying.plan(wanted);
    if (!plan.problems().isEmpty()) {
      throw CommandFailure.usage(String.join("; ", plan.problems()));
    }
    if (output == OutputFormat.TEXT) {
      show(plan);
    }
    if (dryRun) {
      report(plan, plan.has(), false);
      return Optional.empty();
    }
    Deployment now = applying.apply(plan);
    report(plan, Optional.of(now), true);
    return Optional.of(now);
  }

  /** The pool says nothing about how to run: the flow comes with the deployment. */
  private static JsonNode poolTemplate() {
    return new JsonMapper()
        .readTree(
            """
            {"job_configuration": {"engine": "mahavishnu"},
             "variables": {"type": "object", "properties": {}}}
            """);
  }

  private void show(DeploymentPlan plan) {
    for (ChangeLine line : plan.lines()) {
      bench.out().println(painted(line));
      if (line.text().startsWith("  content: ")) {
        flow(plan).forEach(bench.out()::println);
      }
    }
    bench.out().flush();
  }

  private String painted(ChangeLine line) {
    return switch (line.sign()) {
      case COMES -> SignedLine.comes(line.text(), bench.palette(), bench.width());
      case GOES -> SignedLine.goes(line.text(), bench.palette(), bench.width());
      case CHANGES -> SignedLine.changes(line.text(), bench.palette(), bench.width());
    };
  }

  /** What of the flow itself changes, where it was there before. */
  private List<String> flow(DeploymentPlan plan) {
    Optional<Bundle> before =
        plan.changes().stream()
            .filter(Change.Content.class::isInstance)
            .findFirst()
            .flatMap(c -> ((Change.Content) c).before());
    try {
      Flow now = plan.wanted().flow();
      return before
          .map(b -> Diff.between(b.flow(new FlowReader(bench.expressions())), now))
          .map(d -> DiffView.lines(d, bench.palette(), Math.max(20, bench.width() - 6)))
          .orElse(List.of())
          .stream()
          .map(line -> "      " + line)
          .toList();
    } catch (BundleException _) {
      // Another version of this program made it: that it changes is shown already.
      return List.of();
    }
  }

  private void report(DeploymentPlan plan, Optional<Deployment> now, boolean applied) {
    if (output == OutputFormat.JSON) {
      bench.out().println(json(plan, now, applied));
      return;
    }
    if (plan.changes().isEmpty()) {
      bench.out().println("nothing to change: " + plan.wanted().shown() + " is as it should be");
    } else if (applied && now.isPresent()) {
      bench.out().println("applied " + plan.wanted().shown() + next(now.get()));
      served.settings().deploymentPage(now.get().id()).ifPresent(page -> bench.out().println(page));
    }
  }

  private String next(Deployment deployment) {
    return NextRuns.of(served.client(), deployment.id())
        .first(deployment.id())
        .map(time -> "; next run " + Served.time(time))
        .orElse("");
  }

  private String json(DeploymentPlan plan, Optional<Deployment> now, boolean applied) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode json = mapper.createObjectNode().put("type", "deployment");
    json.put("deployment", plan.wanted().shown());
    now.ifPresent(d -> json.put("id", d.id().toString()));
    json.put("content_hash", plan.wanted().bundle().hash()).put("applied", applied);
    ArrayNode changes = json.putArray("changes");
    for (ChangeLine line : plan.lines()) {
      String sign =
          switch (line.sign()) {
            case COMES -> "+";
            case GOES -> "-";
            case CHANGES -> "~";
          };
      changes.addObject().put("sign", sign).put("text", line.text().strip());
    }
    now.flatMap(d -> served.settings().deploymentPage(d.id()))
        .ifPresent(page -> json.put("url", page.toString()));
    return mapper.writeValueAsString(json);
  }
}
