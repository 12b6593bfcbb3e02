package dev.mahavishnu.bench;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineLimits;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.OnCrash;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.SourceMap;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import dev.mahavishnu.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The embedded engine on flows that compute nothing, so that what is left is its own cost. */
final class Embedded implements AutoCloseable {
  static final int CHAIN = 1_000;
  static final int ITEMS = 100_000;

  private final Path folder;
  private final Store store;
  private final Engine engine;

  Embedded(Path folder) {
    this.folder = folder;
    this.store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    this.engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(Map.of(), folder),
            ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList(),
            EngineLimits.DEFAULT,
            Clock.systemUTC(),
            new SplittableRandom(),
            _ -> Optional.empty(),
            (_, _) -> List.of());
  }

  Store store() {
    return store;
  }

  /** Starts a run. */
  RunHandle start(Flow flow) {
    return engine.submit(
        new Submission(
            new FlowSource(flow, SourceMap.NONE, "", folder),
            parameters(flow),
            Optional.empty(),
            "bench"));
  }

  /** Runs a flow to its end. */
  RunId run(Flow flow) throws InterruptedException {
    RunHandle run = start(flow);
    State end = run.await();
    if (!end.equals(State.Completed.DONE)) {
      throw new IllegalStateException("the run ended " + end);
    }
    return run.run();
  }

  /** Resumes a run and waits until it has started a task. */
  void firstTask(RunId run) throws InterruptedException {
    long known = store.history().fold(run).orElseThrow().seq();
    CountDownLatch started = new CountDownLatch(1);
    RunHandle handle = engine.resume(run, Optional.empty(), "bench");
    handle.follow(
        recorded -> {
          if (recorded.seq() > known && recorded.event() instanceof RunEvent.TaskMoved) {
            started.countDown();
          }
        });
    started.await();
    handle.command(new Command.Suspend("bench"));
    handle.await();
  }

  /** Tasks that each wait for the one before. */
  static Flow chain() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < CHAIN; i++) {
      List<String> before = i == 0 ? List.of() : List.of("t" + (i - 1));
      tasks.add(task("t" + i, IntNode.valueOf(i), before, Optional.empty()));
    }
    return Flow.of("chain", tasks);
  }

  /** One task, mapped wide over what it is given. */
  static Flow map() {
    MapOver map =
        new MapOver(
            StringNode.valueOf("${{ params.items }}"), Optional.of(1_000), Optional.empty());
    Parameter items =
        new Parameter("items", new ValueType.ListOf(ValueType.ANY), Optional.empty(), "");
    return new Flow(
        "map",
        "",
        List.of(items),
        List.of(),
        List.of(task("m", StringNode.valueOf("${{ item }}"), List.of(), Optional.of(map))),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static ObjectNode parameters(Flow flow) {
    ObjectNode given = JsonNodeFactory.instance.objectNode();
    for (Parameter parameter : flow.parameters()) {
      ArrayNode items = given.putArray(parameter.name());
      for (int i = 0; i < ITEMS; i++) {
        items.add(i);
      }
    }
    return given;
  }

  private static Task task(
      String id, JsonNode value, List<String> dependsOn, Optional<MapOver> map) {
    return new Task(
        id,
        "",
        new Work.Compute(value),
        dependsOn,
        RunIf.ALL_SUCCESS,
        Optional.empty(),
        map,
        Retry.NONE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        OnCrash.RETRY,
        ValueType.ANY,
        List.of());
  }

  @Override
  public void close() {
    store.close();
  }
}
