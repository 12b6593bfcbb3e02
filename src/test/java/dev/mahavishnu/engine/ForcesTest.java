package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.store.RunJournal;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.task.ComputeRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

class ForcesTest {
  private static final int TASKS = 100;

  @TempDir Path folder;

  @Test
  void a_chain_of_tasks_forces_the_disk_once_for_each() throws InterruptedException {
    Expressions expressions = new Expressions();
    try (Store store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC())) {
      Engine.Parts parts =
          new Engine.Parts(
              store,
              expressions,
              new FlowReader(expressions),
              new Secrets(Map.of(), folder),
              Map.of("compute", new ComputeRunner()),
              EngineLimits.DEFAULT,
              Clock.systemUTC(),
              new SplittableRandom(1),
              _ -> Optional.empty(),
              (_, _) -> List.of());
      FlowPlan plan = World.plan(chain());
      RunJournal journal = store.create(created(plan));
      long before = journal.forces();
      Map<String, FlowPlan> plans = new HashMap<>(Map.of("", plan));
      Scopes scopes = new Scopes(expressions, plans, _ -> Map.of(), new Redactor(), store::seal);
      Board board =
          Restoring.board(journal.fold(), plans, 4, new BreakpointConditions(scopes, journal));
      RunLoop loop =
          new RunLoop(
              parts, journal, new Decider(board, new SplittableRandom(1)), scopes, Reuse.NOTHING);
      loop.start(new Stimulus.Begin(Optional.empty()));
      assertThat(loop.await()).isEqualTo(State.Completed.DONE);
      // One for the beginning, one for the end, and one that seals the journal when it is closed.
      assertThat(journal.forces() - before).isEqualTo(TASKS + 3);
    }
  }

  private static Flow chain() {
    String[] tasks = new String[TASKS];
    tasks[0] = "t0";
    for (int i = 1; i < TASKS; i++) {
      tasks[i] = "t" + i + " < t" + (i - 1);
    }
    Flow flow = Flows.flow(tasks);
    for (int i = 0; i < TASKS; i++) {
      flow = Flows.change(flow, "t" + i, Flows.work(Flows.compute()));
    }
    return flow;
  }

  private static RunEvent.Created created(FlowPlan plan) {
    return new RunEvent.Created(
        new RunId("261123-120000-aaaa"),
        "chain",
        "{}",
        "/",
        plan.size(),
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        List.of(),
        "test");
  }
}
