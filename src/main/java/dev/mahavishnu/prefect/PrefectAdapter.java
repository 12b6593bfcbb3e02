package dev.mahavishnu.prefect;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs flows for Prefect: on the embedded engine, which a mirror then shows on the server. A server
 * that is configured and not there is never passed over.
 */
public final class PrefectAdapter implements Adapter {
  private final Optional<PrefectClient> server;
  private final Supplier<Adapter> embedded;
  private final Consumer<String> say;

  /**
   * @param server empty: none is configured
   * @param embedded asked for only when it is used
   * @param say takes the line that tells where the flow runs
   */
  public PrefectAdapter(
      Optional<PrefectClient> server, Supplier<Adapter> embedded, Consumer<String> say) {
    this.server = server;
    this.embedded = embedded;
    this.say = say;
  }

  @Override
  public String name() {
    return "prefect";
  }

  /**
   * @throws PrefectException when a server is configured that does not answer, or does not let us
   *     in; then nothing runs
   */
  @Override
  public RunHandle submit(Submission submission) {
    server.ifPresentOrElse(
        client -> client.server().require(),
        () ->
            say.accept(
                "prefect: no server is configured (prefect.api_url), so the embedded engine runs"
                    + " it"));
    return embedded.get().submit(submission);
  }
}
