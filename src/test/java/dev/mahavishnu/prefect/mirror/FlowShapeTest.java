package dev.mahavishnu.prefect.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.FlowWriter;
import dev.mahavishnu.spec.ReadResult;
import dev.mahavishnu.spec.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FlowShapeTest {
  static Stream<Path> specs() {
    return Stream.of(Path.of("src/test/resources/specs/good"), Path.of("config/flows"))
        .flatMap(FlowShapeTest::files)
        .filter(file -> file.toString().matches(".*\\.(yaml|json)"));
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Flow read(ReadResult read) {
    return switch (read) {
      case ReadResult.Valid valid -> valid.source().flow();
      case ReadResult.Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  @ParameterizedTest
  @MethodSource("specs")
  void it_sees_the_same_dependencies_as_the_graph_of_the_engine(Path spec) {
    same(read(new FlowReader(new Expressions()).read(spec)));
  }

  private static void same(Flow flow) {
    FlowShape shape = FlowShape.of(FlowWriter.json(flow));
    FlowGraph graph = FlowGraph.of(flow, new Expressions());
    for (Task task : Stream.concat(flow.tasks().stream(), flow.onFailure().stream()).toList()) {
      FlowShape.Step step = shape.step(task.id());
      assertThat(Set.copyOf(step.named())).as(task.id()).isEqualTo(graph.references(task.id()));
      Set<String> all = new HashSet<>(step.named());
      all.addAll(step.waits());
      assertThat(all).as(task.id()).isEqualTo(graph.upstream(task.id()));
      assertThat(step.tags()).isEqualTo(task.tags());
      assertThat(step.retries()).isEqualTo(task.retry().retries());
      assertThat(step.cached()).isEqualTo(task.cache().isPresent());
    }
  }

  private static FlowShape shape(String yaml) {
    Flow flow = read(new FlowReader(new Expressions()).read("t.yaml", yaml, Path.of("/")));
    same(flow);
    return FlowShape.of(FlowWriter.json(flow));
  }

  @Test
  void names_of_tasks_are_found_however_they_are_written_and_not_where_they_are_mere_text() {
    FlowShape shape =
        shape(
            """
            flow: t
            parameters: [{name: tasks, type: any, default: {a: 1}}]
            tasks:
              - {id: a, type: compute, value: 1}
              - {id: b-c, type: compute, value: 2}
              - {id: d, type: compute, value: "${{ tasks['b-c'].output }}"}
              - {id: e, type: compute, value: "tasks.a is not named, ${{ 'tasks.a' + tasks.d.state }}"}
              - {id: f, type: shell, command: "cat tasks.a ${{ params.tasks.a }}"}
              - {id: g, type: compute, value: 1, when: "tasks.a.state == 'COMPLETED'"}
              - {id: h, type: flow, spec: {flow: inner, tasks: [{id: a, type: compute, value: 1},
                  {id: d, type: compute, value: "${{ tasks.a.output }}"}]}}
              - {id: i, type: compute, value: 1, depends_on: [d, a], env: []}
            """);

    assertThat(shape.step("d").named()).containsExactly("b-c");
    assertThat(shape.step("e").named()).containsExactly("d");
    assertThat(shape.step("f").named()).isEmpty();
    assertThat(shape.step("g").named()).containsExactly("a");
    assertThat(shape.step("h").named()).isEmpty();
    assertThat(shape.step("h").subflow()).isTrue();
    assertThat(shape.step("i").waits()).containsExactly("d", "a");
  }

  @Test
  void a_task_that_is_mapped_over_the_outputs_of_another_is_told_from_others() {
    FlowShape shape =
        shape(
            """
            flow: t
            tasks:
              - {id: a, type: compute, value: "${{ item }}", map: [1, 2]}
              - {id: b, type: compute, value: "${{ item }}", map: "${{ tasks.a.output }}"}
              - {id: c, type: compute, value: "${{ item }}", map: "${{ tasks.a.output }}", batch: 2}
              - {id: d, type: compute, value: "${{ item }}", map: "${{ tasks.a.output.map(x, x) }}"}
            """);

    assertThat(List.of("a", "b", "c", "d").stream().map(id -> shape.step(id).over()).toList())
        .extracting(over -> over.orElse("-"))
        .containsExactly("-", "a", "-", "-");
  }
}
