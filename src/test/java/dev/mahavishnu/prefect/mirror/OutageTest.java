package dev.mahavishnu.prefect.mirror;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.DroppingProxy;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.run.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that can't be told anything costs the run nothing. */
final class OutageTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @TempDir Path folder;

  private static String named(String stem, String spec) {
    return "flow: " + stem + "_" + UUID.randomUUID().toString().replace('-', '_') + "\n" + spec;
  }

  private static String many(int items) {
    List<Integer> numbers = IntStream.range(0, items).boxed().toList();
    return named("many", "tasks: [{id: each, type: compute, map: " + numbers + ", value: 1}]");
  }

  private static URI nobody() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/api");
    }
  }

  @Test
  void where_nobody_listens_the_run_ends_well_and_what_is_untold_is_known() throws Exception {
    URI nobody = nobody();
    RunHandle handle;
    List<Backlog> left;
    try (MirroredRuns runs = new MirroredRuns(folder, nobody, TIMEOUT)) {
      handle = runs.start(many(50));
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      left = runs.mirrors().drain(Duration.ofSeconds(10));
      int events = runs.history().events(handle.run(), 1).size();
      assertThat(left).containsExactly(new Backlog(handle.run(), events));
      assertThat(runs.notes).hasSize(1).first().asString().contains("connection refused");
    }
    try (MirroredRuns runs = new MirroredRuns(folder, nobody, TIMEOUT)) {
      assertThat(runs.mirrors().behind()).containsExactly(handle.run());
      assertThatThrownBy(() -> runs.mirrors().sync(List.of(handle.run()), _ -> {}))
          .isInstanceOf(PrefectException.class);
      assertThat(runs.mirrors().left(List.of(handle.run()))).isEqualTo(left);
    }
  }

  @Test
  void a_storm_of_503_costs_the_run_nothing_and_is_one_note() throws Exception {
    WireMockServer ill =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .jettyAcceptors(1));
    ill.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
    ill.start();
    URI url = URI.create("http://127.0.0.1:" + ill.port() + "/api");
    try (MirroredRuns runs = new MirroredRuns(folder, url, TIMEOUT)) {
      RunHandle first = runs.start(many(20));
      RunHandle second = runs.start(many(20));
      assertThat(first.await()).isEqualTo(State.Completed.DONE);
      assertThat(second.await()).isEqualTo(State.Completed.DONE);
      Shown.patiently().until(() -> !runs.notes.isEmpty());
      assertThat(runs.mirrors().drain(Duration.ofSeconds(3))).hasSize(2);
      assertThat(runs.notes).hasSize(1);
    } finally {
      ill.stop();
    }
  }

  @Test
  void what_an_earlier_process_left_is_told_by_the_next() throws Exception {
    RunHandle handle;
    try (MirroredRuns runs = new MirroredRuns(folder, nobody(), TIMEOUT)) {
      handle = runs.start(many(10));
      handle.await();
    }
    try (MirroredRuns runs = new MirroredRuns(folder, RealPrefect.open().apiUrl());
        PrefectClient client = RealPrefect.open().client()) {
      RunHandle next = runs.start(many(1));
      next.await();
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      assertThat(shown.state()).isEqualTo("Completed");
      assertThat(shown.tasks()).hasSize(10);
    }
  }

  @Test
  void a_server_that_is_away_when_the_next_begins_is_told_when_it_is_back() throws Exception {
    RunHandle handle;
    try (MirroredRuns runs = new MirroredRuns(folder, nobody(), TIMEOUT)) {
      handle = runs.start(many(10));
      handle.await();
    }
    try (DroppingProxy proxy = new DroppingProxy(RealPrefect.open().apiUrl());
        PrefectClient client = RealPrefect.open().client();
        MirroredRuns runs = new MirroredRuns(folder, proxy.url())) {
      proxy.cut(true);
      runs.start(many(1)).await();
      // By then it has tried in vain to catch up.
      Shown.patiently().until(() -> proxy.accepted() > 8);
      proxy.reopen();
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(Shown.of(client, runs.mirrors(), handle.run()).state()).isEqualTo("Completed");
    }
  }

  @Test
  void a_connection_that_is_cut_again_and_again_loses_and_doubles_nothing() throws Exception {
    try (DroppingProxy proxy = new DroppingProxy(RealPrefect.open().apiUrl());
        PrefectClient client = RealPrefect.open().client();
        MirroredRuns runs = new MirroredRuns(folder, proxy.url(), Duration.ofSeconds(60))) {
      String spec =
          named(
              "cut",
              """
              tasks:
                - id: each
                  type: shell
                  map: [0, 1, 2, 3, 4, 5, 6, 7]
                  concurrency: 1
                  command: "for n in 1 2 3 4 5; do echo ${{ item }} $n; done; while ! test -e go${{ item }}; do sleep 0.1; done"
              """);
      RunHandle handle = runs.start(spec);
      Shown shown = Shown.of(client, runs.mirrors(), handle.run());
      for (int i = 0; i < 8; i++) {
        Files.createFile(folder.resolve("go" + i));
        if (i % 2 == 0) {
          proxy.cut(false);
        }
        int done = i;
        Shown.patiently()
            .until(() -> runs.history().logs(handle.run(), 0).lines().size() > 5 * done);
      }
      assertThat(handle.await()).isEqualTo(State.Completed.DONE);
      proxy.cut(false);
      assertThat(runs.drain()).isEmpty();
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(shown.state()).isEqualTo("Completed");
      assertThat(shown.tasks())
          .hasSize(8)
          .allSatisfy((_, state) -> assertThat(state).isEqualTo("Completed"));
      assertThat(shown.log())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 8)
                  .boxed()
                  .flatMap(i -> IntStream.rangeClosed(1, 5).mapToObj(n -> i + " " + n))
                  .toList());
    }
  }
}
