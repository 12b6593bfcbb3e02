package dev.mahavishnu.bench;

import dev.mahavishnu.prefect.EventSender;
import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns;
import dev.mahavishnu.prefect.OwnPrefect;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.run.StateType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What it costs a run that a server is told of it, and how soon the server knows. */
final class MirrorCost {
  private static final int TASKS = 1_000;
  private static final int ROUNDS = 3;
  private static final int FEW = 4;
  private static final int MANY = 16;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Sixteen at once keep both cores busy with starting processes, so that there the server takes
   * from the run what it works; four at once leave it some room, as a server elsewhere would have.
   */
  private static String naps(int atOnce) {
    return """
    flow: %s
    tasks:
      - id: nap
        type: shell
        argv: [sleep, "0.05"]
        map: ${{ range(1000) }}
        concurrency: %d
    """
        .formatted(flow(atOnce), atOnce);
  }

  private static String flow(int atOnce) {
    return "naps_" + atOnce;
  }

  private final OwnPrefect own;
  private final PrefectClient client;
  private final Programs programs;
  private int events;

  private MirrorCost(OwnPrefect own, PrefectClient client, Programs programs) {
    this.own = own;
    this.client = client;
    this.programs = programs;
  }

  /** When a run ended, when its process did, and when the server had stored all of it. */
  private record Mirrored(double wall, double sent, double recorded) {}

  static List<Row> measure(Path scratch, OwnPrefect own, PrefectClient client) throws Exception {
    Programs programs = Programs.in(scratch.resolve("naps"), own.server().apiUrl());
    for (int atOnce : new int[] {FEW, MANY}) {
      programs.flow(flow(atOnce), naps(atOnce));
    }
    return new MirrorCost(own, client, programs).rows();
  }

