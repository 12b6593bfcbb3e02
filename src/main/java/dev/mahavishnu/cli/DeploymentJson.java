package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Deployments.Deployment;
import dev.mahavishnu.prefect.Schedules.Schedule;
import dev.mahavishnu.prefect.deploy.Bundle;
import dev.mahavishnu.prefect.deploy.NextRuns;
import dev.mahavishnu.prefect.deploy.ScheduleTexts;
import dev.mahavishnu.prefect.watch.DeploymentSearch;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments and schedules as JSON, one object a line. */
final class DeploymentJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private DeploymentJson() {}

  static String of(DeploymentSearch.One one, NextRuns next) {
    return node(one, next).toString();
  }

  static ObjectNode node(DeploymentSearch.One one, NextRuns next) {
    Deployment deployment = one.deployment();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("deployment", one.fullName()).put("flow", one.flow()).put("name", deployment.name());
    json.put("id", deployment.id().toString());
    json.put("paused", deployment.paused()).put("status", deployment.status());
    json.put("pool", deployment.workPoolName()).put("queue", deployment.workQueueName());
    json.put("version", deployment.version());
    Bundle.hashAmong(deployment.pullSteps()).ifPresent(hash -> json.put("content_hash", hash));
    json.set("parameters", deployment.parameters());
    ArrayNode schedules = json.putArray("schedules");
    deployment.schedules().forEach(schedule -> schedules.add(schedule(schedule, next)));
    next.first(deployment.id()).ifPresent(time -> json.put("next_run", time.toString()));
    return json;
  }

  static ObjectNode schedule(Schedule schedule, NextRuns next) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", schedule.id().toString()).put("slug", schedule.slug());
    json.put("schedule", ScheduleTexts.text(schedule.schedule())).put("active", schedule.active());
    next.firstBy(schedule.id()).ifPresent(time -> json.put("next_run", time.toString()));
    return json;
  }
}
