package dev.mahavishnu.torture;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.engine.Engine;
import dev.mahavishnu.engine.EngineLimits;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.Orphans;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A process to be killed: starts a run of the flow in the file, or resumes the run named, and says
 * on standard output what is on disk: {@code RUN id}, {@code DONE task}, {@code END state}.
 */
final class Victim {
  private Victim() {}

  public static void main(String[] args) throws InterruptedException {
    Path workspace = Path.of(args[0]);
    Store store = Store.open(workspace.resolve(".mahavishnu"), Clock.systemUTC());
    Engine engine = engine(store, workspace);
    RunHandle run =
        RunId.isRunId(args[1])
            ? engine.resume(new RunId(args[1]), Optional.empty(), "test")
            : engine.submit(submission(workspace.resolve(args[1])));
    PrintStream out = System.out;
    out.println("RUN " + run.run());
    run.follow(recorded -> say(out, recorded));
    out.println("END " + run.await().name());
  }

  private static void say(PrintStream out, Recorded recorded) {
    if (recorded.event() instanceof RunEvent.TaskMoved moved
        && moved.state().name().equals("Completed")) {
      out.println("DONE " + moved.task());
      out.flush();
    }
  }

  static Engine engine(Store store, Path workspace) {
    List<TaskRunner> runners =
        ServiceLoader.load(TaskRunner.class).stream().map(ServiceLoader.Provider::get).toList();
    return new Engine(
        store,
        new Expressions(),
        new Secrets(Map.of(), workspace),
        runners,
        new EngineLimits(8, Map.of(), Duration.ofSeconds(1), Duration.ofSeconds(10)),
        Clock.systemUTC(),
        new SplittableRandom(),
        _ -> Optional.empty(),
        Orphans::end);
  }

  private static Submission submission(Path spec) {
    return switch (new FlowReader(new Expressions()).read(spec)) {
      case ReadResult.Valid valid ->
          new Submission(
              valid.source(), JsonNodeFactory.instance.objectNode(), Optional.empty(), "test");
      case ReadResult.Invalid invalid -> throw new IllegalStateException(invalid.toString());
    };
  }
}
