package dev.mahavishnu.run;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineLimits;
import dev.mahavishnu.engine.ResumePlan;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.Orphans;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;

/** Runs of the real engine in a folder of a test. */
public final class RealRuns implements AutoCloseable {
  private final Path folder;
  private final Store store;
  private final Engine engine;

  public RealRuns(Path folder) {
    this(folder, Map.of());
  }

  /**
   * @param environment where secrets are found
   */
  public RealRuns(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    this.engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(environment, folder),
            ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList(),
            new EngineLimits(8, Map.of(), Duration.ofMillis(300), Duration.ofSeconds(5)),
            Clock.systemUTC(),
            new SplittableRandom(1),
            _ -> Optional.empty(),
            Orphans::end);
  }

  public RunHistory history() {
    return store.history();
  }

  /** A flow read from its text. */
  public FlowSource source(String spec) {
    return switch (new FlowReader(new Expressions()).read("test.yaml", spec, folder)) {
      case ReadResult.Valid valid -> valid.source();
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  /** Runs a flow to its end. */
  public RunId run(String spec) throws InterruptedException {
    RunHandle handle = start(spec);
    handle.await();
    return handle.run();
  }

  /** Starts a flow. */
  public RunHandle start(String spec) {
    return engine.submit(
        new Submission(
            source(spec), JsonMapper.shared().createObjectNode(), Optional.empty(), "test"));
  }

  /** Runs a flow up to where it stops. */
  public RunId stopped(String spec, String breakpoint) throws InterruptedException {
    RunHandle handle =
        engine.submit(
            new Submission(
                source(spec), JsonMapper.shared().createObjectNode(), Optional.empty(), "test"),
            List.of(Breakpoint.parse(breakpoint)),
            false);
    handle.await();
    return handle.run();
  }

  /** Goes on with another flow in a run that stands. */
  public void edit(RunId run, String spec) throws InterruptedException {
    ResumePlan _ =
        engine.debugger().change(run, new Change.Edit(source(spec), "a task"), "ann", "");
    resume(run);
  }

  /** Goes on with a run, with another spec. */
  public RunId resume(RunId run, String spec) throws InterruptedException {
    RunHandle handle = engine.resume(run, Optional.of(source(spec)), "test");
    handle.await();
    return handle.run();
  }

  /** Goes on with a run as it is. */
  public void resume(RunId run) throws InterruptedException {
    engine.resume(run, Optional.empty(), "test").await();
  }

  /** Gives a command to a run that nobody holds, and waits until it is let go again. */
  public void command(RunId run, Command command) throws InterruptedException {
    Optional<RunHandle> handle = engine.command(run, command);
    if (handle.isPresent()) {
      handle.get().await();
    }
  }

  /** What the workspace makes of a text. */
  public String seal(String text) {
    return store.seal(text);
  }

  @Override
  public void close() {
    store.close();
  }
}
