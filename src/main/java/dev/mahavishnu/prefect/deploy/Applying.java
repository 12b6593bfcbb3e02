package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Automations;
import dev.mahavishnu.prefect.DeploymentDraft;
import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Fault;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.Schedules;
import dev.mahavishnu.prefect.WorkPools;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Trigger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Makes deployments on a server be what is wanted. Each call throws {@link PrefectException}. */
public final class Applying {
  /** Somebody else may apply at the same time; each round changes what is still otherwise. */
  private static final int ROUNDS = 5;

  private final PrefectClient client;
  private final JsonNode poolTemplate;

  /**
   * @param poolTemplate base job template of a work pool that has to be made
   */
  public Applying(PrefectClient client, JsonNode poolTemplate) {
    this.client = client;
    this.poolTemplate = poolTemplate;
  }

  /** What would change; only reads. */
  public DeploymentPlan plan(Wanted wanted) {
    Optional<Deployment> has = client.deployments().find(wanted.flow().name(), wanted.name());
    Wanted placed = wanted.placed(has);
    return DeploymentPlan.between(
        has,
        placed.said().pool().flatMap(client.workPools()::find),
        triggers(has, wanted.flow()),
        placed);
  }

  private PlannedTriggers triggers(Optional<Deployment> has, Flow flow) {
    Map<String, UUID> flows = new HashMap<>();
    for (Trigger trigger : flow.triggers()) {
      client.flows().find(trigger.after()).ifPresent(f -> flows.put(f.name(), f.id()));
    }
    return new PlannedTriggers(has.map(d -> automations(d.id())).orElse(List.of()), flows);
  }

  /** Those that applies made for the deployment. */
  private List<Automations.Automation> automations(UUID deployment) {
    String tag = ServerTrigger.tag(deployment);
    return client.automations().list().filter(a -> a.tags().contains(tag)).toList();
  }

  /** Deletes a deployment with the automations that applies made for it. */
  public void delete(UUID deployment) {
    automations(deployment).forEach(a -> client.automations().delete(a.id()));
    client.deployments().delete(deployment);
  }

  /**
   * Changes what the plan says, and then what is still otherwise because somebody else changed it
   * at the same time.
   *
   * @return the deployment as it is then
   */
  public Deployment apply(DeploymentPlan plan) {
    DeploymentPlan now = plan;
    for (int round = 0; round < ROUNDS && !now.changes().isEmpty(); round++) {
      try {
        change(now);
      } catch (PrefectException e) {
        if (!meetsAnother(e) || round == ROUNDS - 1) {
          throw e;
        }
      }
      now = plan(plan.wanted());
    }
    if (!now.isNothing()) {
      throw new PrefectException(
          "prefect: deployment "
              + plan.wanted().shown()
              + " does not stay as it was applied: "
              + (now.problems().isEmpty()
                  ? now.lines().getLast().text().strip()
                  : now.problems().getFirst()));
    }
    return now.has()
        .orElseThrow(() -> new PrefectException("prefect: the deployment went away again"));
  }

  /** What somebody else made, or removed, between our reading and our writing. */
  private static boolean meetsAnother(PrefectException e) {
    return e.fault()
        .filter(f -> f instanceof Fault.Conflict || f instanceof Fault.NotFound)
        .isPresent();
  }

  private void change(DeploymentPlan plan) {
    for (Change change : plan.changes()) {
      if (change instanceof Change.PoolMade made) {
        makePool(made);
      }
    }
    UUID id =
        plan.has()
            .map(
                has -> {
                  update(has.id(), plan);
                  return has.id();
                })
            .orElseGet(() -> make(plan));
    plan.changes().forEach(change -> start(id, change));
  }

  private void makePool(Change.PoolMade made) {
    WorkPools.Change template = WorkPools.Change.NOTHING.baseJobTemplate(poolTemplate);
    try {
      client.workPools().create(made.pool(), made.type(), template);
    } catch (PrefectException e) {
      if (client.workPools().find(made.pool()).isEmpty()) {
        throw e;
      }
    }
  }

  /** Without schedules: these are added after it, and changed by their ids for ever after. */
  private UUID make(DeploymentPlan plan) {
    UUID flow = client.flows().ensure(plan.wanted().flow().name(), List.of(), Map.of()).id();
    DeploymentDraft draft = DeploymentDraft.of(flow, plan.wanted().name());
    return client.deployments().put(draft.with(fields(plan))).id();
  }

  private void update(UUID id, DeploymentPlan plan) {
    boolean any =
        plan.changes().stream()
            .anyMatch(c -> c instanceof Change.Field || c instanceof Change.Content);
    if (any) {
      client.deployments().update(id, fields(plan));
    }
  }

  private static DeploymentDraft.Change fields(DeploymentPlan plan) {
    DeploymentDraft.Change fields = DeploymentDraft.Change.NOTHING;
    for (Change change : plan.changes()) {
      if (change instanceof Change.Field field) {
        fields = field.setting().on(fields);
      } else if (change instanceof Change.Content) {
        Wanted wanted = plan.wanted();
        fields =
            fields
                .pullSteps(wanted.bundle().pullSteps())
                .version(wanted.version())
                .entrypoint(wanted.entrypoint());
      }
    }
    return fields;
  }

  /** What makes the deployment start by itself. */
  private void start(UUID deployment, Change change) {
    Schedules schedules = client.schedules();
    switch (change) {
      case Change.ScheduleAdded c ->
          schedules.add(
              deployment, List.of(Schedules.Draft.of(c.when()).slug(c.slug()).active(c.active())));
      case Change.ScheduleChanged c -> {
        if (c.after().equals(c.before())) {
          schedules.setActive(deployment, c.id(), c.active());
        } else {
          schedules.change(deployment, c.id(), Schedules.Draft.of(c.after()).active(c.active()));
        }
      }
      case Change.ScheduleRemoved c -> schedules.delete(deployment, c.id());
      case Change.TriggerAdded c -> client.automations().create(draft(c.trigger(), deployment));
      case Change.TriggerChanged c ->
          client.automations().replace(c.id(), draft(c.trigger(), deployment));
      case Change.TriggerRemoved c -> client.automations().delete(c.id());
      case Change.PoolMade _, Change.Content _, Change.Field _ -> {}
    }
  }

  /** A flow that the server does not know yet is made: it may come later. */
  private Automations.Draft draft(ServerTrigger trigger, UUID deployment) {
    UUID flow = client.flows().ensure(trigger.after(), List.of(), Map.of()).id();
    return trigger.draft(flow, deployment);
  }
}
