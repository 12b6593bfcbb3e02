package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Prefect server a command is about: the configured one, or that of an environment. */
final class ServerChoice {
  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "An environment, environments/NAME.yaml: its server, pool and parameters.")
  @Nullable String environment;

  Served open(Workbench bench) {
    return open(bench, Optional.ofNullable(environment));
  }

  static Served open(Workbench bench, Optional<String> name) {
    if (name.isEmpty()) {
      PrefectClient client = bench.prefect().required();
      return new Served(bench, client, bench.prefect().settings(), Optional.empty(), false);
    }
    Environment found = new Environments(bench.env(), bench.workspace()).named(name.get());
    boolean own =
        found.apiUrl().isPresent() || found.apiKey().isPresent() || found.authString().isPresent();
    if (!own) {
      PrefectClient client = bench.prefect().required();
      return new Served(bench, client, bench.prefect().settings(), Optional.of(found), false);
    }
    if (!bench.configuration().prefect().enabled()) {
      throw CommandFailure.configuration("Prefect is switched off: prefect.enabled is false");
    }
    PrefectSettings settings = settings(bench, found);
    return new Served(bench, new PrefectClient(settings), settings, Optional.of(found), true);
  }

  private static PrefectSettings settings(Workbench bench, Environment found) {
    PrefectConfiguration configured = bench.configuration().prefect();
    Optional<Known<String>> url =
        found
            .apiUrl()
            .or(
                () ->
                    bench
                        .prefect()
                        .settings()
                        .apiUrl()
                        .map(u -> new Known<>(u.value().toString(), u.origin())));
    if (url.isEmpty()) {
      throw CommandFailure.configuration(
          found.shown() + ": no server: set api_url there, or prefect.api_url");
    }
    PrefectSettings.Configured ours =
        new PrefectSettings.Configured(
            url,
            key(bench, "api_key", found.apiKey()),
            key(bench, "auth_string", found.authString()),
            Optional.empty(),
            configured.timeout(),
            configured.maxRetries());
    Path home = Path.of(bench.env().variable("HOME").orElse("/"));
    try {
      PrefectSettings settings = PrefectSettings.resolve(ours, bench.env()::variable, home);
      if (leaks(found, settings)
          && PrefectSettings.resolve(
                  PrefectSettings.Configured.NOTHING, bench.env()::variable, home)
              .apiUrl()
              .isEmpty()) {
        throw CommandFailure.configuration(
            found.apiUrl().orElseThrow().origin()
                + ": the server that an environment names gets no key of Prefect's own settings"
                + " unless these name it too: set PREFECT_API_URL, or `api_key` of the environment"
                + " to a variable of its own");
      }
      return settings;
    } catch (IllegalArgumentException e) {
      throw CommandFailure.configuration(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether a credential that the environment does not name would go to a machine that it names:
   * its file may have come with somebody else's workspace.
   */
  private static boolean leaks(Environment found, PrefectSettings settings) {
    return found.apiUrl().isPresent()
        && found.apiKey().isEmpty()
        && found.authString().isEmpty()
        && settings.credential().isPresent()
        && !settings.credential().get().origin().equals(found.apiUrl().get().origin())
        && settings.apiUrl().filter(url -> !ModelInForce.isHere(url.value())).isPresent();
  }

  private static Optional<Known<String>> key(
      Workbench bench, String name, Optional<Known<KeyReference>> reference) {
    return reference.map(
        r ->
            new Known<>(
                r.value().read(name, bench.env(), bench.workspace()),
                r.value() + " (" + r.origin() + ")"));
  }
}
