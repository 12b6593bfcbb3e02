package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import dev.mahavishnu.prefect.watch.ParameterSchema;
import dev.mahavishnu.prefect.watch.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Has the server run a deployment, and follows the run. */
final class DeploymentTrigger {
  private final Workbench bench;
  private final Execution execution;
  private final boolean dryRun;
  private final JsonMapper mapper = new JsonMapper();

  DeploymentTrigger(Workbench bench, Execution execution, boolean dryRun) {
    this.bench = bench;
    this.execution = execution;
    this.dryRun = dryRun;
  }

  /**
   * Triggers the deployment of that name.
   *
   * @param name {@code NAME} or {@code FLOW/NAME}
   * @param key with that of an earlier run, that one is followed
   */
  int trigger(String name, FlowParameters parameters, Optional<String> key) {
    ServerRuns runs = new ServerRuns(bench);
    DeploymentSearch.One found = find(runs, name);
    ObjectNode values = values(found, parameters);
    Readiness ready = Readiness.of(runs.client(), found);
    ready
        .refusal()
        .ifPresent(
            why -> {
              throw CommandFailure.unreachable(why + "; no run was made");
            });
    if (dryRun) {
      return plan(found, values);
    }
    Consumer<String> say = execution.notes(bench);
    ready.note().map(ServerRuns::clean).ifPresent(say);
    key.filter(k -> isUsed(runs, found, k))
        .ifPresent(k -> say.accept("a run with the idempotency key " + k + " is there already"));
    FlowRun run = run(runs, found, values, key);
    return execution.noWait
        ? started(runs, run)
        : new ServerFollow(bench, runs, execution.output).until(run);
  }

  private DeploymentSearch.One find(ServerRuns runs, String name) {
    return switch (new DeploymentSearch(runs.client()).find(name)) {
      case DeploymentSearch.One one -> one;
      case DeploymentSearch.Several several ->
          throw CommandFailure.usage(
              "`"
                  + name
                  + "` is more than one deployment; say which: "
                  + String.join(", ", several.fullNames()));
      case DeploymentSearch.None none -> throw CommandFailure.usage(nothing(name, none));
    };
  }

  private String nothing(String name, DeploymentSearch.None none) {
    List<String> known = new ArrayList<>(bench.flows().names());
    known.addAll(none.fullNames());
    if (!name.contains("/")) {
      none.fullNames().forEach(full -> known.add(full.substring(full.indexOf('/') + 1)));
    }
    return "no flow `"
        + name
        + "` in this workspace, and no deployment of that name on "
        + bench.prefect().settings().apiUrl().orElseThrow().value()
        + Hints.like(name, known);
  }

  private ObjectNode values(DeploymentSearch.One found, FlowParameters parameters) {
    ParameterSchema schema = ParameterSchema.of(found.deployment());
    ObjectNode values = mapper.createObjectNode();
    Map<String, JsonNode> given = parameters.given(bench, schema::value);
    given.forEach(values::set);
    List<String> problems =
        schema.problems(values).stream().map(p -> found.fullName() + ": " + p).toList();
    if (!problems.isEmpty()) {
      // Each in a line of its own; the last one is said as every failure is.
      problems
          .subList(0, problems.size() - 1)
          .forEach(p -> bench.err().println("mahavishnu: " + ServerRuns.clean(p)));
      throw CommandFailure.usage(problems.getLast());
    }
    return values;
  }

  private static boolean isUsed(ServerRuns runs, DeploymentSearch.One found, String key) {
    Filter filter = Filter.ALL.flowRunIdempotencyKeys(key).flowIds(found.deployment().flowId());
    return runs.client().flowRuns().count(filter) > 0;
  }

  private FlowRun run(
      ServerRuns runs, DeploymentSearch.One found, ObjectNode values, Optional<String> key) {
    Deployments.RunDraft draft = Deployments.RunDraft.now().parameters(values);
    try {
      return runs.client()
          .deployments()
          .run(found.deployment().id(), key.map(draft::idempotencyKey).orElse(draft));
    } catch (PrefectException e) {
      if (e.fault().filter(Fault.Conflict.class::isInstance).isPresent()) {
        throw CommandFailure.usage(found.fullName() + ": " + e.why());
      }
      throw e.saying(
          "the Prefect server at "
              + bench.prefect().settings().apiUrl().orElseThrow().value()
              + " did not start "
              + found.fullName()
              + ": "
              + e.why());
    }
  }

  private int plan(DeploymentSearch.One found, ObjectNode values) {
    if (execution.output == OutputFormat.JSON) {
      ObjectNode json = mapper.createObjectNode().put("type", "plan");
      json.put("flow", found.flow()).put("deployment", found.deployment().name());
      json.set("parameters", values);
      bench.out().println(mapper.writeValueAsString(json));
    } else {
      bench.out().println(ServerRuns.clean("would run " + found.fullName() + " with " + values));
    }
    return ExitCode.COMPLETED;
  }

  private int started(ServerRuns runs, FlowRun run) {
    if (execution.output == OutputFormat.JSON) {
      ObjectNode json = mapper.createObjectNode().put("type", "started");
      json.put("run", run.id().toString()).put("name", run.name());
      runs.page(run).ifPresent(url -> json.put("url", url.toString()));
      bench.out().println(mapper.writeValueAsString(json));
    } else {
      bench.out().println(run.id());
    }
    runs.page(run).ifPresent(url -> bench.err().println("see it at: " + url));
    bench.err().println("watch it with: " + runs.commandLine("watch", run));
    return ExitCode.COMPLETED;
  }
}
