package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.WorkPools.WorkPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to change on a server so that a deployment is what is wanted, and nothing else.
 *
 * @param has the deployment as it is; empty: it is to be made
 * @param changes in the order in which they are shown; none: it is as wanted
 * @param problems why it can't be done, one line each; then there are no changes
 */
public record DeploymentPlan(
    Wanted wanted, Optional<Deployment> has, List<Change> changes, List<String> problems) {
  /** The type of the work pools that our workers serve. */
  public static final String POOL_TYPE = "mahavishnu";

  public DeploymentPlan {
    changes = List.copyOf(changes);
    problems = List.copyOf(problems);
  }

  /**
   * @param pool the work pool that is said, where there is one of that name
   * @param triggers what the server has of them
   */
  static DeploymentPlan between(
      Optional<Deployment> has, Optional<WorkPool> pool, PlannedTriggers triggers, Wanted wanted) {
    List<Change> changes = new ArrayList<>();
    Optional<String> named = wanted.said().pool();
    named
        .filter(_ -> pool.isEmpty())
        .ifPresent(name -> changes.add(new Change.PoolMade(name, POOL_TYPE)));
    changes.addAll(PlannedFields.between(has, wanted));
    changes.addAll(
        PlannedSchedules.between(has.map(Deployment::schedules).orElse(List.of()), wanted));
    List<String> problems = problems(has, pool, wanted);
    if (problems.isEmpty()) {
      changes.addAll(triggers.between(has, wanted));
    }
    return new DeploymentPlan(wanted, has, problems.isEmpty() ? changes : List.of(), problems);
  }

  private static List<String> problems(
      Optional<Deployment> has, Optional<WorkPool> pool, Wanted wanted) {
    List<String> problems = new ArrayList<>();
    pool.filter(p -> !p.type().equals(POOL_TYPE))
        .ifPresent(
            p ->
                problems.add(
                    "work pool `"
                        + p.name()
                        + "` is of type `"
                        + p.type()
                        + "`, which our workers do not serve; say one of type "
                        + POOL_TYPE
                        + ", or a new name"));
    boolean noPool = has.filter(d -> !d.workPoolName().isEmpty()).isEmpty();
    if (noPool && wanted.said().pool().isEmpty()) {
      problems.add("say which work pool it is for: --pool POOL, or set prefect.work_pool");
    }
    boolean startsItself =
        !wanted.said().schedules().isEmpty()
            || !wanted.flow().schedules().isEmpty()
            || has.filter(d -> !d.schedules().isEmpty()).isPresent();
    problems.addAll(PlannedFields.problems(has, wanted, startsItself));
    problems.addAll(PlannedTriggers.problems(wanted));
    return problems;
  }

  /** Whether the server has all as it is wanted. */
  public boolean isNothing() {
    return changes.isEmpty() && problems.isEmpty();
  }

  /** The changes for people. */
  public List<ChangeLine> lines() {
    return ChangeLine.of(this);
  }
}
