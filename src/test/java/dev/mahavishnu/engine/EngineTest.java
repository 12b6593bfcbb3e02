package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Adapter.Submission;
import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.run.Child;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.State;
import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.SourceMap;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Work;
import dev.mahavishnu.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

class EngineTest {
  @TempDir Path folder;
  private Store store;
  private Engine engine;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve(".mahavishnu"), Clock.systemUTC());
    engine =
        new Engine(
            store,
            new Expressions(),
            new Secrets(Map.of("TOKEN", "hunter2hunter2"), folder),
            List.of(new Computing()),
            EngineLimits.DEFAULT,
            Clock.systemUTC(),
            new SplittableRandom(1),
            _ -> Optional.empty(),
            (_, _) -> List.of());
  }

  /** The compute kind, as the task room has it. */
  private static final class Computing implements TaskRunner {
    @Override
    public String type() {
      return "compute";
    }

    @Override
    public Attempt prepare(AttemptContext context) {
      return new Attempt() {
        @Override
        public Optional<Child> child() {
          return Optional.empty();
        }

        @Override
        public Outcome run() {
          try {
            return new Outcome.Succeeded(context.value(((Work.Compute) context.work()).value()));
          } catch (TaskException e) {
            return new Outcome.Failed(e.getMessage(), e.retryable());
          }
        }

        @Override
        public List<Long> stop(Duration grace) {
          return List.of();
        }
      };
    }
  }

  private static Task compute(String id, String json) {
    JsonNode value = JsonMapper.shared().readTree(json);
    return Task.of(id, new Work.Compute(value));
  }

  private RunHandle submit(Flow flow) {
    return engine.submit(
        new Submission(
            new FlowSource(flow, SourceMap.NONE, "", folder),
            JsonNodeFactory.instance.objectNode(),
            Optional.empty(),
            "test"));
  }

  @Test
  void values_flow_from_task_to_task_and_out_of_the_flow() throws InterruptedException {
    Flow flow =
        Flow.of(
            "sums",
            List.of(
                compute("one", "{\"n\": 20}"),
                compute("two", "\"${{ tasks.one.output.n + 1 }}\""),
                compute("text", "\"n is ${{ tasks.two.output }}!\"")));
    RunHandle run = submit(flow);
    assertThat(run.await()).isEqualTo(State.Completed.DONE);
    RunFold fold = store.history().fold(run.run()).orElseThrow();
    assertThat(store.history().output(run.run(), fold.outputs()).toString())
        .isEqualTo("{\"text\":\"n is 21!\"}");
    assertThat(fold.counts().completed()).isEqualTo(3);
    assertThat(store.isHeld(run.run())).isFalse();
  }

  @Test
  void a_map_hands_each_item_over_and_its_output_is_their_list() throws InterruptedException {
    Task map =
        new Task(
            "squares",
            "",
            new Work.Compute(StringNode.valueOf("${{ item * item + index }}")),
            List.of(),
            dev.mahavishnu.spec.RunIf.ALL_SUCCESS,
            Optional.empty(),
            Optional.of(
                new MapOver(
                    StringNode.valueOf("${{ tasks.numbers.output }}"),
                    Optional.of(2),
                    Optional.empty())),
            dev.mahavishnu.spec.Retry.NONE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            dev.mahavishnu.spec.OnCrash.RETRY,
            dev.mahavishnu.spec.ValueType.ANY,
            List.of());
    RunHandle run = submit(Flow.of("maps", List.of(compute("numbers", "[1, 2, 3]"), map)));
    assertThat(run.await()).isEqualTo(State.Completed.DONE);
    RunFold fold = store.history().fold(run.run()).orElseThrow();
    assertThat(store.history().output(run.run(), fold.outputs()).toString())
        .isEqualTo("{\"squares\":[1,5,11]}");
    assertThat(fold.root().map("squares").orElseThrow().count(MapFold.End.COMPLETED)).isEqualTo(3);
  }

  @Test
  void a_follower_sees_every_event_once_and_in_order() throws InterruptedException {
    List<Recorded> seen = new CopyOnWriteArrayList<>();
    RunHandle run = submit(Flow.of("seen", List.of(compute("a", "1"), compute("b", "2"))));
    run.follow(seen::add);
    run.await();
    List<Long> seqs = new ArrayList<>();
    seen.forEach(r -> seqs.add(r.seq()));
    List<Recorded> all = store.history().events(run.run(), 1);
    assertThat(seqs).isEqualTo(all.stream().map(Recorded::seq).toList());
    assertThat(seen).isEqualTo(all);
  }

  @Test
  void a_follower_that_comes_when_all_is_over_sees_every_event_too() throws InterruptedException {
    List<Recorded> seen = new CopyOnWriteArrayList<>();
    RunHandle run = submit(Flow.of("over", List.of(compute("a", "1"))));
    run.await();

    run.follow(seen::add);

    assertThat(seen).isNotEmpty().isEqualTo(store.history().events(run.run(), 1));
  }

  @Test
  void whoever_wants_to_know_is_told_of_a_run_before_anything_of_it_happens()
      throws InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    engine =
        engine.telling(
            handle -> {
              RunFold fold = store.history().fold(handle.run()).orElseThrow();
              told.add(fold.root().flow() + " " + fold.started().isPresent());
            });
    RunHandle first = submit(Flow.of("told", List.of(compute("bad", "\"${{ 1 / 0 }}\""))));
    first.await();
    engine.resume(first.run(), Optional.empty(), "test").await();
    engine.retry(first.run(), Optional.empty(), "test").await();
    assertThat(told).containsExactly("told false", "told true", "told false");
  }

  @Test
  void an_expression_that_fails_fails_its_task_with_a_reason() throws InterruptedException {
    RunHandle run =
        submit(
            Flow.of(
                "bad",
                List.of(compute("a", "{}"), compute("b", "\"${{ tasks.a.output.rows + 1 }}\""))));
    assertThat(run.await().name()).isEqualTo("Failed");
    RunFold fold = store.history().fold(run.run()).orElseThrow();
    assertThat(fold.root().task("b").orElseThrow().state().message()).contains("rows");
  }
}
