package dev.mahavishnu.prefect.mirror;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.LogFilter;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.ServerLogs;
import dev.mahavishnu.prefect.ServerState;
import dev.mahavishnu.prefect.TaskRuns;
import dev.mahavishnu.prefect.TaskRuns.TaskRun;
import dev.mahavishnu.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What a server shows of a run. */
record Shown(PrefectClient client, UUID flowRun) {
  /** Of a run whose flow run is, or will soon be, known. */
  static Shown of(PrefectClient client, Mirrors mirrors, RunId run) {
    patiently().until(() -> mirrors.flowRun(run).isPresent());
    return new Shown(client, mirrors.flowRun(run).orElseThrow());
  }

  static ConditionFactory patiently() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsMatching(dev.mahavishnu.prefect.PrefectException.class::isInstance);
  }

  FlowRun run() {
    return client.flowRuns().find(flowRun).orElseThrow();
  }

  String state() {
    return run().state().map(ServerState::name).orElse("none");
  }

  /** Names of the states that it had, in order. */
  List<String> states() {
    return client.flowRuns().states(flowRun).stream().map(ServerState::name).toList();
  }

  /** State by name of each task run of the flow run itself; fails where one is there twice. */
  Map<String, String> tasks() {
    Map<String, String> tasks = new TreeMap<>();
    client
        .taskRuns()
        .filter(Filter.ALL.flowRunIds(flowRun))
        .forEach(
            task -> {
              String before =
                  tasks.put(task.name(), task.state().map(ServerState::name).orElse("none"));
              if (before != null) {
                throw new AssertionError(task.name() + " is there twice");
              }
            });
    return tasks;
  }

  TaskRun task(String name) {
    return client
        .taskRuns()
        .filter(Filter.ALL.flowRunIds(flowRun).taskRunNames(name))
        .findFirst()
        .orElseThrow();
  }

  /** Names of the states that a task run had, in order. */
  List<String> states(String task) {
    TaskRuns runs = client.taskRuns();
    return runs.states(task(task).id()).stream().map(ServerState::name).toList();
  }

  /** Messages of the log. */
  List<String> log() {
    return client
        .logs()
        .filter(LogFilter.ALL.flowRuns(flowRun))
        .map(ServerLogs.Stored::message)
        .toList();
  }
}
