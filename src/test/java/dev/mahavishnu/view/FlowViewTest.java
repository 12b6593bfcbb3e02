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
}
