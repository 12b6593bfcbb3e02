package dev.mahavishnu.prefect.watch;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.WorkPools.WorkPool;
import java.util.Optional;

/**
 * Whether a run of a deployment would begin.
 *
 * @param refusal why none should be made now, with what to do
 * @param note what it will wait for
 */
public record Readiness(Optional<String> refusal, Optional<String> note) {
  private static final Readiness GOOD = new Readiness(Optional.empty(), Optional.empty());

  public static Readiness of(PrefectClient client, DeploymentSearch.One found) {
    String poolName = found.deployment().workPoolName();
    Optional<WorkPool> pool =
        poolName.isEmpty() ? Optional.empty() : client.workPools().find(poolName);
    boolean online =
        pool.isPresent()
            && client.workers(poolName).list().anyMatch(w -> w.status().equals("ONLINE"));
    return of(found, pool, online);
  }

  static Readiness of(DeploymentSearch.One found, Optional<WorkPool> pool, boolean online) {
    Deployment deployment = found.deployment();
    String name = found.fullName();
    if (deployment.paused()) {
      return refused("deployment " + name + " is paused; go on with: deployment resume " + name);
    }
    if (pool.filter(WorkPool::isPaused).isPresent()) {
      String poolName = pool.get().name();
      return refused(
          "work pool "
              + poolName
              + " of deployment "
              + name
              + " is paused; go on with: workpool resume "
              + poolName);
    }
    if (pool.isPresent()) {
      return online
          ? GOOD
          : waits(
              "no worker of work pool " + pool.get().name() + " is online: the run waits for one");
    }
    return deployment.status().equals("READY")
        ? GOOD
        : waits("nobody serves " + name + " at the moment: the run waits until somebody does");
  }

  private static Readiness refused(String why) {
    return new Readiness(Optional.of(why), Optional.empty());
  }

  private static Readiness waits(String what) {
    return new Readiness(Optional.empty(), Optional.of(what));
  }
}