  private List<Row> rows() throws Exception {
    plain(programs, MANY);
    List<Row> rows = new ArrayList<>(cost(programs, FEW, ""));
    rows.addAll(cost(programs, MANY, ""));
    serverOn(1);
    rows.addAll(cost(programs.on(0), FEW, ", the server on the other core"));
    List<Double> bare = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      bare.add(bare());
    }
    double backlog = backlog();
    Times alone = times(bare);
    String rates =
        "%,.0f events/s of a bare sender; is %,.0f".formatted(rate(alone.median()), rate(backlog));
    rows.add(new Row("a bare sender of its events: all recorded", alone, alone.median(), ""));
    rows.add(
        new Row(
            "prefect sync of such a run to all recorded",
            times(List.of(backlog)),
            alone.median(),
            "1.11 times that; " + rates));
    return rows;
  }

  /** A server elsewhere takes nothing from the run: here it gets a core, and the run the other. */
  private static void serverOn(int core) throws IOException, InterruptedException {
    for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
      String pid = String.valueOf(process.pid());
      new ProcessBuilder("taskset", "-acp", String.valueOf(core), pid)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /** In turns without a server and mirrored. */
  private List<Row> cost(Programs programs, int atOnce, String where) throws Exception {
    List<Double> plain = new ArrayList<>();
    List<Mirrored> mirrored = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      plain.add(plain(programs, atOnce));
      mirrored.add(mirrored(programs, atOnce));
    }
    Times without = times(plain);
    Times with = times(mirrored.stream().map(Mirrored::wall).toList());
    Times sent = times(mirrored.stream().map(Mirrored::sent).toList());
    Times known = times(mirrored.stream().map(Mirrored::recorded).toList());
    String what = "a run of 1,000 tasks of 50 ms, " + atOnce + " at once" + where;
    return List.of(
        new Row(what, without, without.median(), ""),
        new Row("the same, mirrored", with, without.median(), "1.05 times that"),
        new Row("from its end to all sent, and out", sent, sent.median(), "1,000 ms"),
        new Row("from its end to all recorded", known, known.median(), ""));
  }

  private double rate(double millis) {
    return events / millis * 1_000;
  }

  private static Times times(List<Double> some) {
    double[] sorted = some.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Times(sorted);
  }

  private static double plain(Programs programs, int atOnce) throws Exception {
    return seconds(programs.withoutServer().run(trigger(atOnce))) * 1_000;
  }

  private static String[] trigger(int atOnce) {
    return new String[] {"workflow", "trigger", flow(atOnce), "--output", "json"};
  }

  private static double seconds(List<String> said) {
    return MAPPER.readTree(said.getLast()).path("seconds").asDouble();
  }

  private Mirrored mirrored(Programs programs, int atOnce) throws Exception {
    List<String> said = programs.run(trigger(atOnce));
    Instant out = Instant.now();
    events = (int) said.stream().filter(line -> line.contains("\"task\":\"nap[")).count();
    String run = MAPPER.readTree(said.getLast()).path("run").asString();
    List<JsonNode> moves =
        said.stream()
            .map(line -> (JsonNode) MAPPER.readTree(line))
            .filter(node -> node.path("type").asString().equals("run"))
            .toList();
    Instant ended = Instant.parse(moves.getLast().path("at").asString());
    awaitRecorded(flowRun(atOnce, run));
    return new Mirrored(
        seconds(said) * 1_000,
        Duration.between(ended, out).toMillis(),
        Duration.between(ended, Instant.now()).toMillis());
  }

  /** The same when the server was away all the time, and hears of it afterwards. */
  private double backlog() throws Exception {
    own.kill();
    List<String> said;
    try {
      said = programs.run(trigger(MANY));
    } finally {
      own.start();
    }
    long start = System.nanoTime();
    programs.run("prefect", "sync");
    awaitRecorded(flowRun(MANY, MAPPER.readTree(said.getLast()).path("run").asString()));
    return (System.nanoTime() - start) / 1e6;
  }

  private UUID flowRun(int atOnce, String run) throws InterruptedException {
    for (Instant end = Instant.now().plus(LIMIT); Instant.now().isBefore(end); Thread.sleep(100)) {
      try (Stream<FlowRuns.FlowRun> runs =
          client.flowRuns().filter(Filter.ALL.flowNames(flow(atOnce)))) {
        var found =
            runs.filter(
                    r ->
                        r.labels()
                            .getOrDefault("mahavishnu.run", MAPPER.nullNode())
                            .asString("")
                            .equals(run))
                .findFirst();
        if (found.isPresent()) {
          return found.get().id();
        }
      }
    }
    throw new IllegalStateException("the server does not know of " + run);
  }

  private void awaitRecorded(UUID flowRun) throws InterruptedException {
    Filter done = Filter.ALL.flowRunIds(flowRun).taskRunStates(StateType.COMPLETED);
    for (Instant end = Instant.now().plus(LIMIT); Instant.now().isBefore(end); Thread.sleep(100)) {
      if (client.taskRuns().count(done) >= TASKS) {
        return;
      }
    }
    throw new IllegalStateException("the server did not record all of " + flowRun);
  }

  /** A plain loop that sends as many events of as many task runs. */
  private double bare() throws InterruptedException {
    UUID flow = client.flows().ensure("bare", List.of(), Map.of()).id();
    UUID run = client.flowRuns().create(FlowRuns.Draft.of(flow)).id();
    List<String> moves =
        events >= 3 * TASKS
            ? List.of("PENDING", "RUNNING", "COMPLETED")
            : List.of("RUNNING", "COMPLETED");
    List<UUID> tasks = Stream.generate(UUID::randomUUID).limit(TASKS).toList();
    long start = System.nanoTime();
    try (EventSender sender = client.events().sender()) {
      for (String move : moves) {
        for (int i = 0; i < TASKS; i++) {
          sender.send(List.of(event(run, tasks.get(i), i, move)));
        }
      }
    }
    awaitRecorded(run);
    return (System.nanoTime() - start) / 1e6;
  }

  private static ObjectNode event(UUID run, UUID task, int index, String type) {
    String now = Instant.now().toString();
    String name = type.charAt(0) + type.substring(1).toLowerCase(Locale.ROOT);
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", UUID.randomUUID().toString());
    event.put("occurred", now).put("event", "prefect.task-run." + name);
    event
        .putObject("resource")
        .put("prefect.resource.id", "prefect.task-run." + task)
        .put("prefect.resource.name", "nap-" + index)
        .put("prefect.state-message", "")
        .put("prefect.state-name", name)
        .put("prefect.state-timestamp", now)
        .put("prefect.state-type", type)
        .put("prefect.orchestration", "client");
    event
        .putArray("related")
        .addObject()
        .put("prefect.resource.id", "prefect.flow-run." + run)
        .put("prefect.resource.role", "flow-run");
    ObjectNode payload = event.putObject("payload");
    payload.putObject("intended").putNull("from").put("to", type);
    payload.putNull("initial_state");
    ObjectNode state = payload.putObject("validated_state");
    state.put("type", type).put("name", name).put("message", "").putObject("state_details");
    ObjectNode taskRun = payload.putObject("task_run");
    taskRun.put("name", "nap-" + index).put("task_key", "nap").put("dynamic_key", "" + index);
    taskRun.put("run_count", 1).put("flow_run_run_count", 1).put("expected_start_time", now);
    taskRun.putObject("task_inputs");
    taskRun.putArray("tags");
    taskRun.putObject("labels");
    taskRun
        .putObject("empirical_policy")
        .put("max_retries", 0)
        .put("retry_delay_seconds", 0.0)
        .put("retries", 0)
        .put("retry_delay", 0);
    return event;
  }
}
