package dev.mahavishnu.prefect;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.http.Fault.CONNECTION_RESET_BY_PEER;
import static com.github.tomakehurst.wiremock.http.Fault.EMPTY_RESPONSE;
import static com.github.tomakehurst.wiremock.http.Fault.RANDOM_DATA_THEN_CLOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.mahavishnu.run.StateType;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a real server does not do on demand. */
final class FaultsTest {
  private static final String KEY = "pnu_0123456789abcdef";
  private static final String FLOW =
      "{\"id\": \"0190a1b2-0000-7000-8000-000000000001\", \"name\": \"f\"}";
  private static final Instant NOW = Instant.parse("2026-11-24T01:00:00Z");

  private final WireMockServer server =
      new WireMockServer(
          WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1").jettyAcceptors(1));
  private final List<Duration> waits = new ArrayList<>();
  private PrefectClient client;

  @BeforeEach
  void start() {
    server.start();
    client = client(Duration.ofSeconds(5), 3);
  }

  private PrefectClient client(Duration timeout, int retries) {
    return client("/api", timeout, retries);
  }

  private PrefectClient client(String path, Duration timeout, int retries) {
    PrefectSettings settings =
        new PrefectSettings(
            Optional.of(
                new Known<>(URI.create("http://127.0.0.1:" + server.port() + path), "test")),
            Optional.of(new Known<>(new Credential.ApiKey(KEY), "test")),
            timeout,
            retries,
            List.of());
    return new PrefectClient(
        new Api(settings, Clock.fixed(NOW, ZoneOffset.UTC), new Random(7), waits::add));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop();
  }

  /** Answers one after the other; the last one for ever. */
  private void answers(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      int next = Math.min(i + 1, answers.length - 1);
      server.stubFor(
          any(anyUrl())
              .inScenario("answers")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willSetStateTo(next == 0 ? Scenario.STARTED : "after " + next)
              .willReturn(answers[i]));
    }
  }

  private static ResponseDefinitionBuilder status(int status) {
    return aResponse().withStatus(status);
  }

  private Flows.Flow ensure() {
    return client.flows().ensure("f", List.of(), Map.of());
  }

  private void append() {
    client
        .logs()
        .append(
            List.of(new ServerLogs.Line("l", 20, "m", NOW, Optional.empty(), Optional.empty())));
  }

  private Fault fault(Runnable call) {
    PrefectException[] thrown = new PrefectException[1];
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(PrefectException.class, e -> thrown[0] = e);
    assertThat(thrown[0]).hasMessageNotContaining(KEY).hasMessageNotContaining("\n");
    return thrown[0].fault().orElseThrow();
  }

  private int requests() {
    return server.getAllServeEvents().size();
  }

  @Test
  void the_key_goes_in_the_header() {
    answers(okJson(FLOW));
    ensure();
    server.verify(
        postRequestedFor(urlPathEqualTo("/api/flows/"))
            .withHeader("Authorization", equalTo("Bearer " + KEY)));
  }

