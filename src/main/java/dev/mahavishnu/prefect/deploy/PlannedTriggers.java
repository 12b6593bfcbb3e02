package dev.mahavishnu.prefect.deploy;

import dev.mahavishnu.prefect.Automations.Automation;
import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.spec.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which automations to change so that the server carries out a flow's triggers. Automations that an
 * apply did not make are a person's, and stay.
 *
 * @param has those that applies made for the deployment
 * @param flows ids of the flows after which it runs, as far as the server knows them
 */
record PlannedTriggers(List<Automation> has, Map<String, UUID> flows) {
  PlannedTriggers {
    has = List.copyOf(has);
    flows = Map.copyOf(flows);
  }

  List<Change> between(Optional<Deployment> deployment, Wanted wanted) {
    Map<String, ServerTrigger> wants = new LinkedHashMap<>();
    triggers(wanted).forEach(trigger -> wants.put(trigger.name(), trigger));
    List<Change> changes = new ArrayList<>();
    for (Automation automation : has) {
      Optional<ServerTrigger> want = Optional.ofNullable(wants.remove(automation.name()));
      if (want.isEmpty()) {
        changes.add(new Change.TriggerRemoved(automation.id(), automation.name()));
      } else if (!isSame(want.get(), automation, deployment)) {
        changes.add(new Change.TriggerChanged(automation.id(), want.get()));
      }
    }
    wants.values().forEach(trigger -> changes.add(new Change.TriggerAdded(trigger)));
    return changes;
  }

  private boolean isSame(ServerTrigger want, Automation has, Optional<Deployment> deployment) {
    return deployment
        .filter(d -> want.isSame(has, Optional.ofNullable(flows.get(want.after())), d.id()))
        .isPresent();
  }

  private static List<ServerTrigger> triggers(Wanted wanted) {
    Map<String, Integer> seen = new HashMap<>();
    List<ServerTrigger> triggers = new ArrayList<>();
    for (Trigger trigger : wanted.flow().triggers()) {
      int index = seen.merge(trigger.after() + "/" + trigger.state(), 1, Integer::sum) - 1;
      triggers.add(ServerTrigger.of(trigger, wanted.shown(), index));
    }
    return triggers;
  }

  /** What a server can't pass; one line each. */
  static List<String> problems(Wanted wanted) {
    List<String> problems = new ArrayList<>();
    for (Trigger trigger : wanted.flow().triggers()) {
      try {
        ServerTrigger.of(trigger, wanted.shown(), 0);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return problems;
  }
}
