package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Credential;
import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Prefect server that configuration and environment come to, and the client of it. */
public final class PrefectInForce implements Kept.Thing {
  private static final String HOW =
      "no Prefect server is configured: set prefect.api_url in mahavishnu.yaml,"
          + " MAHAVISHNU_PREFECT__API_URL or PREFECT_API_URL";

  private final PrefectConfiguration configured;
  private final PrefectSettings settings;
  private final Optional<String> fault;
  private @Nullable PrefectClient client;

  private PrefectInForce(
      PrefectConfiguration configured, PrefectSettings settings, Optional<String> fault) {
    this.configured = configured;
    this.settings = settings;
    this.fault = fault;
  }

  static PrefectInForce of(Env env, Workspace workspace, Settings settings) {
    PrefectConfiguration configured = PrefectConfiguration.of(settings);
    return configured.enabled()
        ? new Finding(env, workspace, settings, configured).find()
        : new PrefectInForce(configured, nothing(configured), Optional.empty());
  }

  private static PrefectSettings nothing(PrefectConfiguration configured) {
    return new PrefectSettings(
        Optional.empty(),
        Optional.empty(),
        configured.timeout(),
        configured.maxRetries(),
        List.of());
  }

  /** Whether there is a server: configured by us, by a variable of Prefect's or by its profile. */
  public boolean isConfigured() {
    return fault.isPresent() || settings.apiUrl().isPresent();
  }

  /**
   * How to reach the server.
   *
   * @throws CommandFailure when what is configured can't be used
   */
  public PrefectSettings settings() {
    fault.ifPresent(
        f -> {
          throw CommandFailure.configuration(f);
        });
    return settings;
  }

  /** Why what is configured can't be used, if it can't: one line. */
  Optional<String> fault() {
    return fault;
  }

  /**
   * The client, made when it is first asked for; empty: no server is configured.
   *
   * @throws CommandFailure when what is configured can't be used
   */
  public synchronized Optional<PrefectClient> client() {
    PrefectSettings usable = settings();
    if (client == null && usable.apiUrl().isPresent()) {
      client = new PrefectClient(usable);
    }
    return Optional.ofNullable(client);
  }

  /**
   * The client.
   *
   * @throws CommandFailure when no server is configured
   */
  public PrefectClient required() {
    return client()
        .orElseThrow(
            () ->
                CommandFailure.configuration(
                    configured.enabled()
                        ? HOW
                        : "Prefect is switched off: prefect.enabled is false"));
  }

  /** Whether runs that this machine executes appear on the server; false where there is none. */
  public boolean mirror() {
    return configured.mirror() && isConfigured();
  }

  /** For deployments that name none. */
  public Optional<String> workPool() {
    return configured.workPool();
  }

  /** What may be known of it, and where it comes from; never a secret. */
  List<ModelInForce.Fact> facts() {
    List<ModelInForce.Fact> facts = new ArrayList<>();
    Optional<Known<URI>> url = settings.apiUrl();
    facts.add(
        new ModelInForce.Fact(
            "api_url",
            url.map(known -> known.value().toString()).orElse("none"),
            url.map(Known::origin).orElse(configured.enabled() ? "not set" : "switched off")));
    facts.add(
        new ModelInForce.Fact(
            "credential",
            settings.credential().map(known -> kind(known.value())).orElse("none"),
            settings.credential().map(Known::origin).orElse("not set")));
    return facts;
  }

  private static String kind(Credential credential) {
    return switch (credential) {
      case Credential.ApiKey _ -> "API key, set";
      case Credential.AuthString _ -> "auth string, set";
    };
  }

  /** What counts for nothing, and why. */
  List<String> notes() {
    return settings.notes();
  }

  /** Every form of the credential that text may show. */
  List<String> secrets() {
    return settings
        .credential()
        .map(known -> List.of(known.value().token(), known.value().header()))
        .orElse(List.of());
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }

  private record Finding(
      Env env, Workspace workspace, Settings set, PrefectConfiguration configured) {

    PrefectInForce find() {
      Optional<String> fault = Optional.empty();
      Optional<Known<String>> apiKey = Optional.empty();
      Optional<Known<String>> authString = Optional.empty();
      try {
        apiKey = read(configured.apiKey(), PrefectConfiguration.API_KEY);
        authString = read(configured.authString(), PrefectConfiguration.AUTH_STRING);
      } catch (CommandFailure e) {
        fault = Optional.ofNullable(e.getMessage());
      }
      try {
        PrefectSettings found = resolve(ours(apiKey, authString));
        return leaks(found)
            ? new PrefectInForce(configured, without(found), Optional.of(leak()))
            : new PrefectInForce(configured, found, fault);
      } catch (IllegalArgumentException e) {
        return new PrefectInForce(
            configured, nothing(configured), Optional.ofNullable(e.getMessage()));
      }
    }

    private Optional<Known<String>> read(
        Optional<KeyReference> reference, Setting<Optional<KeyReference>> setting) {
      return reference.map(
          r ->
              new Known<>(r.read(setting.key(), env, workspace), r + " (" + origin(setting) + ")"));
    }

    private PrefectSettings.Configured ours(
        Optional<Known<String>> apiKey, Optional<Known<String>> authString) {
      return new PrefectSettings.Configured(
          configured
              .apiUrl()
              .map(url -> new Known<>(url.toString(), origin(PrefectConfiguration.API_URL))),
          apiKey,
          authString,
          configured.workspace().map(w -> new Known<>(w, origin(PrefectConfiguration.WORKSPACE))),
          configured.timeout(),
          configured.maxRetries());
    }

    private PrefectSettings resolve(PrefectSettings.Configured ours) {
      Path home = Path.of(env.variable("HOME").orElse("/"));
      return PrefectSettings.resolve(ours, env::variable, home);
    }

    private static PrefectSettings without(PrefectSettings found) {
      return new PrefectSettings(
          found.apiUrl(), Optional.empty(), found.timeout(), found.maxRetries(), found.notes());
    }

    /**
     * Whether a file that came with the workspace would send a credential of the person's to a
     * server that it names: a workspace may be somebody else's. A server on this machine may have
     * it, and so may one that the Prefect user's own settings name.
     */
    private boolean leaks(PrefectSettings found) {
      if (!isWorkspaces(PrefectConfiguration.API_URL)
          || found.credential().isEmpty()
          || configured.apiUrl().filter(url -> !ModelInForce.isHere(url)).isEmpty()) {
        return false;
      }
      if (configured.authString().isPresent()) {
        return isWorkspaces(PrefectConfiguration.AUTH_STRING);
      }
      if (configured.apiKey().isPresent()) {
        return isWorkspaces(PrefectConfiguration.API_KEY);
      }
      boolean inUrl = configured.apiUrl().filter(url -> url.getUserInfo() != null).isPresent();
      return !inUrl && resolve(PrefectSettings.Configured.NOTHING).apiUrl().isEmpty();
    }

    private String leak() {
      return origin(PrefectConfiguration.API_URL)
          + ": `prefect.api_url` of a workspace's file gets no credential unless you name it"
          + " yourself: set MAHAVISHNU_PREFECT__API_KEY=env:NAME (or"
          + " MAHAVISHNU_PREFECT__AUTH_STRING), or the key in ~/.config/mahavishnu/config.yaml";
    }

    private boolean isWorkspaces(Setting<?> setting) {
      String file = Workspace.shown(workspace.configuration(), env.cwd());
      return origin(setting).startsWith(file + ":");
    }

    private String origin(Setting<?> setting) {
      return set.value(setting).origin();
    }
  }
}
