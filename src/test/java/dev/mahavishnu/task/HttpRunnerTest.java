package dev.mahavishnu.task;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static dev.mahavishnu.task.Processes.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.Outcome;
import dev.mahavishnu.engine.Outcome.Failed;
import dev.mahavishnu.engine.Outcome.Succeeded;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Work;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One server, and what reached it last: not for several threads. */
@Execution(ExecutionMode.SAME_THREAD)
final class HttpRunnerTest {
  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @TempDir Path temp;
  private final HttpRunner runner = new HttpRunner();

  private static String base() {
    return "http://127.0.0.1:" + SERVER.getPort();
  }

  private Given http(
      String method, String url, List<NamedValue> headers, String body, List<Integer> expected) {
    Optional<JsonNode> json = body.isEmpty() ? Optional.empty() : Optional.of(Given.json(body));
    return Given.work(
        temp.resolve("flow"), new Work.Http(method, url, headers, json, expected, 1_000_000));
  }

  private Given get(String url) {
    return http("GET", url, List.of(), "", List.of());
  }

  private static NamedValue header(String name, String value) {
    return new NamedValue(name, JsonNodeFactory.instance.stringNode(value));
  }

  private static LoggedRequest received() {
    List<LoggedRequest> all = SERVER.findAll(anyRequestedFor(anyUrl()));
    return all.getLast();
  }