  @Test
  void of_cloud_every_call_goes_to_the_workspace_and_no_version_is_asked_for() {
    client.close();
    String workspace =
        "/api/accounts/11111111-2222-3333-4444-555555555555"
            + "/workspaces/66666666-7777-8888-9999-000000000000";
    client = client(workspace, Duration.ofSeconds(5), 0);
    answers(okJson(FLOW));
    ensure();
    assertThat(client.server().version()).isEmpty();
    server.verify(1, postRequestedFor(urlPathEqualTo(workspace + "/flows/")));
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void a_storm_of_503_is_sat_out_with_growing_waits() {
    answers(status(503), status(502), status(504), okJson(FLOW));
    assertThat(ensure().name()).isEqualTo("f");
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
    assertThat(waits.get(2)).isBetween(Duration.ofMillis(400), Duration.ofMillis(1200));
  }

  @Test
  void a_storm_that_does_not_end_is_told_after_the_last_retry() {
    answers(status(503).withBody("{\"exception_message\": \"Service Unavailable\"}"));
    assertThat(fault(this::ensure))
        .isEqualTo(new Fault.ServerError(503, "the server failed (503, Service Unavailable)"));
    assertThat(requests()).isEqualTo(4);
  }

  @Test
  void retry_after_is_honoured_in_seconds_and_as_a_time() {
    answers(
        status(429).withHeader("Retry-After", "3"),
        status(503).withHeader("Retry-After", "Tue, 24 Nov 2026 01:00:07 GMT"),
        okJson(FLOW));
    ensure();
    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
  }

  @Test
  void a_server_that_wants_us_to_wait_too_long_is_given_up_and_quoted() {
    answers(status(429).withHeader("Retry-After", "3600"));
    assertThat(fault(this::ensure))
        .isEqualTo(new Fault.RateLimited(Optional.of(Duration.ofHours(1))));
    assertThat(waits).isEmpty();
  }

  @Test
  void a_reset_is_retried_where_once_more_does_no_harm() {
    answers(
        aResponse().withFault(CONNECTION_RESET_BY_PEER),
        aResponse().withFault(EMPTY_RESPONSE),
        aResponse().withFault(RANDOM_DATA_THEN_CLOSE),
        okJson(FLOW));
    assertThat(ensure().name()).isEqualTo("f");
    assertThat(waits).hasSize(3);
  }

  @Test
  void what_would_be_done_twice_is_not_sent_twice() {
    for (ResponseDefinitionBuilder answer :
        List.of(aResponse().withFault(CONNECTION_RESET_BY_PEER), status(502), status(503))) {
      server.resetAll();
      answers(answer);
      fault(this::append);
      assertThat(server.findAll(postRequestedFor(urlPathEqualTo("/api/logs/")))).hasSize(1);
    }
    assertThat(waits).isEmpty();
  }

  @Test
  void what_the_server_says_that_it_has_not_done_is_sent_again() {
    answers(
        status(429),
        status(503).withBody("{\"exception_message\": \"Service Unavailable\"}"),
        status(201).withBody("null"));
    append();
    assertThat(requests()).isEqualTo(3);
  }

  @Test
  void other_failures_are_not_retried() {
    answers(status(500).withBody("{\"exception_message\": \"Internal Server Error\"}"));
    assertThat(fault(this::ensure)).isInstanceOf(Fault.ServerError.class);
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void a_path_without_the_api_is_told_from_what_is_not_there() {
    answers(status(404).withBody("{\"detail\": \"Not Found\"}"));
    Runnable list =
        () -> {
          List<?> _ = client.flows().filter(Filter.ALL).toList();
        };
    assertThat(fault(list).what()).contains("no Prefect API is there (404); check prefect.api_url");
  }

  @Test
  void statuses_get_their_meaning_in_the_servers_words() {
    record Case(int status, String body, Fault meaning) {}
    for (Case c :
        List.of(
            new Case(
                403,
                "{\"detail\": \"Work pools starting with 'Prefect' are reserved\"}",
                new Fault.Unauthorized(
                    "it does not allow that (403, Work pools starting with 'Prefect' are"
                        + " reserved)")),
            new Case(
                404,
                "{\"detail\": \"Work pool \\\"x\\\" not found.\"}",
                new Fault.NotFound("Work pool \"x\" not found.")),
            new Case(409, "", new Fault.Conflict("it contradicts what is there")),
            new Case(
                422,
                """
                {"exception_detail": [{"loc": ["body", "schedules", 0, "cron"], "msg": "bad cron",
                 "input": "%s"}, {"loc": ["body"], "msg": "Field\\n required"}],
                 "request_body": {"key": "%s"}}
                """
                    .formatted(KEY, KEY),
                new Fault.Invalid(List.of("schedules.0.cron: bad cron", "Field required"))),
            new Case(423, "{\"detail\": \"full\"}", new Fault.Locked("full", Optional.empty())),
            new Case(302, "", new Fault.Malformed("it answers 302, which no Prefect API does")))) {
      server.resetAll();
      answers(status(c.status()).withBody(c.body()));
      assertThat(fault(this::ensure)).isEqualTo(c.meaning());
    }
  }

  @Test
  void a_key_that_the_server_throws_back_is_masked() {
    answers(status(409).withBody("{\"detail\": \"who are you, Bearer " + KEY + "?\"}"));
    assertThat(fault(this::ensure).what()).contains("who are you").contains("***");
  }

  @Test
  void an_expired_csrf_token_is_renewed_once() {
    server.stubFor(
        get(urlPathEqualTo("/api/csrf-token"))
            .willReturn(
                okJson(
                    "{\"token\": \"t1\", \"client\": \"c\","
                        + " \"expiration\": \"2026-11-24T02:00:00Z\"}")));
    server.stubFor(
        post("/api/flows/")
            .atPriority(5)
            .willReturn(
                status(403)
                    .withBody("{\"detail\": \"Invalid CSRF token or client identifier.\"}")));
    server.stubFor(
        post("/api/flows/")
            .atPriority(1)
            .withHeader("Prefect-Csrf-Token", equalTo("t1"))
            .willReturn(okJson(FLOW)));
    ensure();
    ensure();
    server.verify(1, getRequestedFor(urlPathEqualTo("/api/csrf-token")));

    server.stubFor(
        get(urlPathEqualTo("/api/csrf-token"))
            .willReturn(okJson("{\"token\": \"t2\", \"expiration\": \"2026-11-24T02:00:00Z\"}")));
    server.removeStubMapping(
        post("/api/flows/")
            .atPriority(1)
            .withHeader("Prefect-Csrf-Token", equalTo("t1"))
            .willReturn(okJson(FLOW))
            .build());
    server.stubFor(
        post("/api/flows/")
            .atPriority(2)
            .withHeader("Prefect-Csrf-Token", equalTo("t2"))
            .willReturn(okJson(FLOW)));
    server.stubFor(
        post("/api/flows/")
            .atPriority(1)
            .withHeader("Prefect-Csrf-Token", equalTo("t1"))
            .willReturn(
                status(403)
                    .withBody("{\"detail\": \"Invalid CSRF token or client identifier.\"}")));
    assertThat(ensure().name()).isEqualTo("f");
    server.verify(2, getRequestedFor(urlPathEqualTo("/api/csrf-token")));
  }

  @Test
  void a_server_that_takes_no_token_at_all_is_told_as_such() {
    server.stubFor(
        get(urlPathEqualTo("/api/csrf-token"))
            .willReturn(status(422).withBody("{\"detail\": \"CSRF protection is disabled.\"}")));
    server.stubFor(
        post("/api/flows/")
            .willReturn(status(403).withBody("{\"detail\": \"Missing CSRF token.\"}")));
    assertThat(fault(this::ensure)).isInstanceOf(Fault.Unauthorized.class);
    assertThat(requests()).isEqualTo(2);
  }

  @Test
  void a_body_that_drips_for_ever_is_cut_off() {
    client.close();
    client = client(Duration.ofMillis(400), 0);
    answers(okJson(FLOW).withChunkedDribbleDelay(20, 60_000));
    assertThat(fault(this::ensure).what()).contains("no answer within 400 ms");
  }

  @Test
  void headers_that_do_not_come_are_not_waited_for() {
    client.close();
    client = client(Duration.ofMillis(400), 1);
    answers(okJson(FLOW).withFixedDelay(60_000), okJson(FLOW));
    assertThat(ensure().name()).isEqualTo("f");
    assertThat(waits).hasSize(1);
  }

  @Test
  void what_is_no_prefect_api_is_told_as_such() {
    for (String body : List.of("<html>", "[]", "{}", "{\"id\": \"not a uuid\"}", "\"text\"")) {
      server.resetAll();
      answers(okJson(body));
      assertThat(fault(this::ensure)).as(body).isInstanceOf(Fault.Malformed.class);
    }
  }

  @Test
  void where_nothing_ever_listened_it_is_told_at_once() {
    server.stop();
    assertThat(fault(this::ensure).what()).contains("connection refused");
    assertThat(waits).isEmpty();
  }

  @Test
  void a_host_that_does_not_exist_is_told_as_such() {
    PrefectSettings settings = PrefectSettings.of(URI.create("http://no-such-host.invalid/api"));
    try (PrefectClient nowhere = new PrefectClient(settings)) {
      assertThat(fault(() -> nowhere.server().isHealthy()).what())
          .isEqualTo("no such host (no-such-host.invalid)");
    }
  }

  @Test
  void a_server_that_went_away_is_waited_for_even_with_what_must_not_be_sent_twice() {
    answers(okJson(FLOW));
    ensure();
    server.stop();
    assertThat(fault(this::append)).isInstanceOf(Fault.Unreachable.class);
    assertThat(waits).hasSize(3);
  }

  @Test
  void a_second_answer_to_a_state_that_was_taken_counts_as_taken() {
    server.stubFor(
        post(anyUrl())
            .willReturn(
                okJson(
                        """
                        {"status": "REJECT",
                         "details": {"reason": "This run has already made this state transition."},
                         "state": {"type": "PENDING", "name": "Pending", "state_details":
                           {"transition_id": "{{jsonPath request.body '$.state.state_details.transition_id'}}"}}}
                        """)
                    .withTransformers("response-template")));
    UUID run = UUID.randomUUID();
    assertThat(client.flowRuns().setState(run, StateChange.to(StateType.PENDING)).isAccepted())
        .isTrue();
  }

  @Test
  void an_interrupted_call_ends_and_keeps_the_flag() {
    answers(okJson(FLOW).withFixedDelay(60_000));
    Thread.currentThread().interrupt();
    assertThat(fault(this::ensure).what()).isEqualTo("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
