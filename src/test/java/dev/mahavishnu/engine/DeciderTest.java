package dev.mahavishnu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.engine.Stimulus.Evaluation;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.MapFold;
import dev.mahavishnu.run.RunEvent;
import dev.mahavishnu.run.State;
import dev.mahavishnu.run.TaskFold;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.OnCrash;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

class DeciderTest {

  @ParameterizedTest(name = "with {0} failing and {1}, expecting {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none | a; b < a; c < a; d < b c          | Completed | a=Completed b=Completed c=Completed d=Completed
          b    | a; b < a; c < a; d < b c          | Failed    | a=Completed b=Failed c=Completed d=UpstreamFailed
          b    | a; b < a; c < b ? one_failed      | Failed    | a=Completed b=Failed c=Completed
          none | a; b < a; c < b ? one_failed      | Completed | a=Completed b=Completed c=Skipped
          none | a; b < a ? one_failed; c < b      | Completed | a=Completed b=Skipped c=Skipped
          none | a; b < a ? one_failed; c < b ? none_failed | Completed | a=Completed b=Skipped c=Completed
          a    | a; b < a ? all_done; c < b        | Failed    | a=Failed b=Completed c=Completed
          a    | a; b; c < a b ? one_success       | Failed    | a=Failed b=Completed c=Completed
          a    | a; b < a; c < b                   | Failed    | a=Failed b=UpstreamFailed c=UpstreamFailed
          a    | a; b < a ? all_failed             | Failed    | a=Failed b=Completed
          a    | a; b < a ? always                 | Failed    | a=Failed b=Completed
          a    | a; b; c < a b ? all_done_min_one_success | Failed | a=Failed b=Completed c=Completed
          a    | a; b < a ? none_skipped           | Failed    | a=Failed b=Completed
          """)
  void trigger_rules_decide_what_runs_after_what(
      String failing, String tasks, String state, String states) {
    World world = new World(Flows.flow(tasks.split("; ")));
    world.attempts = (key, _) -> key.task().equals(failing) ? World.bad("no") : World.good();
    world.run();
    assertThat(world.state()).isEqualTo(state);
    assertThat(world.states()).isEqualTo(states);
  }

  @Test
  void a_failed_attempt_is_followed_by_as_many_as_the_retries_say() {
    World world = new World(Flows.change(Flows.flow("a"), "a", Flows.retries(2)));
    world.attempts = (_, attempt) -> attempt < 3 ? World.bad("no") : World.good();
    world.run();
    assertThat(world.went).containsExactly("a#1", "a#2", "a#3");
    assertThat(world.state()).isEqualTo("Completed");
    assertThat(world.now).isEqualTo("2026-11-23T12:00:02Z");
  }

  @Test
  void what_can_not_end_otherwise_is_not_tried_again() {
    World world = new World(Flows.change(Flows.flow("a"), "a", Flows.retries(2)));
    world.attempts = (_, _) -> new Stimulus.Ending.Bad("no such program", false);
    world.run();
    assertThat(world.went).containsExactly("a#1");
    assertThat(world.state()).isEqualTo("Failed");
  }

  @Test
  void no_more_attempts_run_at_a_time_than_there_are_places() {
    Flow flow = Flows.flow("a", "b", "c", "d", "e", "f", "g");
    World world = new World(flow, 3, 7);
    world.run();
    assertThat(world.mostAtOnce).isEqualTo(3);
    assertThat(world.completed()).hasSize(7);
  }

  @Test
  void a_map_runs_each_item_once_within_its_concurrency_and_fails_with_its_items() {
    Flow flow = Flows.change(Flows.flow("a", "b < a"), "a", Flows.mapped(2));
    World world = new World(flow, 10, 3);
    world.evaluations = _ -> new Evaluation.Items(5, World.output());
    world.attempts = (key, _) -> key.index() == 3 ? World.bad("no") : World.good();
    world.run();
    assertThat(world.went)
        .containsExactlyInAnyOrder("a[0]#1", "a[1]#1", "a[2]#1", "a[3]#1", "a[4]#1");
    assertThat(world.mostAtOnce).isEqualTo(2);
    assertThat(world.states()).isEqualTo("a=Failed b=UpstreamFailed");
    assertThat(world.fold.root().map("a").orElseThrow().count(MapFold.End.COMPLETED)).isEqualTo(4);
    assertThat(world.fold.counts().failed()).isEqualTo(1);
    assertThat(world.fold.counts().total()).isEqualTo(6);
  }

  @Test
  void a_map_over_nothing_completes() {
    World world = new World(Flows.change(Flows.flow("a", "b < a"), "a", Flows.mapped(2)));
    world.evaluations = _ -> new Evaluation.Items(0, World.output());
    world.run();
    assertThat(world.states()).isEqualTo("a=Completed b=Completed");
  }

  @Test
  void a_condition_that_is_false_skips() {
    World world = new World(Flows.change(Flows.flow("a", "b < a"), "a", Flows.when("false")));
    world.evaluations = _ -> new Evaluation.Skip("when: false");
    world.run();
    assertThat(world.states()).isEqualTo("a=Skipped b=Skipped");
    assertThat(world.state()).isEqualTo("Completed");
  }

  @Test
  void a_subflow_runs_its_tasks_under_its_own_name_and_fails_with_them() {
    Flow inner = Flows.flow("x", "y < x");
    Flow outer =
        Flows.change(
            Flows.flow("a", "b < a"),
            "a",
            Flows.work(new Work.Subflow(Optional.of("inner"), Optional.empty(), List.of())));
    World good = new World(outer);
    good.evaluations = _ -> nest(inner);
    good.run();
    assertThat(good.went).containsExactly("a/x#1", "a/y#1", "b#1");
    assertThat(good.state()).isEqualTo("Completed");

    World bad = new World(outer);
    bad.evaluations = _ -> nest(inner);
    bad.attempts = (key, _) -> key.task().equals("y") ? World.bad("no") : World.good();
    bad.run();
    assertThat(bad.states()).isEqualTo("a=Failed b=UpstreamFailed");
  }

  private static Evaluation nest(Flow flow) {
    return new Evaluation.Nest(World.plan(flow), JsonNodeFactory.instance.objectNode());
  }

  @Test
  void failure_handlers_run_after_a_failure_and_are_skipped_otherwise() {
    Flow flow = Flows.onFailure(Flows.flow("a", "b < a"), Flows.task("tell"));
    World bad = new World(flow);
    bad.attempts = (key, _) -> key.task().equals("a") ? World.bad("no") : World.good();
    bad.run();
    assertThat(bad.states()).isEqualTo("a=Failed b=UpstreamFailed tell=Completed");
    assertThat(bad.state()).isEqualTo("Failed");

    World good = new World(flow).run();
    assertThat(good.states()).isEqualTo("a=Completed b=Completed tell=Skipped");
    assertThat(good.state()).isEqualTo("Completed");
  }

  @Test
  void a_task_that_takes_too_long_is_stopped_before_it_is_called_timed_out() {
    Flow flow = Flows.change(Flows.flow("a"), "a", Flows.timeout(Duration.ofSeconds(9)));
    World world = new World(flow);
    world.hangs = _ -> true;
    world.run();
    assertThat(world.states()).isEqualTo("a=TimedOut");
    assertThat(world.now).isEqualTo("2026-11-23T12:00:09Z");
  }

  @Test
  void a_flow_that_takes_too_long_is_stopped_and_its_handlers_run() {
    Flow flow =
        Flows.within(
            Flows.onFailure(Flows.flow("a", "b < a"), Flows.task("tell")), Duration.ofMinutes(1));
    World world = new World(flow);
    world.hangs = key -> key.task().equals("a");
    world.run();
    assertThat(world.states()).isEqualTo("a=Cancelled b=Cancelled tell=Completed");
    assertThat(world.state()).isEqualTo("TimedOut");
  }

  @Test
  void a_cancel_says_cancelled_only_when_nothing_runs_any_more() {
    World world = new World(Flows.flow("a", "b", "c < a"));
    world.hangs = _ -> true;
    world.begin();
    world.goOnUntilRunning("a", "b");
    world.give(new Stimulus.Commanded(new Command.Cancel("ann")));
    assertThat(world.state()).isEqualTo("Cancelling");
    world.goOn(100);
    assertThat(world.state()).isEqualTo("Cancelled");
    assertThat(world.states()).isEqualTo("a=Cancelled b=Cancelled c=Cancelled");
  }

  @Test
  void a_cancel_that_can_not_kill_ends_crashed_and_names_the_pids() {
    World world = new World(Flows.flow("a"));
    world.hangs = _ -> true;
    world.survivors = _ -> List.of(4711L);
    world.begin();
    world.goOnUntilRunning("a");
    world.give(new Stimulus.Commanded(new Command.Cancel("ann")));
    world.goOn(100);
    assertThat(world.state()).isEqualTo("Crashed");
    assertThat(world.fold.state().message()).contains("4711");
  }

  @Test
  void a_suspended_run_goes_on_with_the_same_attempt() {
    World world = new World(Flows.flow("a", "b < a"));
    world.hangs = key -> key.task().equals("b");
    world.begin();
    world.goOnUntilRunning("b");
    world.give(new Stimulus.Commanded(new Command.Suspend("ann")));
    world.goOn(100);
    assertThat(world.state()).isEqualTo("Suspended");
    world.hangs = _ -> false;
    world.run();
    assertThat(world.state()).isEqualTo("Completed");
    assertThat(world.went).containsExactly("a#1", "b#1", "b#1");
  }

  @Test
  void a_paused_run_starts_nothing_new_and_goes_on_when_resumed() {
    World world = new World(Flows.flow("a", "b < a"));
    world.begin();
    world.goOnUntilRunning("a");
    world.give(new Stimulus.Commanded(new Command.Pause("ann")));
    world.goOn(100);
    assertThat(world.state()).isEqualTo("Paused");
    assertThat(world.states()).isEqualTo("a=Completed b=-");
    world.run();
    assertThat(world.state()).isEqualTo("Completed");
  }

  @ParameterizedTest(name = "taken up after {0} minutes, expecting {1} at {2}")
  @CsvSource({"5, TimedOut, 2026-11-23T12:10:00Z", "15, TimedOut, 2026-11-23T12:15:00Z"})
  void the_time_for_an_answer_goes_on_while_nobody_holds_the_run(
      int minutes, String state, Instant told) {
    Work question = new Work.Approval("deploy?", Optional.of(Duration.ofMinutes(10)));
    Flow asks = Flows.change(Flows.flow("ok", "c"), "ok", Flows.work(question));
    Flow flow = Flows.change(asks, "c", Flows.timeout(Duration.ofHours(1)));
    World world = new World(flow);
    world.hangs = key -> key.task().equals("c");
    world.evaluations = _ -> new Evaluation.Ask("deploy?", Optional.of(Duration.ofMinutes(10)));
    world.run();
    World later = new World(flow);
    later.hangs = world.hangs;
    later.replay(upToTheQuestion(world.events));
    later.now = later.now.plus(Duration.ofMinutes(minutes));
    later.run();
    TaskFold answer = later.fold.root().task("ok").orElseThrow();
    assertThat(answer.state().name()).isEqualTo(state);
    assertThat(answer.since()).isEqualTo(told);
  }

  private static List<RunEvent> upToTheQuestion(List<RunEvent> events) {
    int end = 1;
    while (!(events.get(end - 1) instanceof RunEvent.TaskMoved moved
        && moved.state() instanceof State.Paused)) {
      end++;
    }
    return events.subList(0, end);
  }

  @Test
  void an_approval_holds_no_process_and_is_answered_later() {
    Flow flow =
        Flows.change(
            Flows.flow("a", "ok < a", "b < ok"),
            "ok",
            Flows.work(new Work.Approval("deploy?", Optional.empty())));
    World world = new World(flow);
    world.evaluations = _ -> new Evaluation.Ask("deploy?", Optional.empty());
    world.run();
    assertThat(world.state()).isEqualTo("Paused");
    assertThat(world.fold.state().message()).isEqualTo("waiting for approval of ok");

    World denied = copy(world, flow);
    denied.begin();
    denied.give(begin(new Command.Deny("ann", Optional.empty(), "not today")));
    denied.goOn(100);
    assertThat(denied.states()).isEqualTo("a=Completed ok=Failed b=UpstreamFailed");
    assertThat(denied.fold.root().task("ok").orElseThrow().state().message())
        .isEqualTo("denied by ann: not today");

    World approved = copy(world, flow);
    approved.begin();
    approved.give(begin(new Command.Approve("ann", Optional.of("ok"), "")));
    approved.goOn(100);
    assertThat(approved.states()).isEqualTo("a=Completed ok=Completed b=Completed");
  }

  private static Stimulus begin(Command command) {
    return new Stimulus.Begin(Optional.of(command));
  }

  private static World copy(World world, Flow flow) {
    World copy = new World(flow);
    copy.replay(world.events);
    return copy;
  }

  @Test
  void a_failed_run_resumes_with_what_failed_and_keeps_what_is_done() {
    Flow flow =
        Flows.onFailure(
            Flows.flow("a", "b < a", "c < b", "d < b ? one_failed"), Flows.task("tell"));
    World world = new World(flow);
    world.attempts = (key, _) -> key.task().equals("b") ? World.bad("no") : World.good();
    world.run();
    assertThat(world.states())
        .isEqualTo("a=Completed b=Failed c=UpstreamFailed d=Completed tell=Completed");
    world.went.clear();
    world.attempts = (_, _) -> World.good();
    world.run();
    assertThat(world.states())
        .isEqualTo("a=Completed b=Completed c=Completed d=Completed tell=Skipped");
    assertThat(world.went).containsExactly("b#1", "c#1");
  }

  @ParameterizedTest(name = "with on_crash {0}, expecting {1} and {2}")
  @CsvSource({"RETRY, Completed, a=Completed", "FAIL, Failed, a=Failed", "ASK, Paused, a=Paused"})
  void what_was_in_flight_at_a_crash_follows_on_crash(
      OnCrash onCrash, String state, String states) {
    World world = new World(Flows.change(Flows.flow("a"), "a", Flows.onCrash(onCrash)));
    world.hangs = _ -> true;
    world.begin();
    world.goOnUntilRunning("a");
    world.hangs = _ -> false;
    world.run();
    assertThat(world.state()).isEqualTo(state);
    assertThat(world.states()).isEqualTo(states);
  }

  @Test
  void a_long_chain_of_skipped_tasks_is_no_deep_recursion() {
    String[] tasks = new String[20_000];
    tasks[0] = "t0";
    for (int i = 1; i < tasks.length; i++) {
      tasks[i] = "t" + i + " < t" + (i - 1);
    }
    World world = new World(Flows.flow(tasks));
    world.attempts = (_, _) -> World.bad("no");
    world.run();
    assertThat(world.fold.counts().upstreamFailed()).isEqualTo(tasks.length - 1);
  }

  @Test
  void the_first_event_of_a_beginning_is_running() {
    World world = new World(Flows.flow("a")).run();
    assertThat(world.events.get(1)).isInstanceOf(RunEvent.Moved.class);
    assertThat(world.events.getLast()).isInstanceOf(RunEvent.Moved.class);
  }
}
