package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Deployments.RunDraft;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.deploy.DeploymentFinder.Found;
import dev.mahavishnu.spec.Durations;
import dev.mahavishnu.view.Cells;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code deployment run}: makes a flow run of a deployment, for a worker to take. */
@Command(name = "run", description = "Let the server run a deployment, by a worker of its pool.")
final class DeploymentRun implements Callable<Integer> {
  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "DEPLOYMENT", description = "Its name, or FLOW/NAME.")
  String name = "";

  @Option(
      names = "--param",
      paramLabel = "NAME=VALUE",
      description = "A parameter over the deployment's own, read by its type.")
  List<String> params = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "Not before that time: 2026-01-01T06:00:00Z, or 30m from now.")
  @Nullable String at;

  @Mixin ServerChoice server = new ServerChoice();

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  DeploymentRun(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Optional<Instant> time = Optional.ofNullable(at).map(this::time);
    try (Served served = server.open(bench)) {
      Found.One one = served.deployment(name);
      refuseWhatRests(served.client(), one);
      RunDraft draft =
          RunDraft.now()
              .parameters(ServerParameters.of(one.deployment().parameterOpenapiSchema(), params));
      FlowRun run =
          served
              .client()
              .deployments()
              .run(one.deployment().id(), time.map(draft::at).orElse(draft));
      report(served, one, run, time);
    }
    return ExitCode.COMPLETED;
  }

  /** What nobody would take is not made. */
  private static void refuseWhatRests(PrefectClient client, Found.One one) {
    Deployment deployment = one.deployment();
    String pool = deployment.workPoolName();
    if (deployment.paused()) {
      throw CommandFailure.unreachable(
          "prefect: deployment "
              + one.shown()
              + " is paused; go on with: deployment resume "
              + one.shown());
    }
    if (!pool.isEmpty() && client.workPools().find(pool).filter(p -> p.isPaused()).isPresent()) {
      throw CommandFailure.unreachable(
          "prefect: work pool "
              + pool
              + " of deployment "
              + one.shown()
              + " is paused; go on with: workpool resume "
              + pool);
    }
  }

  private Instant time(String text) {
    try {
      return Durations.isDuration(text)
          ? bench.env().clock().instant().plus(Durations.parse(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw CommandFailure.usage(
          "--at " + text + ": expected a time with its zone, as 2026-01-01T06:00:00Z, or 30m");
    }
  }

  private void report(Served served, Found.One one, FlowRun run, Optional<Instant> time) {
    String page = served.settings().flowRunPage(run.id()).map(java.net.URI::toString).orElse("");
    if (output == OutputFormat.JSON) {
      ObjectNode json = new JsonMapper().createObjectNode().put("type", "flow_run");
      json.put("deployment", one.shown()).put("id", run.id().toString()).put("name", run.name());
      run.state().ifPresent(s -> json.put("state", s.type()));
      time.ifPresent(t -> json.put("at", t.toString()));
      bench.out().println(json.put("url", page));
    } else {
      bench
          .out()
          .println(
              "made "
                  + Cells.clean(run.name())
                  + " of "
                  + Cells.clean(one.shown())
                  + time.map(t -> ", not before " + Served.time(t)).orElse("")
                  + "  "
                  + run.id());
      bench.out().println(page);
    }
  }
}
