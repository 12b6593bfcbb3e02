package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.prefect.WorkPools.WorkPool;
import dev.mahavishnu.prefect.Workers;
import dev.mahavishnu.prefect.worker.PoolTemplate;
import dev.mahavishnu.run.StateType;
import dev.mahavishnu.view.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The work pools of the server in force, as commands show and change them. */
final class Pools {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Workbench bench;
  private final PrefectClient client;

  Pools(Workbench bench) {
    this.bench = bench;
    this.client = bench.prefect().required();
  }

  PrefectClient client() {
    return client;
  }

  /** A pool that must be there. */
  WorkPool named(String name) {
    return client.workPools().find(name).orElseThrow(() -> missing(name));
  }

  CommandFailure missing(String name) {
    List<String> names = all().map(WorkPool::name).toList();
    return CommandFailure.unreachable(
        "no work pool `"
            + name
            + "` on the server"
            + Hints.like(name, names)
            + "; make it with: "
            + bench.commandLine("workpool create " + name));
  }

  /** All pools, by name. */
  Stream<WorkPool> all() {
    try (Stream<WorkPool> pools = client.workPools().filter(Filter.ALL)) {
      return pools.sorted(java.util.Comparator.comparing(WorkPool::name)).toList().stream();
    }
  }

  /** Makes one that our workers serve. */
  WorkPool create(String name, Optional<Integer> limit, String description) {
    WorkPools.Change change =
        WorkPools.Change.NOTHING.description(description).baseJobTemplate(PoolTemplate.json());
    return client
        .workPools()
        .create(name, PoolTemplate.TYPE, limit.map(change::concurrencyLimit).orElse(change));
  }

  List<Workers.Worker> workers(String pool) {
    try (Stream<Workers.Worker> workers = client.workers(pool).list()) {
      return workers.sorted(java.util.Comparator.comparing(Workers.Worker::name)).toList();
    }
  }

  /** How many flow runs of the pool are in one of these states. */
  int count(String pool, StateType... states) {
    return client.flowRuns().count(Filter.ALL.workPools(pool).flowRunStates(states));
  }

  static ObjectNode json(WorkPool pool) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", pool.name()).put("type", pool.type()).put("status", pool.status());
    json.put("paused", pool.isPaused());
    json.put("limit", pool.concurrencyLimit().orElse(null));
    json.put("description", pool.description());
    return json;
  }

  static ObjectNode json(String pool, Workers.Worker worker) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", worker.name()).put("pool", pool).put("status", worker.status());
    json.put("last_heartbeat", worker.lastHeartbeatTime().map(Instant::toString).orElse(null));
    return json;
  }

  static Tone tone(String status) {
    return switch (status) {
      case "READY", "ONLINE" -> Tone.GOOD;
      case "PAUSED" -> Tone.WARN;
      default -> Tone.QUIET;
    };
  }

  /** How long ago a heart has beaten. */
  String beat(Workers.Worker worker) {
    Instant now = bench.env().clock().instant();
    return worker
        .lastHeartbeatTime()
        .map(last -> Math.max(0, Duration.between(last, now).toSeconds()) + " s ago")
        .orElse("never");
  }
}
