package dev.mahavishnu.prefect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** Why no answer came. */
final class NoAnswer {
  private NoAnswer() {}

  static Fault fault(IOException e, URI url, Duration timeout) {
    String reason =
        switch (e) {
          case HttpConnectTimeoutException _ -> "no connection within " + shown(timeout);
          case HttpTimeoutException _ -> "no answer within " + shown(timeout);
          case ConnectException c when c.getCause() instanceof UnresolvedAddressException ->
              "no such host";
          case UnknownHostException _ -> "no such host";
          case ConnectException _ -> "connection refused";
          default -> "the connection broke";
        };
    return new Fault.Unreachable(reason + " (" + PrefectUrls.host(url) + ")");
  }

  private static String shown(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
