package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.spec.Diff.FlowField;
import dev.mahavishnu.spec.Diff.TaskAdded;
import dev.mahavishnu.spec.Diff.TaskField;
import dev.mahavishnu.spec.Diff.TaskMoved;
import dev.mahavishnu.spec.Diff.TaskRemoved;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.IntNode;

final class DiffTest {
  private static final Task A = compute("a", 1);
  private static final Task B = compute("b", 2);
  private static final Task C = compute("c", 3);

  private static Task compute(String id, int value) {
    return Task.of(id, new Work.Compute(IntNode.valueOf(value)));
  }

  @Test
  void a_changed_field_comes_with_its_text_before_and_after() {
    Flow before = Flow.of("f", List.of(A, shell("./a.sh\n./b.sh\n")));
    Flow after = Flow.of("g", List.of(compute("a", 5), shell("./a.sh\n")));
    assertThat(Diff.between(before, after))
        .containsExactly(
            new FlowField("flow", Optional.of("f"), Optional.of("g")),
            new TaskField("a", "value", Optional.of("1"), Optional.of("5")),
            new TaskField(
                "s", "command", Optional.of("./a.sh\n./b.sh\n"), Optional.of("./a.sh\n")));
  }

  private static Task shell(String command) {
    return Task.of("s", new Work.Shell(Optional.of(command), List.of()));
  }

  @Test
  void a_field_that_comes_or_goes_is_empty_on_one_side() {
    Task retried = shell("a");
    Flow before = Flow.of("f", List.of(retried));
    Flow after =
        Flow.of("f", List.of(Task.of("s", new Work.Shell(Optional.empty(), List.of("a", "b")))));
    assertThat(Diff.between(before, after))
        .containsExactly(
            new TaskField("s", "argv", Optional.empty(), Optional.of("[a, b]")),
            new TaskField("s", "command", Optional.of("a"), Optional.empty()));
  }

  @Test
  void tasks_are_added_removed_and_moved_by_id() {
    assertThat(Diff.between(Flow.of("f", List.of(A, B)), Flow.of("f", List.of(C, B))))
        .containsExactly(new TaskAdded(C, false), new TaskRemoved(A, false));
    assertThat(Diff.between(Flow.of("f", List.of(A, B, C)), Flow.of("f", List.of(C, A, B))))
        .containsExactly(new TaskMoved("c", false, Optional.empty()));
    assertThat(Diff.between(Flow.of("f", List.of(A, B, C)), Flow.of("f", List.of(A, C, B))))
        .hasSize(1)
        .first()
        .isInstanceOf(TaskMoved.class);
  }

  @Test
  void a_task_that_becomes_a_failure_handler_is_moved() {
    Flow before = Flow.of("f", List.of(A, B));
    Flow now = Flow.of("f", List.of(A));
    Flow after =
        new Flow(
            now.name(),
            now.description(),
            now.parameters(),
            now.secrets(),
            now.tasks(),
            List.of(B),
            now.outputs(),
            now.schedules(),
            now.triggers(),
            now.timeout(),
            now.concurrency());
    assertThat(Diff.between(before, after))
        .containsExactly(new TaskMoved("b", true, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void a_diff_is_empty_just_when_the_flows_are_equal(long seed) {
    RandomFlows flows = new RandomFlows(seed);
    for (int i = 0; i < 60; i++) {
      Flow flow = flows.flow();
      Flow other = flows.flow();
      assertThat(Diff.between(flow, flow)).isEmpty();
      assertThat(Diff.between(flow, other).isEmpty()).isEqualTo(flow.equals(other));
      Flow changed = flow.withTasks(changed(flow.tasks(), flows, i));
      assertThat(Diff.between(flow, changed).isEmpty()).isEqualTo(flow.equals(changed));
    }
  }

  private static List<Task> changed(List<Task> tasks, RandomFlows flows, int how) {
    List<Task> changed = new ArrayList<>(tasks);
    switch (how % 3) {
      case 0 -> changed.set(0, flows.task(tasks.getFirst().id()));
      case 1 -> Collections.swap(changed, 0, changed.size() - 1);
      default -> changed.add(flows.task("z"));
    }
    return changed;
  }
}
