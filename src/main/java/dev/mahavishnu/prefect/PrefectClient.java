package dev.mahavishnu.prefect;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * A client of one Prefect server, with one object a resource. Safe for several threads; calls block
 * and may be made from virtual threads.
 */
public final class PrefectClient implements AutoCloseable {
  private final Api api;

  /**
   * @throws PrefectException when the settings name no server
   */
  public PrefectClient(PrefectSettings settings) {
    this(new Api(settings, Clock.systemUTC(), RandomGenerator.getDefault(), Thread::sleep));
  }

  PrefectClient(Api api) {
    this.api = api;
  }

  public ServerInfo server() {
    return new ServerInfo(api);
  }

  public Flows flows() {
    return new Flows(api);
  }

  public FlowRuns flowRuns() {
    return new FlowRuns(api);
  }

  public TaskRuns taskRuns() {
    return new TaskRuns(api);
  }

  public Deployments deployments() {
    return new Deployments(api);
  }

  /** Of deployments. */
  public Schedules schedules() {
    return new Schedules(api);
  }

  public WorkPools workPools() {
    return new WorkPools(api);
  }

  /** Of a work pool. */
  public WorkQueues workQueues(String pool) {
    return new WorkQueues(api, pool);
  }

  /** Of a work pool. */
  public Workers workers(String pool) {
    return new Workers(api, pool);
  }

  public ServerLogs logs() {
    return new ServerLogs(api);
  }

  public Events events() {
    return new Events(api);
  }

  public Artifacts artifacts() {
    return new Artifacts(api);
  }

  public Automations automations() {
    return new Automations(api);
  }

  public ConcurrencyLimits concurrencyLimits() {
    return new ConcurrencyLimits(api);
  }

  /** Ends calls under way. */
  @Override
  public void close() {
    api.close();
  }
}
