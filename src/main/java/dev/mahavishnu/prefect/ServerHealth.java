package dev.mahavishnu.prefect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;

/** Whether a Prefect server answers. */
public final class ServerHealth {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final URI apiUrl;

  /**
   * @param apiUrl as configured, such as {@code http://127.0.0.1:4200/api}
   */
  public ServerHealth(URI apiUrl) {
    this.apiUrl = apiUrl;
  }

  /** The URL without the credentials that may stand in it. */
  public String shown() {
    String text = apiUrl.toString();
    String user = apiUrl.getRawUserInfo();
    return user == null ? text : text.replace(user + "@", "***@");
  }

  /** Why it can't be used, in a few words; empty when it is healthy. Takes 5 seconds at most. */
  public Optional<String> fault() {
    URI health = URI.create(apiUrl.toString().replaceFirst("/+$", "") + "/health");
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.of("it answers " + answer.statusCode());
      }
      return answer.body().strip().equals("true")
          ? Optional.empty()
          : Optional.of("what answers is not a Prefect API");
    } catch (HttpTimeoutException _) {
      return Optional.of("no answer within " + PATIENCE.toSeconds() + " s");
    } catch (ConnectException _) {
      return Optional.of("connection refused");
    } catch (IOException e) {
      return Optional.of(e.getMessage() == null ? "the connection broke" : e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
