package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Stimulus.Evaluation;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

class CrashAnywhereTest {
  private static final Flow INNER = Flows.flow("x", "y < x");

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < 300; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_run_that_dies_at_any_event_ends_as_if_it_had_not_and_does_nothing_twice(long seed) {
    Flow flow = flow(new SplittableRandom(seed));
    World calm = world(flow, seed).run();

    World stormy = world(flow, seed);
    SplittableRandom random = new SplittableRandom(seed);
    stormy.begin();
    while (!stormy.goOn(random.nextInt(1, 12))) {
      stormy.begin();
    }
    assertThat(stormy.state()).isEqualTo(calm.state());
    assertThat(stormy.states()).isEqualTo(calm.states());
    assertThat(stormy.fold.counts()).isEqualTo(calm.fold.counts());
    assertThat(stormy.completed()).doesNotHaveDuplicates();
    assertThat(new HashSet<>(stormy.completed())).isEqualTo(new HashSet<>(calm.completed()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_run_that_failed_resumes_to_its_good_end_and_does_nothing_twice(long seed) {
    Flow flow = flow(new SplittableRandom(seed));
    World world = world(flow, seed).run();
    if (!world.state().equals("Failed")) {
      assertThat(world.state()).isEqualTo("Completed");
      return;
    }
    world.attempts = (_, _) -> World.good();
    world.run();
    assertThat(world.state()).as(world.states()).isEqualTo("Completed");
    assertThat(world.completed()).doesNotHaveDuplicates();
    assertThat(world.fold.counts().failed()).isZero();
    assertThat(world.fold.counts().waiting()).isZero();
  }

  private static World world(Flow flow, long seed) {
    World world = new World(flow, 3, seed);
    world.attempts =
        (key, attempt) -> {
          int luck = Math.floorMod(key.text().hashCode() + (int) seed, 7);
          return luck == 0 || (luck == 1 && attempt == 1) ? World.bad("no") : World.good();
        };
    world.evaluations = key -> evaluate(flow, key);
    return world;
  }

  private static Evaluation evaluate(Flow flow, TaskKey key) {
    var task = flow.task(key.task()).orElseThrow();
    if (task.map().isPresent() && !key.isItem()) {
      return new Evaluation.Items(Math.floorMod(key.task().hashCode(), 6), World.output());
    }
    return task.work() instanceof Work.Subflow
        ? new Evaluation.Nest(World.plan(INNER), JsonNodeFactory.instance.objectNode())
        : new Evaluation.Go();
  }

  /** A random flow of plain, mapped, retried and nested tasks. */
  private static Flow flow(SplittableRandom random) {
    int n = random.nextInt(1, 12);
    String[] rules = {"all_success", "all_done", "one_failed", "none_failed", "always"};
    String[] tasks = new String[n];
    for (int i = 0; i < n; i++) {
      StringBuilder text = new StringBuilder("t" + i);
      String separator = " < ";
      for (int up = 0; up < i; up++) {
        if (random.nextInt(4) == 0) {
          text.append(separator).append('t').append(up);
          separator = " ";
        }
      }
      tasks[i] = text + " ? " + rules[random.nextInt(rules.length)];
    }
    Flow flow = Flows.flow(tasks);
    for (int i = 0; i < n; i++) {
      flow =
          switch (random.nextInt(6)) {
            case 0 -> Flows.change(flow, "t" + i, Flows.mapped(2));
            case 1 -> Flows.change(flow, "t" + i, Flows.retries(1));
            case 2 -> Flows.change(flow, "t" + i, Flows.work(Flows.compute()));
            case 3 ->
                Flows.change(
                    flow,
                    "t" + i,
                    Flows.work(
                        new Work.Subflow(Optional.of("inner"), Optional.empty(), List.of())));
            default -> flow;
          };
    }
    return random.nextBoolean() ? Flows.onFailure(flow, Flows.task("tell")) : flow;
  }
}
