package dev.mahavishnu.prefect;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs flows for Prefect. Without a server they run on the embedded engine; a server that is
 * configured is never passed over.
 */
public final class PrefectAdapter implements Adapter {
  private final Optional<URI> apiUrl;
  private final Supplier<Adapter> embedded;
  private final Consumer<String> say;

  /**
   * @param apiUrl of the server's API; absent: none is configured
   * @param embedded asked for only when it is used
   * @param say takes the line that tells where the flow runs
   */
  public PrefectAdapter(Optional<URI> apiUrl, Supplier<Adapter> embedded, Consumer<String> say) {
    this.apiUrl = apiUrl;
    this.embedded = embedded;
    this.say = say;
  }

  @Override
  public String name() {
    return "prefect";
  }

  /**
   * @throws PrefectException when a server is configured: it can't be reached, or it is there and
   *     this version can't run flows on it
   */
  @Override
  public RunHandle submit(Submission submission) {
    if (apiUrl.isPresent()) {
      throw refusal(apiUrl.get());
    }
    say.accept(
        "prefect: no server is configured (prefect.api_url), so the embedded engine runs it");
    return embedded.get().submit(submission);
  }

  private static PrefectException refusal(URI url) {
    ServerHealth server = new ServerHealth(url);
    String way = "; to run on the embedded engine, unset prefect.api_url";
    return new PrefectException(
        server
            .fault()
            .map(fault -> "prefect: no server at " + server.shown() + " (" + fault + ")" + way)
            .orElseGet(
                () ->
                    "prefect: the server at "
                        + server.shown()
                        + " is there, but this version can't run flows on a server yet"
                        + way));
  }
}
