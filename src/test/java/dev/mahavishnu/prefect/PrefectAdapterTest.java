package dev.mahavishnu.prefect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.mahavishnu.engine.Adapter;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.Recorded;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowSource;
import dev.mahavishnu.spec.SourceMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class PrefectAdapterTest {
  private static final Adapter.Submission SUBMISSION =
      new Adapter.Submission(
          new FlowSource(Flow.of("f", List.of()), SourceMap.NONE, "", Path.of("/")),
          JsonNodeFactory.instance.objectNode(),
          Optional.empty(),
          "test");

  /** A run that is over. */
  private record Done(RunId run) implements RunHandle {
    @Override
    public void follow(Consumer<Recorded> listener) {}

    @Override
    public void command(Command command) {}

    @Override
    public State await() {
      return State.Completed.DONE;
    }
  }

  private record Embedded(List<Submission> taken) implements Adapter {
    @Override
    public String name() {
      return "embedded";
    }

    @Override
    public RunHandle submit(Submission submission) {
      taken.add(submission);
      return new Done(new RunId("261123-213045-k7qd"));
    }
  }

  private final List<String> said = new ArrayList<>();
  private final Embedded embedded = new Embedded(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answers(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private PrefectAdapter adapter(Optional<URI> url) {
    return new PrefectAdapter(
        url.map(PrefectAdapterTest::client), () -> embedded, PrefectAdapterTest::page, said::add);
  }

  private static Optional<URI> page(RunId run) {
    return Optional.of(URI.create("http://server/runs/" + run));
  }

  private static PrefectClient client(URI url) {
    PrefectSettings settings =
        PrefectSettings.resolve(
            PrefectSettings.Configured.NOTHING.withApiUrl(new Known<>(url.toString(), "test")),
            _ -> Optional.empty(),
            Path.of("/nonexistent"));
    return new PrefectClient(
        new PrefectSettings(
            settings.apiUrl(), settings.credential(), Duration.ofSeconds(5), 0, List.of()));
  }

  private URI url() {
    return URI.create("http://ann:pw@127.0.0.1:" + server.getAddress().getPort() + "/api/");
  }

  @Test
  void without_a_server_it_says_so_and_the_embedded_engine_runs_the_flow() {
    RunHandle handle = adapter(Optional.empty()).submit(SUBMISSION);

    assertThat(handle.run().text()).isEqualTo("261123-213045-k7qd");
    assertThat(embedded.taken()).containsExactly(SUBMISSION);
    assertThat(said)
        .containsExactly(
            "prefect: no server is configured (prefect.api_url), so the embedded engine runs it");
  }

  @Test
  void a_server_that_is_not_there_is_never_passed_over() {
    URI url = url();
    server.stop(0);

    assertThatThrownBy(() -> adapter(Optional.of(url)).submit(SUBMISSION))
        .isInstanceOf(PrefectException.class)
        .hasMessageContaining("no Prefect server at http://127.0.0.1:")
        .hasMessageContaining("connection refused")
        .hasMessageContaining("prefect.api_url")
        .hasMessageNotContaining("pw");
    assertThat(embedded.taken()).isEmpty();
  }

  @Test
  void a_server_that_is_ill_says_how() {
    answers("/api/health", 503, "");

    assertThatThrownBy(() -> adapter(Optional.of(url())).submit(SUBMISSION))
        .hasMessageContaining("the server failed (503)");
    assertThat(embedded.taken()).isEmpty();
  }

  @Test
  void what_is_no_prefect_server_is_told_as_such() {
    answers("/api/health", 200, "<html>");

    assertThatThrownBy(() -> adapter(Optional.of(url())).submit(SUBMISSION))
        .hasMessageContaining("not a Prefect API");
  }

  @Test
  void a_server_that_does_not_let_us_in_is_not_passed_over_either() {
    answers("/api/health", 200, "true");
    answers("/api/admin/version", 401, "{\"exception_message\": \"Unauthorized\"}");

    assertThatThrownBy(() -> adapter(Optional.of(url())).submit(SUBMISSION))
        .isInstanceOf(PrefectException.class)
        .hasMessageContaining("401")
        .hasMessageContaining("prefect.auth_string");
    assertThat(embedded.taken()).isEmpty();
  }

  @Test
  void with_a_server_that_answers_the_embedded_engine_runs_the_flow() {
    answers("/api/health", 200, "true");
    answers("/api/admin/version", 200, "\"3.8.8\"");

    RunHandle handle = adapter(Optional.of(url())).submit(SUBMISSION);

    assertThat(handle.run().text()).isEqualTo("261123-213045-k7qd");
    assertThat(embedded.taken()).containsExactly(SUBMISSION);
    assertThat(said).containsExactly("prefect: http://server/runs/261123-213045-k7qd");
  }
}
