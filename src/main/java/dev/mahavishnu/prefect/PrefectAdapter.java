package dev.mahavishnu.prefect;

import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.RunId;
import java.net.URI;
import java.time.Duration;
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

  /** A page that is not there by then is not waited for: the run goes on meanwhile. */
  private static final Duration PAGE = Duration.ofSeconds(3);

  private final Pages pages;
  private final Consumer<String> say;

  /** Says where people see a run. */
  public interface Pages {
    /** Empty while the server does not have the run. */
    Optional<URI> of(RunId run);
  }

  /**
   * @param server empty: none is configured
   * @param embedded asked for only when it is used; its runs are shown on the server
   * @param pages of the runs on the server
   * @param say takes the line that tells where the flow runs
   */
  public PrefectAdapter(
      Optional<PrefectClient> server,
      Supplier<Adapter> embedded,
      Pages pages,
      Consumer<String> say) {
    this.server = server;
    this.embedded = embedded;
    this.pages = pages;
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
    RunHandle handle = embedded.get().submit(submission);
    if (server.isPresent()) {
      page(handle.run()).ifPresent(page -> say.accept("prefect: " + page));
    }
    return handle;
  }

  private Optional<URI> page(RunId run) {
    long end = System.nanoTime() + PAGE.toNanos();
    try {
      while (true) {
        Optional<URI> page = pages.of(run);
        if (page.isPresent() || System.nanoTime() > end) {
          return page;
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
