package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Stimulus.Evaluation;
import dev.mahavishnu.run.Breakpoint;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.Stride;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where runs stop, in a world that is all in memory. */
final class HaltingTest {

  private static World world(Flow flow, String... breakpoints) {
    World world = new World(flow);
    world.note(new Command.Break("me", Stream.of(breakpoints).map(Breakpoint::parse).toList()));
    return world;
  }

  private static List<String> halts(World world) {
    return world.events.stream()
        .filter(RunEvent.Halted.class::isInstance)
        .map(e -> ((RunEvent.Halted) e).stop().text())
        .toList();
  }

  @Test
  void a_run_stands_before_the_task_and_goes_on_from_there() {
    World world = world(Flows.flow("a", "b < a", "c < b"), "b").run();
    assertThat(world.state()).isEqualTo("Paused");
    assertThat(world.fold.state().message()).isEqualTo("before b (breakpoint b)");
    assertThat(world.states()).isEqualTo("a=Completed b=- c=-");
    assertThat(world.fold.debugging().standing().orElseThrow().stop().text()).isEqualTo("before b");

    world.run();
    assertThat(world.state()).isEqualTo("Completed");
    assertThat(world.went).containsExactly("a#1", "b#1", "c#1");
    assertThat(world.fold.debugging().standing()).isEmpty();
  }

  @Test
  void what_runs_beside_it_goes_on_to_its_end_and_nothing_new_starts() {
    World world = world(Flows.flow("a", "b", "c < b"), "a").run();
    assertThat(world.states()).isIn("a=- b=Completed c=-", "a=- b=- c=-");
    assertThat(world.state()).isEqualTo("Paused");
    world.run();
    assertThat(world.states()).isEqualTo("a=Completed b=Completed c=Completed");
  }

