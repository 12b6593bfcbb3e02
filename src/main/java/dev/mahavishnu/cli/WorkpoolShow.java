package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.prefect.WorkQueues.WorkQueue;
import dev.mahavishnu.prefect.Workers.Worker;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code workpool show}: a work pool with its workers, its queues and what is in it. */
@Command(
    name = "show",
    description = "Show a work pool: its workers, its queues, what waits.",
    footer = "workpool show warehouse")
final class WorkpoolShow implements Callable<Integer>, Paged {
  private static final int MOST = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "POOL", description = "Its name.")
  String name = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  WorkpoolShow(Workbench bench) {
    this.bench = bench;
  }

  /** All that is shown. */
  private record Content(
      WorkPool pool,
      List<Worker> workers,
      List<WorkQueue> queues,
      List<FlowRun> running,
      List<FlowRun> waiting,
      int scheduled) {}

  @Override
  public boolean isPaged() {
    return output == OutputFormat.TEXT;
  }

  @Override
  public Integer call() {
    Pools pools = new Pools(bench);
    WorkPool pool = pools.named(name);
    List<WorkQueue> queues;
    try (Stream<WorkQueue> all = pools.client().workQueues(name).list()) {
      queues = all.toList();
    }
    Content content =
        new Content(
            pool,
            pools.workers(name),
            queues,
            runs(pools, StateType.PENDING, StateType.RUNNING, StateType.CANCELLING),
            runs(pools, StateType.SCHEDULED),
            pools.count(name, StateType.SCHEDULED));
    if (output == OutputFormat.JSON) {
      bench.out().println(json(content));
    } else {
      print(pools, content);
    }
    return ExitCode.COMPLETED;
  }

  private List<FlowRun> runs(Pools pools, StateType... states) {
    Filter filter =
        Filter.ALL
            .workPools(name)
            .flowRunStates(states)
            .sort(Filter.Sort.NEXT_SCHEDULED_START_TIME_ASC);
    try (Stream<FlowRun> runs = pools.client().flowRuns().filter(filter)) {
      return runs.limit(MOST).toList();
    }
  }

  private void print(Pools pools, Content content) {
    WorkPool pool = content.pool();
    line(
        "work pool "
            + pool.name()
            + " of type "
            + pool.type()
            + ", "
            + pool.status()
            + pool.concurrencyLimit().map(n -> ", at most " + n + " at a time").orElse("")
            + (pool.description().isEmpty() ? "" : ": " + pool.description()));
    if (content.workers().isEmpty()) {
      line("no worker: " + bench.commandLine("worker start --pool " + pool.name()));
    } else {
      Table workers = new Table("WORKER", "STATUS", "LAST HEARTBEAT");
      content.workers().forEach(w -> workers.row(WorkerList.row(pools, w)));
      print(workers);
    }
    Table queues = new Table("QUEUE", "STATUS", "PRIORITY", "LIMIT");
    content.queues().forEach(queue -> queues.row(row(queue)));
    print(queues);
    print("RUNNING", content.running());
    print("WAITING", content.waiting());
    if (content.scheduled() > content.waiting().size()) {
      line("and " + (content.scheduled() - content.waiting().size()) + " more that wait");
    }
  }

  private static List<Table.Cell> row(WorkQueue queue) {
    return List.of(
        Table.Cell.of(queue.name()),
        new Table.Cell(Pools.tone(queue.status()), queue.status()),
        Table.Cell.of(String.valueOf(queue.priority())),
        Table.Cell.of(queue.concurrencyLimit().map(String::valueOf).orElse("none")));
  }

  private void print(String title, List<FlowRun> runs) {
    if (runs.isEmpty()) {
      line(title.equals("RUNNING") ? "nothing runs" : "nothing waits");
      return;
    }
    Table table = new Table(title, "STATE", "DUE", "ID");
    runs.forEach(
        run ->
            table.row(
                List.of(
                    Table.Cell.of(run.name()),
                    Table.Cell.of(run.state().map(ServerState::name).orElse("")),
                    Table.Cell.of(run.expectedStartTime().map(TIME::format).orElse("")),
                    Table.Cell.of(run.id().toString()))));
    print(table);
  }

  private void print(Table table) {
    table.lines(bench.palette(), bench.width()).forEach(bench.out()::println);
  }

  private void line(String text) {
    bench.out().println(dev.mahavishnu.view.Cells.clean(text));
  }

  private static ObjectNode json(Content content) {
    ObjectNode json = Pools.json(content.pool());
    ArrayNode workers = json.putArray("workers");
    content.workers().forEach(w -> workers.add(Pools.json(content.pool().name(), w)));
    ArrayNode queues = json.putArray("queues");
    for (WorkQueue queue : content.queues()) {
      queues
          .addObject()
          .put("name", queue.name())
          .put("status", queue.status())
          .put("priority", queue.priority())
          .put("limit", queue.concurrencyLimit().orElse(null));
    }
    ArrayNode running = json.putArray("running");
    content.running().forEach(run -> add(running, run));
    ArrayNode waiting = json.putArray("waiting");
    content.waiting().forEach(run -> add(waiting, run));
    json.put("scheduled", content.scheduled());
    return json;
  }

  private static void add(ArrayNode list, FlowRun run) {
    list.addObject()
        .put("id", run.id().toString())
        .put("name", run.name())
        .put("state", run.state().map(ServerState::name).orElse(null))
        .put("due", run.expectedStartTime().map(Instant::toString).orElse(null));
  }
}
