package dev.mahavishnu.cli;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration says about a Prefect server; {@link PrefectInForce} is what that comes to.
 *
 * @param enabled whether Prefect may be used at all
 * @param apiUrl empty: as the Prefect user has it; where that is nowhere, there is no server
 * @param apiKey where the key of Prefect Cloud is
 * @param authString where {@code user:password} of a server of one's own is
 * @param workspace of Prefect Cloud: {@code ACCOUNT_ID/WORKSPACE_ID}
 * @param workPool for deployments that name none
 * @param timeout of one attempt of one call
 * @param maxRetries how often a call is tried again
 * @param mirror whether runs that this machine executes appear on the server
 */
public record PrefectConfiguration(
    boolean enabled,
    Optional<URI> apiUrl,
    Optional<KeyReference> apiKey,
    Optional<KeyReference> authString,
    Optional<String> workspace,
    Optional<String> workPool,
    Duration timeout,
    int maxRetries,
    boolean mirror) {

  static final Setting<Boolean> ENABLED =
      Setting.of("prefect.enabled", "true", SettingParsers::truth);
  // An address with a user and a password in it is not repeated where it has a mistake.
  static final Setting<Optional<URI>> API_URL =
      Setting.confidential("prefect.api_url", SettingParsers.httpUrl("http://127.0.0.1:4200/api"));
  static final Setting<Optional<KeyReference>> API_KEY =
      Setting.confidential("prefect.api_key", KeyReference::parse);
  static final Setting<Optional<KeyReference>> AUTH_STRING =
      Setting.confidential("prefect.auth_string", KeyReference::parse);
  static final Setting<Optional<String>> WORKSPACE =
      Setting.of("prefect.workspace", "", PrefectConfiguration::workspace);
  static final Setting<Optional<String>> WORK_POOL =
      Setting.of("prefect.work_pool", "", PrefectConfiguration::text);
  static final Setting<Duration> TIMEOUT =
      Setting.of("prefect.timeout", "30s", PrefectConfiguration::timeout);
  static final Setting<Integer> MAX_RETRIES =
      Setting.of("prefect.max_retries", "5", SettingParsers.integer(0, 100));
  static final Setting<Boolean> MIRROR =
      Setting.of("prefect.mirror", "true", SettingParsers::truth);

  /** In the order of the shipped file. */
  static final List<Setting<?>> SETTINGS =
      List.of(
          ENABLED,
          API_URL,
          API_KEY,
          AUTH_STRING,
          WORKSPACE,
          WORK_POOL,
          TIMEOUT,
          MAX_RETRIES,
          MIRROR);

  static PrefectConfiguration of(Settings settings) {
    return new PrefectConfiguration(
        settings.get(ENABLED),
        settings.get(API_URL),
        settings.get(API_KEY),
        settings.get(AUTH_STRING),
        settings.get(WORKSPACE),
        settings.get(WORK_POOL),
        settings.get(TIMEOUT),
        settings.get(MAX_RETRIES),
        settings.get(MIRROR));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text.strip()).filter(t -> !t.isEmpty());
  }

  private static Optional<String> workspace(String text) {
    Optional<String> workspace = text(text);
    if (workspace.isPresent() && !workspace.get().matches("[0-9a-fA-F-]{36}/[0-9a-fA-F-]{36}")) {
      throw new IllegalArgumentException(
          "expected the ids of an account and a workspace of Prefect Cloud,"
              + " ACCOUNT_ID/WORKSPACE_ID");
    }
    return workspace;
  }

  private static Duration timeout(String text) {
    Duration timeout = SettingParsers.duration(text);
    if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("expected at least 1ms");
    }
    return timeout;
  }
}