  @ParameterizedTest(name = "at {0} with a failing, expecting {1} and then {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:failed | a failed | a=Failed b=-              | a=Failed b=UpstreamFailed
          *:failed | a failed | a=Failed b=-              | a=Failed b=UpstreamFailed
          a:after  | after a  | a=Failed b=-              | a=Failed b=UpstreamFailed
          b:failed |          | a=Failed b=UpstreamFailed | a=Failed b=UpstreamFailed
          """)
  void a_failure_stops_before_anything_follows_from_it(
      String at, String halt, String states, String ended) {
    World world = world(Flows.flow("a", "b < a"), at);
    world.attempts = (key, _) -> key.task().equals("a") ? World.bad("no") : World.good();
    world.run();
    assertThat(String.join("", halts(world))).isEqualTo(halt == null ? "" : halt);
    assertThat(world.states()).isEqualTo(states);
    if (world.state().equals("Paused")) {
      world.run();
    }
    assertThat(world.state()).isEqualTo("Failed");
    assertThat(world.states()).isEqualTo(ended);
  }

  @Test
  void each_attempt_is_a_moment_of_its_own() {
    World world = world(Flows.change(Flows.flow("a"), "a", Flows.retries(2)), "a");
    world.attempts = (_, attempt) -> attempt < 3 ? World.bad("no") : World.good();
    for (int i = 0; i < 4; i++) {
      world.run();
    }
    assertThat(halts(world))
        .containsExactly("before a", "before a, attempt 2", "before a, attempt 3");
    assertThat(world.went).containsExactly("a#1", "a#2", "a#3");
    assertThat(world.state()).isEqualTo("Completed");
  }

  @Test
  void a_step_lets_one_task_start_even_where_several_could() {
    World world = new World(Flows.flow("a", "b", "c < a", "d < c b"));
    world.step(Stride.NOTHING);
    assertThat(world.went).isEmpty();
    assertThat(world.state()).isEqualTo("Paused");
    for (int i = 1; i <= 4; i++) {
      world.step(Stride.INTO);
      assertThat(world.went).hasSize(i);
    }
    assertThat(world.state()).isEqualTo("Completed");
  }

  @Test
  void a_step_begins_where_the_run_stands() {
    World world = world(Flows.flow("a", "b", "c < b"), "b");
    world.run();
    world.step(Stride.INTO);
    assertThat(world.went).endsWith("b#1");
    assertThat(world.state()).isEqualTo("Paused");
  }

  @Test
  void a_step_that_can_not_begin_where_the_run_stood_begins_with_what_is_next() {
    World world = world(Flows.flow("a", "b", "c < b"), "a");
    world.places(1);
    world.run();
    assertThat(halts(world)).containsExactly("before a");
    world.note(dev.mahavishnu.run.TaskKey.of("", "a"), dev.mahavishnu.run.State.Completed.DONE);
    world.step(Stride.INTO);
    assertThat(world.went).containsExactly("b#1");
    assertThat(world.state()).isEqualTo("Paused");
  }

  @Test
  void a_step_goes_into_a_map_and_next_goes_over_it() {
    Flow flow = Flows.change(Flows.flow("a", "b < a"), "a", Flows.mapped(3));
    World into = new World(flow);
    into.evaluations = _ -> new Evaluation.Items(3, World.output());
    into.step(Stride.NOTHING);
    into.step(Stride.INTO);
    assertThat(into.went).isEmpty();
    into.step(Stride.INTO);
    assertThat(into.went).containsExactly("a[0]#1");

    World over = new World(flow);
    over.evaluations = _ -> new Evaluation.Items(3, World.output());
    over.step(Stride.NOTHING);
    over.step(Stride.OVER);
    assertThat(over.went).containsExactlyInAnyOrder("a[0]#1", "a[1]#1", "a[2]#1");
    assertThat(over.fold.debugging().standing().orElseThrow().stop().text()).isEqualTo("before b");
  }

  @Test
  void a_breakpoint_at_an_item_stops_there_alone() {
    Flow flow = Flows.change(Flows.flow("a", "b < a"), "a", Flows.mapped(4));
    World world = world(flow, "a[2]");
    world.evaluations = _ -> new Evaluation.Items(4, World.output());
    world.run();
    assertThat(halts(world)).containsExactly("before a[2]");
    assertThat(world.went).containsExactlyInAnyOrder("a[0]#1", "a[1]#1");
    world.run();
    assertThat(world.state()).isEqualTo("Completed");
    assertThat(world.went).hasSize(5);
  }

  @Test
  void the_first_item_that_fails_stops_the_run_and_the_task_as_a_whole_does_not_again() {
    Flow flow = Flows.change(Flows.flow("a", "b < a"), "a", Flows.mapped(2));
    World world = world(flow, "a:failed");
    world.evaluations = _ -> new Evaluation.Items(2, World.output());
    world.attempts = (key, _) -> key.index() == 1 ? World.bad("no") : World.good();
    world.run();
    assertThat(halts(world)).containsExactly("a[1] failed");
    world.run();
    assertThat(world.state()).isEqualTo("Failed");
    assertThat(halts(world)).hasSize(1);
  }

  @Test
  void next_goes_over_a_subflow_and_a_breakpoint_in_it_stops_all_the_same() {
    Flow flow =
        Flows.change(
            Flows.flow("a", "b < a"),
            "a",
            Flows.work(new Work.Subflow(Optional.of("inner"), Optional.empty(), List.of())));
    FlowPlan inner = World.plan(Flows.flow("x", "y < x"));
    World over = new World(flow);
    over.evaluations =
        _ ->
            new Evaluation.Nest(
                inner, tools.jackson.databind.node.JsonNodeFactory.instance.objectNode());
    over.step(Stride.NOTHING);
    over.step(Stride.OVER);
    assertThat(over.went).containsExactly("a/x#1", "a/y#1");
    assertThat(halts(over)).containsExactly("before a", "before b");

    World inside = world(flow, "a/y");
    inside.evaluations = over.evaluations;
    inside.step(Stride.NOTHING);
    inside.step(Stride.OVER);
    assertThat(halts(inside)).containsExactly("before a", "before a/y");
    inside.run();
    assertThat(inside.state()).isEqualTo("Completed");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void stepping_through_comes_to_what_running_comes_to(long seed) {
    Flow flow = Flows.flow("a", "b < a", "c < a", "d", "e < b c", "f < d e", "g < d");
    World stepped = new World(flow, 3, seed);
    stepped.step(Stride.NOTHING);
    int steps = 0;
    while (!stepped.fold.state().isFinal()) {
      stepped.step(Stride.INTO);
      steps++;
      assertThat(stepped.went).hasSize(steps);
    }
    assertThat(steps).isEqualTo(7);
    assertThat(stepped.states()).isEqualTo(new World(flow, 3, seed).run().states());
    assertThat(stepped.mostAtOnce).isEqualTo(1);
  }

  @Test
  void a_command_to_go_on_that_comes_while_the_rest_still_runs_is_heard() {
    World world = world(Flows.flow("a", "b", "c < b"), "c");
    world.hangs = key -> key.task().equals("a");
    world.begin();
    world.goOnUntil(w -> w.decider().isHalted());
    assertThat(world.decider().released()).isFalse();
    world.give(new Stimulus.Commanded(new Command.Resume("me")));
    world.goOnUntilRunning("c");
    assertThat(world.went).contains("c#1");
  }

  @Test
  void breakpoints_are_read_as_they_are_written() {
    for (String text : List.of("load", "load:after", "*:failed", "a/b[3]", "load if attempt > 1")) {
      assertThat(Breakpoint.parse(text).text()).isEqualTo(text);
    }
    assertThat(Breakpoint.parse("load:before").text()).isEqualTo("load");
    assertThat(Breakpoint.parse(" load:failed  if  x > 1 ").condition())
        .isEqualTo(Optional.of("x > 1"));
  }
}
