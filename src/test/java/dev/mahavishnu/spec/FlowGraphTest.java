package dev.mahavishnu.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FlowGraphTest {
  private static final Expressions EXPRESSIONS = new Expressions();

  private static Flow flow(String yaml) {
    ReadResult result = new FlowReader(EXPRESSIONS).read("a.yaml", yaml, Path.of(""));
    assertThat(result).isInstanceOf(ReadResult.Valid.class);
    return ((ReadResult.Valid) result).source().flow();
  }

  @Test
  void a_task_depends_on_what_it_names_in_any_of_its_texts() {
    Flow flow =
        flow(
            """
            flow: a
            parameters: [{name: day, type: date}, {name: n, type: integer}]
            secrets: [TOKEN]
            tasks:
              - id: last
                type: shell
                command: ./a.sh ${{ tasks.by_text.output }} ${{ secrets.TOKEN }}
                when: tasks.by_when.output == params.n
                map: ${{ tasks.by_map.output }}
                env: [{name: A, value: ["${{ tasks.by_env.state }}"]}]
                cache: {key: "${{ tasks['by-key'].output }} ${{ params.day }}"}
                working_dir: out/${{ tasks.by_dir.output }}
                depends_on: [by_list]
              - {id: by_text, type: compute, value: 1}
              - {id: by_when, type: compute, value: 1}
              - {id: by_map, type: compute, value: [1]}
              - {id: by_env, type: compute, value: 1}
              - {id: by-key, type: compute, value: 1}
              - {id: by_dir, type: compute, value: 1}
              - {id: by_list, type: compute, value: "$${{ tasks.none.output }}"}
            on_failure:
              - {id: tell, type: compute, value: "${{ tasks.last.state }}"}
            """);
    FlowGraph graph = FlowGraph.of(flow, EXPRESSIONS);
    assertThat(graph.upstream("last"))
        .containsExactlyInAnyOrder(
            "by_text", "by_when", "by_map", "by_env", "by-key", "by_dir", "by_list");
    assertThat(graph.references("last")).doesNotContain("by_list").hasSize(6);
    assertThat(graph.parameters("last")).containsExactlyInAnyOrder("day", "n");
    assertThat(graph.secrets("last")).containsExactly("TOKEN");
    assertThat(graph.downstream("last")).containsExactly("tell");
    assertThat(graph.upstream("by_list")).isEmpty();
    assertThat(graph.order())
        .containsExactly(
            "by_text", "by_when", "by_map", "by_env", "by-key", "by_dir", "by_list", "last",
            "tell");
    assertThat(graph.cycle()).isEmpty();
  }

  @Test
  void a_cycle_is_named_from_upstream_to_downstream() {
    Flow flow =
        flow(
            """
            flow: a
            tasks:
              - {id: free, type: compute, value: 1}
              - {id: a, type: compute, value: 1}
              - {id: b, type: compute, value: 1, depends_on: [a]}
              - {id: c, type: compute, value: "${{ tasks.b.output }}"}
            """);
    Task closing = Task.of("a", new Work.Compute(Node.NULL));
    Flow circular =
        flow.withTasks(
            flow.tasks().stream().map(t -> t.id().equals("a") ? after(closing, "c") : t).toList());
    FlowGraph graph = FlowGraph.of(circular, EXPRESSIONS);
    assertThat(graph.cycle()).containsExactly("a", "b", "c", "a");
    assertThat(graph.order()).containsExactly("free");
  }

  private static Task after(Task task, String id) {
    return new Task(
        task.id(),
        "",
        task.work(),
        java.util.List.of(id),
        task.runIf(),
        task.when(),
        task.map(),
        task.retry(),
        task.timeout(),
        task.cache(),
        task.env(),
        task.workingDir(),
        task.tags(),
        task.onCrash(),
        task.output(),
        task.files());
  }
}
