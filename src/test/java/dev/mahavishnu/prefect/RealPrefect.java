package dev.mahavishnu.prefect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Prefect server on a free loopback port, with an empty database of its own. One of each
 * kind is shared by all tests of this JVM, so tests must give what they make names of their own.
 * Those are on PostgreSQL where there is one for this system, as a server with several clients
 * should be; one of a test's own is on SQLite, as Prefect is where nobody said otherwise. It ends
 * with the JVM, also when that is killed. Where Prefect can't be installed, the test is skipped and
 * says why.
 */
public final class RealPrefect {
  /** What {@link #guarded()} wants as {@code Authorization: Basic} and as a websocket's token. */
  public static final String AUTH_STRING = "admin:s3cret-of-the-tests";

  /**
   * Names a system property with the URL of an open server that runs already, to save its start
   * where tests are run again and again: {@code -Dprefect.tests.url=http://127.0.0.1:4200/api}.
   */
  private static final String RUNNING = "prefect.tests.url";

  /** Either what a first call made, or why it could not. */
  private record Made(Optional<RealPrefect> server, String why) {
    RealPrefect orSkip() {
      return server.orElseGet(() -> Assumptions.abort("no Prefect server: " + why));
    }
  }

  private static final class Open {
    static final Made MADE =
        Optional.ofNullable(System.getProperty(RUNNING))
            .map(url -> new Made(Optional.of(running(URI.create(url))), ""))
            .orElseGet(() -> make(Map.of()));
  }

  private static final class Guarded {
    static final Made MADE =
        make(
            Map.of(
                "PREFECT_SERVER_API_AUTH_STRING",
                AUTH_STRING,
                "PREFECT_SERVER_CSRF_PROTECTION_ENABLED",
                "true"));
  }

  private final URI apiUrl;
  private final Path venv;
  private final Optional<String> authString;

  private RealPrefect(URI apiUrl, Path venv, Optional<String> authString) {
    this.apiUrl = apiUrl;
    this.venv = venv;
    this.authString = authString;
  }

  /** The shared server that lets everybody in. */
  public static RealPrefect open() {
    return Open.MADE.orSkip();
  }

  /** The shared server that wants {@link #AUTH_STRING} and a CSRF token. */
  public static RealPrefect guarded() {
    return Guarded.MADE.orSkip();
  }

  /** One that lets everybody in, for a test that kills it. It ends with {@code close}. */
  public static OwnPrefect own() throws IOException {
    return own(false);
  }

  /** {@link #own()} on PostgreSQL. */
  public static OwnPrefect ownOnPostgres() throws IOException {
    return own(true);
  }

  private static OwnPrefect own(boolean onPostgres) throws IOException {
    try {
      PrefectProcess process =
          PrefectProcess.start(
              PrefectVenv.ready(),
              Map.of(),
              onPostgres ? PostgresProcess.start(PrefectVenv.ready()) : Optional.empty());
      return new OwnPrefect(
          new RealPrefect(process.apiUrl(), PrefectVenv.ready(), Optional.empty()), process);
    } catch (PrefectVenv.Unavailable e) {
      return Assumptions.abort("no Prefect server: " + e.getMessage());
    }
  }

  /**
   * A client of it. A server on SQLite lets a request that meets others wait for as long as a
   * minute before it says that the database is locked, so this one is more patient than most.
   */
  public PrefectClient client() {
    PrefectSettings usual = PrefectSettings.of(apiUrl);
    return new PrefectClient(
        new PrefectSettings(
            usual.apiUrl(),
            authString.map(auth -> new Known<>(new Credential.AuthString(auth), "test")),
            Duration.ofMinutes(2),
            usual.maxRetries(),
            usual.notes()));
  }

  public URI apiUrl() {
    return apiUrl;
  }

  /** The environment, of which {@code bin/python} runs Prefect's own flows. */
  public Path venv() {
    return venv;
  }

  /** What it wants of who calls; empty where it lets everybody in. */
  public Optional<String> authString() {
    return authString;
  }

  private static RealPrefect running(URI apiUrl) {
    try {
      return new RealPrefect(apiUrl, PrefectVenv.ready(), Optional.empty());
    } catch (PrefectVenv.Unavailable e) {
      return Assumptions.abort("no Prefect: " + e.getMessage());
    }
  }

  private static Made make(Map<String, String> settings) {
    try {
      Path venv = PrefectVenv.ready();
      PrefectProcess process = PrefectProcess.start(venv, settings, PostgresProcess.start(venv));
      Runtime.getRuntime().addShutdownHook(new Thread(process::close));
      Optional<String> auth = Optional.ofNullable(settings.get("PREFECT_SERVER_API_AUTH_STRING"));
      return new Made(Optional.of(new RealPrefect(process.apiUrl(), venv, auth)), "");
    } catch (PrefectVenv.Unavailable e) {
      return new Made(Optional.empty(), e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
