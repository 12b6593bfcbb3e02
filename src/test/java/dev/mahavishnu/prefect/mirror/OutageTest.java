package dev.mahavishnu.prefect.mirror;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.mahavishnu.engine.RunHandle;
import dev.mahavishnu.prefect.DroppingProxy;
import dev.mahavishnu.prefect.PrefectClient;
import dev.mahavishnu.prefect.PrefectException;
import dev.mahavishnu.prefect.PrefectSettings;
import dev.mahavishnu.prefect.RealPrefect;
import dev.mahavishnu.run.Command;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    WireMockServer ill = ill();
    ill.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
    try (MirroredRuns runs = new MirroredRuns(folder, url(ill), TIMEOUT)) {
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
  void the_end_of_a_short_run_does_not_wait_for_a_server_that_turns_out_to_be_away()
      throws Exception {
    try (MirroredRuns runs = new MirroredRuns(folder, nobody(), TIMEOUT)) {
      RunHandle handle = runs.start(many(1));
      long begin = System.nanoTime();
      // Nothing was tried yet.
      List<Backlog> left = runs.mirrors().drain(Duration.ofMinutes(1));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      assertThat(left).extracting(Backlog::run).containsExactly(handle.run());
      handle.await();
    }
  }

  private WireMockServer ill() {
    WireMockServer ill =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .jettyAcceptors(1));
    ill.start();
    return ill;
  }

  private static URI url(WireMockServer server) {
    return URI.create("http://127.0.0.1:" + server.port() + "/api");
  }

  @Test
  void a_server_that_fails_at_one_run_is_tried_with_the_next_one() throws Exception {
    List<RunId> run = new ArrayList<>();
    try (MirroredRuns runs = new MirroredRuns(folder, nobody(), TIMEOUT)) {
      for (int i = 0; i < 2; i++) {
        RunHandle handle = runs.start(many(1));
        handle.await();
        run.add(handle.run());
      }
    }
    WireMockServer ill = ill();
    ill.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
    try (MirroredRuns runs = new MirroredRuns(folder, url(ill), TIMEOUT)) {
      List<Backlog> left = runs.mirrors().sync(run.subList(0, 1), _ -> {});
      assertThat(left).hasSize(1).first().satisfies(one -> assertThat(one.why()).isPresent());
      assertThatThrownBy(() -> runs.mirrors().sync(run, _ -> {}))
          .isInstanceOf(PrefectException.class);
    } finally {
      ill.stop();
    }
  }

  @Test
  void a_run_whose_journal_is_damaged_holds_up_no_other() throws Exception {
    List<RunId> run = new ArrayList<>();
    try (MirroredRuns runs = new MirroredRuns(folder, nobody(), TIMEOUT)) {
      for (int i = 0; i < 2; i++) {
        RunHandle handle = runs.start(many(3));
        handle.await();
        run.add(handle.run());
      }
      damage(runs.store().beside(run.getFirst(), "prefect").getParent());
    }
    try (MirroredRuns runs = new MirroredRuns(folder, RealPrefect.open().apiUrl());
        PrefectClient client = RealPrefect.open().client()) {
      List<Backlog> left = runs.mirrors().sync(run, _ -> {});
      assertThat(left).extracting(Backlog::run).containsExactly(run.getFirst());
      assertThat(left.getFirst().why()).isPresent();
      assertThat(Shown.of(client, runs.mirrors(), run.getLast()).state()).isEqualTo("Completed");
      assertThat(runs.mirrors().left(run)).extracting(Backlog::run).contains(run.getFirst());
    }
  }

  private static void damage(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(f -> f.getFileName().toString().contains("journal")).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 3; i < bytes.length / 2; i++) {
          bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
      }
    }
  }

  @Test
  void a_flow_run_that_the_server_does_not_take_is_given_up_with_one_line() throws Exception {
    WireMockServer ill = ill();
    ill.stubFor(
        post(urlPathEqualTo("/api/flows/"))
            .willReturn(
                okJson("{\"id\": \"" + UUID.randomUUID() + "\", \"name\": \"x\", \"tags\": []}")));
    ill.stubFor(
        post(urlPathEqualTo("/api/flow_runs/"))
            .willReturn(aResponse().withStatus(422).withBody("{\"detail\": \"too odd\"}")));
    try (MirroredRuns runs = new MirroredRuns(folder, url(ill), TIMEOUT)) {
      runs.start(many(3)).await();
      Shown.patiently().until(() -> !runs.notes.isEmpty());
      Shown.patiently().until(() -> runs.mirrors().behind().isEmpty());
      assertThat(runs.drain()).isEmpty();
      assertThat(runs.notes).hasSize(1).first().asString().contains("is not shown", "too odd");
      assertThat(runs.mirrors().isAway()).isFalse();
      // Once as it is, and once without its parameters.
      ill.verify(2, postRequestedFor(urlPathEqualTo("/api/flow_runs/")));
    } finally {
      ill.stop();
    }
  }

  @Test
  void a_mirror_that_broke_is_named_with_the_reason_and_goes_on_when_it_can() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    try (MirroredRuns runs = new MirroredRuns(folder, nobody(), TIMEOUT);
        PrefectClient client = RealPrefect.open().client();
        Mirrors mirrors =
            new Mirrors(
                new FullDisk(new MirroredRuns.Place(runs.store()), full),
                PrefectSettings.of(RealPrefect.open().apiUrl()),
                () -> client,
                _ -> {})) {
      RunHandle handle = runs.start(many(3));
      handle.await();
      mirrors.follow(handle);
      List<Backlog> left = mirrors.drain(Duration.ofMinutes(1));
      assertThat(left).extracting(Backlog::run).containsExactly(handle.run());
      assertThat(left.getFirst().why().orElseThrow()).contains("disk full");
      assertThat(mirrors.awaitSent(handle.run(), Duration.ofSeconds(1))).isFalse();
      full.set(false);
      Shown.patiently()
          .until(() -> Shown.of(client, mirrors, handle.run()).state().equals("Completed"));
      Shown.patiently().until(() -> mirrors.drain(Duration.ofMinutes(1)).isEmpty());
    }
  }

  /** Keeps no position while it is full. */
  private record FullDisk(MirrorPlace place, AtomicBoolean full) implements MirrorPlace {
    @Override
    public Path file(RunId run) {
      if (full.get() && Thread.currentThread().getName().startsWith("mirror ")) {
        throw new UncheckedIOException(new IOException("disk full"));
      }
      return place.file(run).resolveSibling("beside-other");
    }

    @Override
    public RunHistory history() {
      return place.history();
    }

    @Override
    public boolean isHeld(RunId run) {
      return place.isHeld(run);
    }

    @Override
    public String seal(String text) {
      return place.seal(text);
    }

    @Override
    public Optional<Lock> lock(RunId run) {
      return Optional.of(() -> {});
    }

    @Override
    public Path folder() {
      return place.folder().resolveSibling("other");
    }

    @Override
    public void send(RunId run, Command command) {
      place.send(run, command);
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
