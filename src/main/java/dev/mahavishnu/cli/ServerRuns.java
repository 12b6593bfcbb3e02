package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.Flows;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.watch.RunSearch;
import dev.mahavishnu.view.Cells;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The flow runs of the server, with the names of what they are runs of. */
final class ServerRuns {
  private final Workbench bench;
  private final PrefectClient client;
  private final PrefectSettings settings;
  private final Optional<String> environment;
  private final Map<UUID, String> flows = new HashMap<>();
  private final Map<UUID, String> deployments = new HashMap<>();

  /**
   * Checks that the server can be used.
   *
   * @throws CommandFailure when none is configured
   */
  ServerRuns(Workbench bench) {
    this(bench, bench.prefect().required(), bench.prefect().settings(), Optional.empty());
    client.server().require();
  }

  /**
   * Of a server that is known to be usable.
   *
   * @param environment whose it is; empty: the configured one
   */
  ServerRuns(
      Workbench bench,
      PrefectClient client,
      PrefectSettings settings,
      Optional<String> environment) {
    this.environment = environment;
    this.bench = bench;
    this.client = client;
    this.settings = settings;
  }

  /** Refuses the name of an environment for a run of this workspace. */
  static void none(ServerChoice choice) {
    if (choice.environment != null) {
      throw CommandFailure.usage("--env says whose server: it goes with --server");
    }
  }

  PrefectClient client() {
    return client;
  }

  /** The run that a person means by its id, the beginning of it, its name, or {@code last}. */
  FlowRun find(String text) {
    List<FlowRun> found = new RunSearch(client).find(text, bench.env().clock().instant());
    if (found.size() == 1) {
      return found.getFirst();
    }
    String where = " on " + settings.apiUrl().orElseThrow().value();
    if (found.isEmpty()) {
      throw CommandFailure.usage(
          "no run `" + text + "`" + where + ": run list --server lists some");
    }
    String some =
        String.join(
            ", ",
            found.stream().limit(5).map(run -> run.id() + " (" + clean(run.name()) + ")").toList());
    throw CommandFailure.usage("`" + text + "` is more than one run" + where + ": " + some);
  }

  /** Looks up at once what these are runs of. */
  void know(Collection<FlowRun> runs) {
    UUID[] unknownFlows =
        runs.stream()
            .map(FlowRun::flowId)
            .filter(id -> !flows.containsKey(id))
            .distinct()
            .toArray(UUID[]::new);
    if (unknownFlows.length > 0) {
      client
          .flows()
          .filter(Filter.ALL.flowIds(unknownFlows))
          .forEach((Flows.Flow flow) -> flows.put(flow.id(), clean(flow.name())));
    }
    UUID[] unknown =
        runs.stream()
            .flatMap(run -> run.deploymentId().stream())
            .filter(id -> !deployments.containsKey(id))
            .distinct()
            .toArray(UUID[]::new);
    if (unknown.length > 0) {
      client
          .deployments()
          .filter(Filter.ALL.deploymentIds(unknown))
          .forEach((Deployments.Deployment d) -> deployments.put(d.id(), clean(d.name())));
    }
  }

  /** The flow's name. */
  String flow(FlowRun run) {
    know(List.of(run));
    return flows.getOrDefault(run.flowId(), "?");
  }

  /** {@code flow/deployment}; of a run of no deployment the flow alone. */
  String what(FlowRun run) {
    String flow = flow(run);
    return deployment(run).map(name -> flow + "/" + name).orElse(flow);
  }

  Optional<String> deployment(FlowRun run) {
    know(List.of(run));
    return run.deploymentId().flatMap(id -> Optional.ofNullable(deployments.get(id)));
  }

  /** Where people look at it. */
  Optional<URI> page(FlowRun run) {
    return settings.flowRunPage(run.id());
  }

  /** A command about a run of the server, as a person would type it. */
  String commandLine(String verb, FlowRun run) {
    return bench.commandLine(
        "run "
            + verb
            + " --server "
            + environment.map(name -> "--env " + name + " ").orElse("")
            + run.id());
  }

  /** What a server says may hold anything. */
  static String clean(String text) {
    return Cells.clean(text);
  }
}
