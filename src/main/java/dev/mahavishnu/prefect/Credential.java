package dev.mahavishnu.prefect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a server lets a client in for. Never shown by {@code toString}. */
public sealed interface Credential {
  /** The value of the header {@code Authorization}. */
  String header();

  /** The secret itself, as the event and log streams want it. */
  String token();

  /** A key of Prefect Cloud. */
  record ApiKey(String token) implements Credential {
    @Override
    public String header() {
      return "Bearer " + token;
    }

    @Override
    public String toString() {
      return "API key ***";
    }
  }

  /**
   * What a self-hosted server was given as {@code PREFECT_SERVER_API_AUTH_STRING}.
   *
   * @param token {@code user:password}
   */
  record AuthString(String token) implements Credential {
    @Override
    public String header() {
      return "Basic " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return "auth string ***";
    }
  }
}
