package dev.mahavishnu.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.Cache;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowGraph;
import dev.mahavishnu.spec.MapOver;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.OnCrash;
import dev.mahavishnu.spec.Parameter;
import dev.mahavishnu.spec.Retry;
import dev.mahavishnu.spec.RunIf;
import dev.mahavishnu.spec.Schedule;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.Trigger;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

final class FlowViewTest {
  private static final Palette SIGNS = new Palette(false, true);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static Task shell(String id, String command, String... after) {
    return after(Task.of(id, new Work.Shell(Optional.of(command), List.of())), after);
  }

  private static Task after(Task task, String... after) {
    return new Task(
        task.id(),
        task.description(),
        task.work(),
        List.of(after),
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

  private static Flow etl() {
    Task transform =
        new Task(
            "transform",
            "One region at a time",
            new Work.Python(Optional.empty(), Optional.of("# why\nx = 1\nresult = x"), List.of()),
            List.of("extract"),
            RunIf.NONE_FAILED,
            Optional.of("tasks.extract.output > 0"),
            Optional.of(
                new MapOver(
                    StringNode.valueOf("${{ params.regions }}"), Optional.of(4), Optional.of(100))),
            new Retry(3, Duration.ofSeconds(2), 2, Duration.ofHours(1), 0),
            Optional.of(Duration.ofMinutes(5)),
            Optional.of(new Cache("inputs", Optional.of(Duration.ofHours(1)))),
            List.of(),
            Optional.empty(),
            List.of("warehouse"),
            OnCrash.ASK,
            new ValueType.ListOf(ValueType.Scalar.INTEGER),
            List.of());
    Task ask = Task.of("ask", new Work.Approval("Ship it?", Optional.of(Duration.ofHours(2))));
    return new Flow(
        "etl_pipeline",
        "Load one day of orders",
        List.of(
            new Parameter(
                "day", ValueType.Scalar.DATE, Optional.of(StringNode.valueOf("2026-11-22")), ""),
            new Parameter(
                "regions",
                new ValueType.ListOf(ValueType.Scalar.STRING),
                Optional.empty(),
                "Which ones")),
        List.of("WAREHOUSE_TOKEN"),
        List.of(
            shell("extract", "./extract.sh ${{ params.day }}"),
            transform,
            after(ask, "transform"),
            shell("load", "./load.sh", "ask", "extract")),
        List.of(shell("alert", "./alert.sh")),
        List.of(new NamedValue("rows", StringNode.valueOf("${{ tasks.load.output }}"))),
        List.of(new Schedule.Cron("0 6 * * 1-5", "Europe/Berlin", true)),
        List.of(
            new Trigger("import_orders", Trigger.Ending.COMPLETED, List.of()),
            new Trigger(
                "cleanup",
                Trigger.Ending.ANY,
                List.of(new NamedValue("day", StringNode.valueOf("${{ run.params.day }}"))))),
        Optional.of(Duration.ofHours(1)),
        Optional.of(8));
  }

  private static FlowGraph graph(Flow flow) {
    return FlowGraph.of(flow, new Expressions());
  }

  @Test
  void an_outline_tells_all_that_a_flow_says() {
    assertThat(String.join("\n", new FlowView(SIGNS, 140).lines(etl(), graph(etl()))))
        .isEqualTo(
            """
            etl_pipeline  Load one day of orders
            timeout 1h; 8 at a time; secrets WAREHOUSE_TOKEN
            parameters
              day: date = "2026-11-22"
              regions: list<string>  Which ones
            schedules
              cron 0 6 * * 1-5 in Europe/Berlin
            triggers
              after import_orders
              after cleanup, however it ended, with day = ${{ run.params.day }}
            tasks
              extract    shell     ./extract.sh ${{ params.day }}
              transform  python    x = 1 …
                         One region at a time
                         after extract, if none_failed, when tasks.extract.output > 0
                         for each of ${{ params.regions }}, 4 at a time, in batches of 100
                         3 retries after 2s, then times 2, timeout 5m, cached by inputs for 1h, on crash ask, tags warehouse, gives list<integer>
              ask        approval  Ship it? (expires after 2h)
                         after transform
              load       shell     ./load.sh
                         after ask, extract
            on failure
              alert  shell  ./alert.sh
            outputs
              rows = ${{ tasks.load.output }}\
            """);
  }

  @Test
  void a_plan_has_the_tasks_in_order_and_the_parameters_bound() {
    Flow flow =
        new Flow(
            "f",
            "",
            List.of(),
            List.of(),
            List.of(shell("b", "echo b", "a"), shell("a", "echo a")),
            List.of(shell("alert", "echo oh")),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());

    assertThat(
            String.join(
                "\n",
                new FlowView(SIGNS, 80)
                    .plan(flow, graph(flow), JSON.objectNode().put("day", "2026-11-22"))))
        .isEqualTo(
            """
            f  2 tasks
            parameters
              day = "2026-11-22"
            tasks, in order
              1 a  shell  echo a
              2 b  shell  echo b
                   after a
            if one fails
              3 alert  shell  echo oh\
            """);
  }

  @Test
  void a_graph_is_a_tree_that_names_each_task_once() {
    Flow flow =
        Flow.of(
            "f",
            List.of(
                shell("fetch", "x"),
                shell("check", "x", "fetch"),
                shell("left", "x", "check"),
                shell("deep", "x", "left"),
                shell("right", "x", "check"),
                shell("join", "x", "deep", "right"),
                shell("alone", "x")));

    assertThat(String.join("\n", new GraphView(flow, graph(flow)).tree(SIGNS, 80)))
        .isEqualTo(
            """
            fetch  shell
            ↓ check  shell
            ┝╴left  shell
            ┆ ↓ deep  shell
            ┆ ↓ join  shell, also after right
            ╰╴right  shell
            alone  shell\
            """);
    assertThat(new GraphView(flow, graph(flow)).tree(Palette.ASCII, 80))
        .contains("|-left  shell", "| v deep  shell", "`-right  shell");
  }

  @Test
  void a_long_chain_does_not_run_off_the_screen() {
    List<Task> tasks =
        IntStream.range(0, 10_000)
            .mapToObj(i -> i == 0 ? shell("t0", "x") : shell("t" + i, "x", "t" + (i - 1)))
            .toList();
    Flow flow = Flow.of("f", tasks);

    List<String> lines = new GraphView(flow, graph(flow)).tree(SIGNS, 40);

    assertThat(lines).hasSize(10_000);
    assertThat(lines.getLast()).isEqualTo("↓ t9999  shell");
  }

  @Test
  void graphs_are_written_for_mermaid_and_graphviz() {
    assertThat(String.join("\n", new GraphView(etl(), graph(etl())).mermaid()))
        .isEqualTo(
            """
            flowchart TD
              t0["extract<br/><small>shell</small>"]
              t1[["transform<br/><small>python</small>"]]
              t2["ask<br/><small>approval</small>"]
              t3["load<br/><small>shell</small>"]
              t4["alert<br/><small>shell</small>"]
              t0 -. none_failed .-> t1
              t1 --> t2
              t0 --> t3
              t2 --> t3\
            """);
    assertThat(String.join("\n", new GraphView(etl(), graph(etl())).dot()))
        .isEqualTo(
            """
            digraph "etl_pipeline" {
              node [shape=box, fontname="sans-serif"];
              "extract" [label="extract\\nshell"];
              "transform" [label="transform\\npython", peripheries=2];
              "ask" [label="ask\\napproval"];
              "load" [label="load\\nshell"];
              "alert" [label="alert\\nshell"];
              "extract" -> "transform" [style=dashed, label="none_failed"];
              "transform" -> "ask";
              "extract" -> "load";
              "ask" -> "load";
            }\
            """);
  }
}
