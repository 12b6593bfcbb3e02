package dev.mahavishnu.prefect.worker;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.Deployments;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.BundleException;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Runs the bundles of deployments on the embedded engine. */
public final class BundleRuns implements RunStarter {
  private static final String KEPT = ".bundle.json";

  private final Path folder;
  private final FlowReader reader;
  private final RunHistory history;
  private final Engine usual;
  private final Map<String, Engine> made = new ConcurrentHashMap<>();

  /**
   * @param folder where bundles are laid out, and kept
   * @param engine finds a bundle's subflows in the bundle, whatever it does else
   */
  public BundleRuns(Path folder, FlowReader reader, RunHistory history, Engine engine) {
    this.folder = folder.toAbsolutePath();
    this.reader = reader;
    this.history = history;
    this.usual = engine;
  }

  /** Who asks for a run that is executed for a flow run. */
  static String requester(UUID flowRun) {
    return "prefect:" + flowRun;
  }

  /**
   * The hash of the bundle that a run was begun with; empty where it was begun with none.
   *
   * @param folder where bundles are laid out
   */
  public static Optional<String> contentHash(Path folder, RunEvent.Created created) {
    Path place = Path.of(created.folder());
    Path root = folder.toAbsolutePath();
    return place.startsWith(root) && !place.equals(root)
        ? Optional.of(root.relativize(place).getName(0).toString())
        : Optional.empty();
  }

  @Override
  public RunHandle begin(FlowRuns.FlowRun flowRun, Deployments.Deployment deployment) throws Unfit {
    try {
      Bundle bundle =
          Bundle.among(deployment.pullSteps())
              .orElseThrow(() -> new Unfit(StateType.CRASHED, none(deployment)));
      FlowSource source = bundle.unpack(folder, reader);
      keep(bundle);
      JsonNode parameters =
          flowRun.parameters().isObject()
              ? flowRun.parameters()
              : JsonNodeFactory.instance.objectNode();
      return engine(bundle)
          .submit(
              new Adapter.Submission(
                  source, parameters, Optional.empty(), requester(flowRun.id())));
    } catch (BundleException e) {
      throw new Unfit(
          StateType.CRASHED, "deployment `" + deployment.name() + "`: " + e.getMessage());
    }
  }

  private static String none(Deployments.Deployment deployment) {
    return "deployment `"
        + deployment.name()
        + "` holds no flow that a Mahavishnu worker can run: `mahavishnu deployment apply` makes"
        + " such ones; a Python flow needs a work pool of one of Prefect's types";
  }

  private Engine engine(Bundle bundle) {
    return made.computeIfAbsent(
        bundle.hash(), _ -> usual.finding(name -> bundle.flow(name, folder, reader)));
  }

  /** What a resumed run may still need of it, whatever has become of the deployment by then. */
  private void keep(Bundle bundle) throws Unfit {
    Path file = folder.resolve(bundle.hash() + KEPT);
    try {
      if (!Files.exists(file)) {
        Path draft = Files.createTempFile(folder, ".bundle", "");
        Files.writeString(draft, bundle.json().toString());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new Unfit(StateType.CRASHED, "its bundle can't be kept in " + folder + ": " + e);
    }
  }

  @Override
  public RunHandle goOn(RunId run, boolean answered) throws Unfit {
    List<String> asking =
        answered ? history.fold(run).map(RunFold::asking).orElse(List.of()) : List.of();
    if (!asking.isEmpty()) {
      Command yes =
          new Command.Approve("prefect", Optional.of(asking.getFirst()), "resumed in Prefect");
      Optional<RunHandle> handle = engine(run).command(run, yes);
      return handle.orElseThrow(
          () -> new Unfit(StateType.CRASHED, "run " + run + " is executed by another process"));
    }
    return engine(run).resume(run, Optional.empty(), "worker");
  }

  private Engine engine(RunId run) throws Unfit {
    Optional<Path> file =
        history
            .fold(run)
            .flatMap(fold -> contentHash(folder, fold.created()))
            .map(hash -> folder.resolve(hash + KEPT))
            .filter(Files::exists);
    if (file.isEmpty()) {
      return usual;
    }
    try {
      return engine(Bundle.read(new JsonMapper().readTree(Files.readString(file.get()))));
    } catch (IOException | JacksonException | BundleException e) {
      throw new Unfit(StateType.CRASHED, file.get() + ": " + e.getMessage());
    }
  }

  @Override
  public Optional<RunSummary> summary(RunId run) {
    return history.summary(run);
  }

  @Override
  public Optional<RunId> runOf(UUID flowRun, Instant since) {
    return history
        .list()
        .takeWhile(run -> !run.created().isBefore(since))
        .map(RunSummary::run)
        .filter(
            run ->
                history
                    .fold(run)
                    .filter(f -> f.created().requester().equals(requester(flowRun)))
                    .isPresent())
        .findFirst();
  }

  @Override
  public void cancel(RunId run) {
    Optional<RunSummary> now = summary(run).filter(s -> s.resumable() && !isEnded(s));
    if (now.isEmpty()) {
      return;
    }
    Optional<RunHandle> handle = usual.command(run, new Command.Cancel("prefect"));
    try {
      if (handle.isPresent()) {
        handle.get().await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isEnded(RunSummary run) {
    return run.state().isFinal() && run.state().type() != StateType.CRASHED;
  }
}