  @Test
  void theOutputIsStatusHeadersAndTheBodyAsJson() {
    SERVER.stubFor(
        any(urlEqualTo("/a?b=c"))
            .willReturn(
                ok("{\"rows\": [1, 2]}")
                    .withHeader("Content-Type", "application/json; charset=utf-8")
                    .withHeader("X-Two", "1", "2")));

    Outcome outcome = run(runner, get(base() + "/a?b=c"));

    JsonNode output = ((Succeeded) outcome).output();
    assertThat(output.get("status")).isEqualTo(Given.json("200"));
    assertThat(output.get("body")).isEqualTo(Given.json("{\"rows\":[1,2]}"));
    assertThat(output.get("headers").get("x-two")).isEqualTo(Given.json("\"1, 2\""));
    assertThat(received().getHeader("User-Agent")).isEqualTo("mahavishnu");
    assertThat(received().getHeader("Idempotency-Key")).isNull();
    assertThat(received().containsHeader("Upgrade")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=iso-8859-1 | 67723fdf | \"gr?\\u00df\"",
        "text/plain | 6772c3bc | \"gr\\u00fc\"",
        "application/problem+json | 7b7d | {}",
        "image/png | 89504e47ff | {\"base64\": \"iVBOR/8=\"}",
        "text/plain | '' | null",
      })
  void theBodyIsJsonTextOrBase64(String type, String hex, String json) {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", type)
                    .withBody(HexFormat.of().parseHex(hex))));

    Outcome outcome = run(runner, get(base() + "/"));

    assertThat(((Succeeded) outcome).output().get("body")).isEqualTo(Given.json(json));
  }

  @Test
  void aBodyOfTextGoesAsItIsAndAnythingElseAsJson() {
    SERVER.stubFor(any(anyUrl()).willReturn(ok()));

    run(runner, http("post", base() + "/", List.of(), "\"a ${{ x }}\"", List.of()).with("x", "ö"));
    assertThat(received().getBody()).isEqualTo("a ö".getBytes(UTF_8));
    assertThat(received().getHeader("Content-Type"))
        .isEqualToIgnoringCase("text/plain; charset=utf-8");
    assertThat(received().getHeader("Idempotency-Key")).isEqualTo("key-of-load-3");
    assertThat(received().getMethod().getName()).isEqualTo("POST");

    run(
        runner,
        http(
                "PUT",
                base() + "/",
                List.of(header("content-type", "application/x"), header("idempotency-key", "mine")),
                "{\"n\": \"${{ n }}\"}",
                List.of())
            .with("n", Given.json("[1, null]")));
    assertThat(received().getBodyAsString()).isEqualTo("{\"n\":[1,null]}");
    assertThat(received().getHeader("Content-Type")).isEqualTo("application/x");
    assertThat(received().getHeader("Idempotency-Key")).isEqualTo("mine");
  }

  @Test
  void aFailureSaysTheRequestTheStatusAndWhatTheServerSays() {
    SERVER.stubFor(
        any(urlPathEqualTo("/e"))
            .willReturn(
                aResponse().withStatus(500).withBody("no\n  more   disk " + "x".repeat(500))));
    SERVER.stubFor(
        any(urlPathEqualTo("/busy"))
            .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "30")));
    String url = "http://me:hunter2@127.0.0.1:" + SERVER.getPort() + "/e?q=1#top";

    assertThat(run(runner, get(url)))
        .isEqualTo(
            Failed.of(
                "GET http://***@127.0.0.1:%d/e?q=1#top answered 500: no more disk %s…"
                    .formatted(SERVER.getPort(), "x".repeat(187))));
    assertThat(received().getHeader("Authorization")).isEqualTo("Basic bWU6aHVudGVyMg==");
    assertThat(received().getUrl()).isEqualTo("/e?q=1");
    assertThat(run(runner, get(base() + "/busy")))
        .isEqualTo(Failed.of("GET " + base() + "/busy answered 503 (Retry-After: 30)"));
  }

  @Test
  void onlyTheExpectedStatusesAreASuccess() {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));

    assertThat(run(runner, http("GET", base() + "/", List.of(), "", List.of(200, 404))))
        .isInstanceOf(Succeeded.class);
    assertThat(run(runner, http("GET", base() + "/", List.of(), "", List.of(200))))
        .isEqualTo(Failed.of("GET " + base() + "/ answered 404"));
  }

  @Test
  void anAnswerThatIsNotTheJsonItSaysFails() {
    SERVER.stubFor(
        any(anyUrl()).willReturn(ok("{\"a\": ").withHeader("Content-Type", "application/json")));

    assertThat(run(runner, get(base() + "/")))
        .isInstanceOfSatisfying(
            Failed.class,
            failed ->
                assertThat(failed.message())
                    .startsWith("GET " + base() + "/: the body is not JSON at 1:7: "));
  }

  @Test
  void aBodyOverTheLimitFailsWithoutBeingReadToItsEnd() throws Exception {
    try (Flood flood = new Flood()) {
      assertThat(run(runner, get(flood.url())))
          .isEqualTo(
              Failed.of(
                  "GET " + flood.url() + " answered more than max_bytes allows: 1000000 bytes"));
      assertThat(flood.sent.get(20, SECONDS)).isLessThan(100_000_000);
    }
  }

  /** A server that never stops sending, and says how much it could send before it was cut off. */
  private static final class Flood implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Long> sent = new CompletableFuture<>();

    Flood() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/";
    }

    private void serve() {
      long count = 0;
      try (var connection = socket.accept()) {
        var out = connection.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
        while (true) {
          out.write(new byte[10_000]);
          count += 10_000;
        }
      } catch (IOException e) {
        sent.complete(count);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void stopEndsARequestThatWaitsAndOneThatDribbles() throws Exception {
    SERVER.stubFor(any(urlEqualTo("/slow")).willReturn(ok().withFixedDelay(60_000)));
    SERVER.stubFor(
        any(urlEqualTo("/dribble"))
            .willReturn(ok("x".repeat(1000)).withChunkedDribbleDelay(1000, 60_000)));
    for (String path : List.of("/slow", "/dribble")) {
      Attempt attempt = runner.prepare(get(base() + path));
      CompletableFuture<Outcome> outcome = Processes.start(attempt);
      await().until(() -> !SERVER.findAll(anyRequestedFor(urlEqualTo(path))).isEmpty());

      assertThat(attempt.stop(Duration.ofSeconds(30))).isEmpty();

      assertThat(outcome.get(5, SECONDS)).isEqualTo(Failed.of("stopped"));
    }
  }

  @Test
  void anAttemptThatIsStoppedBeforeItRunsSendsNothing() throws Exception {
    Attempt attempt = runner.prepare(get(base() + "/never"));
    attempt.stop(Duration.ZERO);

    assertThat(attempt.run()).isEqualTo(Failed.of("stopped"));
    assertThat(SERVER.findAll(anyRequestedFor(urlEqualTo("/never")))).isEmpty();
  }

  @Test
  void aConnectionThatIsRefusedResetOrGoesNowhereIsSaid() throws Exception {
    SERVER.stubFor(
        any(urlEqualTo("/reset"))
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    SERVER.stubFor(
        any(urlEqualTo("/empty")).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    assertThat(run(runner, http("POST", base() + "/reset", List.of(), "", List.of())))
        .isIn(
            Failed.of("POST " + base() + "/reset: Connection reset"),
            Failed.of(
                "POST " + base() + "/reset: the server closed the connection without an answer"));
    assertThat(run(runner, http("POST", base() + "/empty", List.of(), "", List.of())))
        .isEqualTo(
            Failed.of(
                "POST " + base() + "/empty: the server closed the connection without an answer"));
    assertThat(run(runner, get("http://127.0.0.1:" + closed + "/")))
        .isEqualTo(Failed.of("GET http://127.0.0.1:" + closed + "/: connection refused"));
    assertThat(run(runner, get("http://no-such-host.invalid/")))
        .isEqualTo(
            Failed.of("GET http://no-such-host.invalid/: unknown host no-such-host.invalid"));
  }

  @Test
  void getFollowsRedirectsOnOneHostWithItsHeaders() {
    SERVER.stubFor(any(urlEqualTo("/from")).willReturn(temporaryRedirect("to?x=1")));
    SERVER.stubFor(any(urlEqualTo("/to?x=1")).willReturn(ok("here")));

    Outcome outcome =
        run(runner, http("GET", base() + "/from", List.of(header("X-Key", "k")), "", List.of()));

    assertThat(((Succeeded) outcome).output().get("body")).isEqualTo(Given.json("\"here\""));
    assertThat(received().getHeader("X-Key")).isEqualTo("k");
  }

  @Test
  void anotherHostGetsNoneOfTheRequestsHeaders() {
    String elsewhere = "http://localhost:" + SERVER.getPort() + "/to";
    SERVER.stubFor(any(urlEqualTo("/from")).willReturn(temporaryRedirect(elsewhere)));
    SERVER.stubFor(any(urlEqualTo("/to")).willReturn(ok()));
    List<NamedValue> headers =
        List.of(header("Authorization", "Bearer t"), header("X-Key", "k"), header("Accept", "a/b"));

    assertThat(run(runner, http("GET", base() + "/from", headers, "", List.of())))
        .isInstanceOf(Succeeded.class);

    assertThat(received().getUrl()).isEqualTo("/to");
    assertThat(received().containsHeader("Authorization")).isFalse();
    assertThat(received().containsHeader("X-Key")).isFalse();
    assertThat(received().getHeader("Accept")).isEqualTo("a/b");
  }

  @Test
  void whatChangesSomethingIsNotRedirectedNorIsAnotherProtocol() {
    SERVER.stubFor(any(urlEqualTo("/from")).willReturn(temporaryRedirect("/to")));
    SERVER.stubFor(any(urlEqualTo("/tls")).willReturn(temporaryRedirect("https://u:p@h.invalid/")));
    SERVER.stubFor(any(urlEqualTo("/loop")).willReturn(temporaryRedirect("/loop")));

    assertThat(run(runner, http("POST", base() + "/from", List.of(), "", List.of())))
        .isEqualTo(
            Failed.of(
                ("POST %1$s/from answered 302, a redirect to %1$s/to; only GET and HEAD are"
                        + " redirected, and only within one protocol")
                    .formatted(base())));
    assertThat(run(runner, get(base() + "/tls")))
        .isEqualTo(
            Failed.of(
                ("GET %s/tls answered 302, a redirect to https://***@h.invalid/; only GET and HEAD"
                        + " are redirected, and only within one protocol")
                    .formatted(base())));
    assertThat(run(runner, get(base() + "/loop")))
        .isEqualTo(Failed.of("GET " + base() + "/loop was redirected more than 5 times"));
    assertThat(run(runner, http("GET", base() + "/from", List.of(), "", List.of(302))))
        .isInstanceOf(Succeeded.class);
  }

  @ParameterizedTest
  @MethodSource("dev.mahavishnu.task.HostileValues#all")
  void aHostileValueArrivesAsItIsAndChangesNothingElse(String value) {
    SERVER.stubFor(any(anyUrl()).willReturn(ok()));
    String body = "{\"x\": \"${{ x }}\"}";
    boolean inUrl = value.length() <= 1000;
    String url = base() + (inUrl ? "/a/${{ x }}/b?x=${{ x }}&y=1" : "/");

    Outcome outcome = run(runner, http("POST", url, List.of(), body, List.of()).with("x", value));

    assertThat(outcome).isInstanceOf(Succeeded.class);
    assertThat(Given.json(received().getBodyAsString()).get("x").stringValue()).isEqualTo(value);
    if (inUrl) {
      URI got = URI.create(base() + received().getUrl());
      assertThat(got.getRawPath()).startsWith("/a/").endsWith("/b");
      String path = got.getRawPath().substring(3, got.getRawPath().length() - 2);
      assertThat(path).doesNotContain("/");
      assertThat(URLDecoder.decode(path.replace("+", "%2B"), UTF_8)).isEqualTo(value);
      assertThat(got.getRawQuery()).isEqualTo("x=" + path + "&y=1");
    }
    boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 127);
    Given inHeader =
        http("GET", base() + "/", List.of(header("X-Value", "<${{ x }}>")), "", List.of())
            .with("x", value);
    if (plain && value.length() <= 1000) {
      assertThat(run(runner, inHeader)).isInstanceOf(Succeeded.class);
      assertThat(received().getHeader("X-Value")).isEqualTo("<" + value + ">");
    } else if (!plain) {
      assertThat(run(runner, inHeader))
          .isEqualTo(
              new Failed(
                  "header X-Value holds a line break, a control or a non-ASCII character", false));
    }
  }

  @Test
  void aValueInTheHostMustBeAHostAndInThePathNoStepUp() {
    SERVER.stubFor(any(anyUrl()).willReturn(ok()));
    String url = "http://${{ host }}:${{ port }}/x";

    assertThat(
            run(
                runner,
                get(url).with("host", "127.0.0.1").with("port", String.valueOf(SERVER.getPort()))))
        .isInstanceOf(Succeeded.class);
    assertThat(run(runner, get(url).with("host", "evil.example/?").with("port", "1")))
        .isEqualTo(
            new Failed(
                "url: the value of `host` stands in the host and is not one: `evil.example/?`",
                false));
    assertThat(run(runner, get("${{ base }}/a/${{ x }}/b").with("base", base()).with("x", "..")))
        .isEqualTo(new Failed("url: the value of `x` is `..`, which would change the path", false));
    assertThat(run(runner, get("${{ next }}").with("next", base() + "/a/b?c=d%20e")))
        .isInstanceOf(Succeeded.class);
    assertThat(received().getUrl()).isEqualTo("/a/b?c=d%20e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://h/", "/relative", "http:///nohost", "http://h/a b", "x", "http://h:x/"})
  void whatIsNoHttpUrlIsRefused(String url) {
    assertThat(run(runner, get(url)))
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.message()).startsWith("url: ");
              assertThat(failed.retryable()).isFalse();
            });
  }

  @Test
  void methodsAndHeadersThatJavaRefusesAreSaid() {
    assertThat(run(runner, http("GE T", base() + "/", List.of(), "", List.of())))
        .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.retryable()).isFalse());
    assertThat(run(runner, http("GET", base() + "/", List.of(header("Host", "x")), "", List.of())))
        .isEqualTo(new Failed("GET " + base() + "/: restricted header name: \"Host\"", false));
  }

  @Test
  void nonAsciiInTheUrlIsEncoded() {
    SERVER.stubFor(any(anyUrl()).willReturn(ok()));

    assertThat(run(runner, get(base() + "/größe?q=漢"))).isInstanceOf(Succeeded.class);

    assertThat(received().getUrl()).isEqualTo("/gr%C3%B6%C3%9Fe?q=%E6%BC%A2");
  }
}
