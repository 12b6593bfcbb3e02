package dev.mahavishnu.llm.provider;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connections to providers, made when the first is needed. Its threads do not keep the program from
 * ending.
 */
final class Connections {
  /** Who does not answer a knock within this time is not there. */
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Map<String, String> variables;
  private final Duration timeout;
  private @Nullable HttpClient client;

  /**
   * @param variables the environment, for proxies
   * @param timeout the longest silence
   */
  Connections(Map<String, String> variables, Duration timeout) {
    this.variables = variables;
    this.timeout = timeout;
  }

  synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              // an offer of HTTP/2 without TLS confuses servers that people run themselves
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT);
      Proxies.of(variables).ifPresent(builder::proxy);
      made = builder.build();
      client = made;
    }
    return made;
  }
}
