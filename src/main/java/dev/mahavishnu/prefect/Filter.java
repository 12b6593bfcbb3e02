package dev.mahavishnu.prefect;

import dev.mahavishnu.run.StateType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of a resource to take: all that fit every condition. Conditions on one resource also narrow
 * another where the two belong together: the flow runs of a deployment, the task runs of a flow
 * run.
 */
public final class Filter {
  /** All there is, in the order that the resource has of itself. */
  public static final Filter ALL = new Filter(Fields.NONE);

  private final Fields fields;

  private Filter(Fields fields) {
    this.fields = fields;
  }

  private Filter with(Object value, String... path) {
    return new Filter(fields.within(value, path));
  }

  public Filter flowIds(UUID... ids) {
    return with(List.of(ids), "flows", "id", "any_");
  }

  public Filter flowNames(String... names) {
    return with(List.of(names), "flows", "name", "any_");
  }

  public Filter flowRunIds(UUID... ids) {
    return with(List.of(ids), "flow_runs", "id", "any_");
  }

  /** Flow runs whose name contains the text. */
  public Filter flowRunNameLike(String text) {
    return with(text, "flow_runs", "name", "like_");
  }

  public Filter flowRunNames(String... names) {
    return with(List.of(names), "flow_runs", "name", "any_");
  }

  public Filter flowRunStates(StateType... types) {
    return with(Arrays.asList(types), "flow_runs", "state", "type", "any_");
  }

  public Filter flowRunStateNames(String... names) {
    return with(List.of(names), "flow_runs", "state", "name", "any_");
  }

  /** Flow runs with all these tags. */
  public Filter flowRunTags(String... tags) {
    return with(List.of(tags), "flow_runs", "tags", "all_");
  }

  public Filter flowRunIdempotencyKeys(String... keys) {
    return with(List.of(keys), "flow_runs", "idempotency_key", "any_");
  }

  /** Flow runs that started, or are expected to start, then or later. */
  public Filter startedFrom(Instant time) {
    return with(time, "flow_runs", "start_time", "after_");
  }

  /** Flow runs that started, or are expected to start, then or earlier. */
  public Filter startedUntil(Instant time) {
    return with(time, "flow_runs", "start_time", "before_");
  }

  /** Flow runs that are expected to start then or later. */
  public Filter expectedFrom(Instant time) {
    return with(time, "flow_runs", "expected_start_time", "after_");
  }

  /** Flow runs that were expected to start then or earlier. */
  public Filter expectedUntil(Instant time) {
    return with(time, "flow_runs", "expected_start_time", "before_");
  }

  /** Flow runs that belong to no task of another. */
  public Filter topmost() {
    return with(true, "flow_runs", "parent_task_run_id", "is_null_");
  }

  /** Flow runs that tasks of these flow runs started. */
  public Filter parents(UUID... flowRuns) {
    return with(List.of(flowRuns), "flow_runs", "parent_flow_run_id", "any_");
  }

  public Filter taskRunIds(UUID... ids) {
    return with(List.of(ids), "task_runs", "id", "any_");
  }

  public Filter taskRunNames(String... names) {
    return with(List.of(names), "task_runs", "name", "any_");
  }

  public Filter taskRunStates(StateType... types) {
    return with(Arrays.asList(types), "task_runs", "state", "type", "any_");
  }

  public Filter deploymentIds(UUID... ids) {
    return with(List.of(ids), "deployments", "id", "any_");
  }

  public Filter deploymentNames(String... names) {
    return with(List.of(names), "deployments", "name", "any_");
  }

  /** Deployments whose name, or whose flow's name, contains the text. */
  public Filter deploymentOrFlowLike(String text) {
    return with(text, "deployments", "flow_or_deployment_name", "like_");
  }

  /** Deployments with all these tags. */
  public Filter deploymentTags(String... tags) {
    return with(List.of(tags), "deployments", "tags", "all_");
  }

  public Filter workPools(String... names) {
    return with(List.of(names), "work_pools", "name", "any_");
  }

  public Filter workPoolTypes(String... types) {
    return with(List.of(types), "work_pools", "type", "any_");
  }

  /** The order, by one of the names that the server has for the resource. */
  public Filter sort(Sort sort) {
    return with(sort.name(), "sort");
  }

  /** Orders; not every resource has every one. */
  public enum Sort {
    ID_DESC,
    START_TIME_ASC,
    START_TIME_DESC,
    EXPECTED_START_TIME_ASC,
    EXPECTED_START_TIME_DESC,
    NEXT_SCHEDULED_START_TIME_ASC,
    END_TIME_DESC,
    NAME_ASC,
    NAME_DESC,
    CREATED_DESC,
    UPDATED_DESC
  }

  ObjectNode json() {
    return fields.json();
  }
}
