package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Filter;
import dev.mahavishnu.prefect.FlowRuns.FlowRun;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.run.StateType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** When the server will next run deployments: the first of the runs that it has scheduled. */
public final class NextRuns {
  /** A server schedules about a hundred runs of a deployment ahead. */
  private static final int MOST = 2_000;

  private final Map<UUID, Instant> ofDeployment = new HashMap<>();
  private final List<FlowRun> runs;

  private NextRuns(List<FlowRun> runs) {
    this.runs = List.copyOf(runs);
    for (FlowRun run : runs) {
      run.nextScheduledStartTime()
          .ifPresent(
              time -> run.deploymentId().ifPresent(id -> ofDeployment.putIfAbsent(id, time)));
    }
  }

  /** Of these deployments; of all when none is named. */
  public static NextRuns of(PrefectClient client, UUID... deployments) {
    Filter waiting =
        Filter.ALL
            .flowRunStates(StateType.SCHEDULED)
            .sort(Filter.Sort.NEXT_SCHEDULED_START_TIME_ASC);
    Filter chosen = deployments.length == 0 ? waiting : waiting.deploymentIds(deployments);
    return new NextRuns(client.flowRuns().filter(chosen).limit(MOST).toList());
  }

  /** The first of a deployment; empty: the server has scheduled none, yet. */
  public Optional<Instant> first(UUID deployment) {
    return Optional.ofNullable(ofDeployment.get(deployment));
  }

  /** The first by a schedule: the server names it in the key of the run. */
  public Optional<Instant> firstBy(UUID schedule) {
    return runs.stream()
        .filter(run -> run.autoScheduled() && run.idempotencyKey().contains(schedule.toString()))
        .findFirst()
        .flatMap(FlowRun::nextScheduledStartTime);
  }
}
