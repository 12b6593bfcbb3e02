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

  /** Ends calls under way. */
  @Override
  public void close() {
    api.close();
  }
}
