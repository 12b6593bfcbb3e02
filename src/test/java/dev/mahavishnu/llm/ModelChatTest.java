package dev.mahavishnu.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.secret.Redactor;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replies of each provider, as they were recorded, over real connections. One server: not for
 * several threads.
 */
@Execution(ExecutionMode.SAME_THREAD)
class ModelChatTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY = "key-0123456789-abcdefghij";
  private static final Instant NOW = Instant.parse("2026-11-24T01:00:00Z");
  private static final ObjectNode SCHEMA =
      (ObjectNode)
          JSON.readTree(
              "{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\",\"maxLength\":9}},\"required\":[\"password\"],\"additionalProperties\":false}");
  private static final Call.Tool TOOL =
      new Call.Tool(
          "read_file",
          "Reads a file.",
          (ObjectNode)
              JSON.readTree(
                  "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\",\"description\":\"which\"},\"lines\":{\"type\":\"integer\"}},\"required\":[\"path\"]}"));

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final Redactor redactor = new Redactor();
  private final List<Duration> waits = new ArrayList<>();
  private final Heard heard = new Heard();
  private Meter meter = new Meter(Optional.empty());

  private ModelSettings settings(Provider provider) {
    return settings(provider, SERVER.getPort());
  }

  private static ModelSettings settings(Provider provider, int port) {
    return new ModelSettings(
        provider,
        Optional.of(URI.create("http://127.0.0.1:" + port + "/base")),
        "m-1",
        Optional.of(KEY),
        Optional.of(0.5),
        Duration.ofSeconds(20),
        500,
        Optional.empty(),
        Optional.of(new Price(new BigDecimal("2"), new BigDecimal("10"))));
  }

  private ModelChat chat(ModelSettings settings) {
    return new ModelChat(
        settings,
        redactor,
        meter,
        Map.of(),
        new ModelChat.Clocks(
            () -> NOW, System::nanoTime, new Random(1), (time, _) -> waits.add(time)));
  }

  private Reply answer(Provider provider, Call call) {
    return chat(settings(provider)).answer(call, heard);
  }

  private static Call call(String text) {
    return new Call(
        List.of(new Call.Instructions("You plan."), new Call.User(text)),
        Optional.empty(),
        List.of());
  }

  private static Call call(Optional<ObjectNode> schema, List<Call.Tool> tools) {
    return new Call(
        List.of(new Call.Instructions("You plan."), new Call.User("Plan it.")), schema, tools);
  }

  private static ResponseDefinitionBuilder stream(Provider provider, String body) {
    return aResponse()
        .withHeader("Content-Type", Shapes.contentType(provider))
        .withBody(body.getBytes(StandardCharsets.UTF_8));
  }

  private void replies(ResponseDefinitionBuilder... replies) {
    String state = Scenario.STARTED;
    for (int i = 0; i < replies.length; i++) {
      SERVER.stubFor(
          any(anyUrl())
              .inScenario("all")
              .whenScenarioStateIs(state)
              .willReturn(replies[i])
              .willSetStateTo(i + 1 < replies.length ? "after " + i : state));
      state = "after " + i;
    }
  }

  private List<LoggedRequest> requests() {
    return SERVER.findAll(anyRequestedFor(anyUrl()));
  }

  private JsonNode body(int request) {
    return JSON.readTree(requests().get(request).getBodyAsString());
  }

  private static final class Heard implements Progress {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final List<String> notes = new ArrayList<>();
    private final List<Usage> costs = new ArrayList<>();
    private int pieces;

    @Override
    public void says(String more) {
      pieces++;
      text.append(more);
    }

    @Override
    public void thinks(String more) {
      thoughts.append(more);
    }

    @Override
    public void notes(String line) {
      notes.add(line);
    }

    @Override
    public void costs(Usage usage) {
      costs.add(usage);
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anAnswerStreamsInPiecesHoweverItsBytesComeAndIsCounted(Provider provider) {
    String body = Shapes.whole(provider, "Grüße ", "und 😀 ", "日本語");
    replies(
        stream(provider, body)
            .withChunkedDribbleDelay(body.getBytes(StandardCharsets.UTF_8).length / 3, 150));

    Reply reply = answer(provider, call("hello"));

    assertThat(reply).isEqualTo(new Reply.Whole("Grüße und 😀 日本語"));
    assertThat(heard.text).hasToString("Grüße und 😀 日本語");
    assertThat(heard.pieces).isEqualTo(3);
    assertThat(heard.costs).hasSize(1);
    Usage usage = heard.costs.getFirst();
    assertThat(usage.calls()).isEqualTo(1);
    assertThat(usage.input()).isEqualTo(11);
    assertThat(usage.output()).isEqualTo(7);
    assertThat(usage.dollars().orElseThrow()).isEqualByComparingTo("0.000092");
    assertThat(meter.spent()).isEqualTo(usage);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void theRequestHasTheKeyInItsHeaderTheModelAndTheLimits(Provider provider) {
    replies(stream(provider, Shapes.whole(provider, "yes")));

    answer(provider, call("hello"));

    LoggedRequest request = requests().getFirst();
    assertThat(request.getUrl()).isEqualTo("/base" + Shapes.path(provider, "m-1"));
    assertThat(request.getHeader(Shapes.header(provider))).endsWith(KEY);
    String body = request.getBodyAsString();
    assertThat(body).contains("You plan.", "hello", "0.5", "500").doesNotContain(KEY);
    assertThat(provider == Provider.GEMINI || body.contains("m-1")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void thoughtsAreToldApartFromTheAnswer(Provider provider) {
    replies(stream(provider, Shapes.thinking(provider, "hm, orders", "done")));

    assertThat(answer(provider, call("hello"))).isEqualTo(new Reply.Whole("done"));
    assertThat(heard.thoughts).hasToString("hm, orders");
    assertThat(heard.text).hasToString("done");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aSchemaIsEnforcedByTheServer(Provider provider) {
    replies(stream(provider, Shapes.whole(provider, "{\"password\":\"x\"}")));

    answer(provider, call(Optional.of(SCHEMA), List.of()));

    JsonNode body = body(0);
    JsonNode sent =
        switch (provider) {
          case OPENAI -> body.at("/response_format/json_schema/schema");
          case ANTHROPIC -> body.at("/output_config/format/schema");
          case GEMINI -> body.at("/generationConfig/responseJsonSchema");
          case OLLAMA -> body.at("/format");
        };
    assertThat(sent).isEqualTo(SCHEMA);
    if (provider == Provider.OPENAI) {
      assertThat(body.at("/response_format/json_schema/strict").booleanValue()).isTrue();
      assertThat(body.at("/response_format/type").stringValue()).isEqualTo("json_schema");
    }
    assertThat(body.toString()).doesNotContain("JSON Schema");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, true",
    "ANTHROPIC, true",
    "GEMINI, false",
    "OLLAMA, false",
  })
  void aSchemaGoesInWordsWhereItCantGoWithTools(Provider provider, boolean enforced) {
    replies(stream(provider, Shapes.whole(provider, "{}")));

    answer(provider, call(Optional.of(SCHEMA), List.of(TOOL)));

    String body = requests().getFirst().getBodyAsString();
    assertThat(body).contains("read_file");
    assertThat(body.contains("that follows this JSON Schema")).isEqualTo(!enforced);
    assertThat(body.contains("maxLength")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aServerThatTakesNoSchemaIsAskedInWordsFromThenOn(Provider provider) {
    String words =
        provider == Provider.GEMINI
            ? "Invalid JSON payload received. Unknown name \"responseJsonSchema\""
            : "response_format json_schema is not supported";
    replies(
        aResponse().withStatus(400).withBody(Shapes.error(provider, words)),
        stream(provider, Shapes.whole(provider, "{}")),
        stream(provider, Shapes.whole(provider, "{}")));
    ModelChat chat = chat(settings(provider));

    assertThat(chat.answer(call(Optional.of(SCHEMA), List.of()), heard))
        .isEqualTo(new Reply.Whole("{}"));
    chat.answer(call(Optional.of(SCHEMA), List.of()), heard);

    assertThat(requests()).hasSize(3);
    assertThat(requests().get(1).getBodyAsString()).contains("that follows this JSON Schema");
    assertThat(requests().get(2).getBodyAsString()).contains("that follows this JSON Schema");
    assertThat(heard.notes).hasSize(1).first().asString().contains("does not take a schema");
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void toolCallsAreLookupsAndGoBackWithWhatWasFound(Provider provider) {
    replies(
        stream(
            provider, Shapes.lookup(provider, "read_file", "{\"path\":\"a b.csv\",\"lines\":3}")),
        stream(provider, Shapes.whole(provider, "done")));
    ModelChat chat = chat(settings(provider));
    Call call = call(Optional.empty(), List.of(TOOL));

    Reply reply = chat.answer(call, heard);

    assertThat(reply).isInstanceOf(Reply.Lookups.class);
    Call.Lookup lookup = ((Reply.Lookups) reply).lookups().getFirst();
    assertThat(lookup.tool()).isEqualTo("read_file");
    assertThat(lookup.arguments()).isEqualTo(JSON.readTree("{\"path\":\"a b.csv\",\"lines\":3}"));

    List<Call.Message> messages = new ArrayList<>(call.messages());
    messages.add(new Call.Model("", List.of(lookup)));
    messages.add(new Call.Found(lookup, "id,price"));
    Reply second = chat.answer(new Call(messages, Optional.empty(), List.of(TOOL)), heard);

    assertThat(second).isEqualTo(new Reply.Whole("done"));
    String body = requests().get(1).getBodyAsString();
    assertThat(body).contains("id,price", "a b.csv");
    if (provider == Provider.GEMINI) {
      assertThat(body).contains("c2ln");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OPENAI", "ANTHROPIC"})
  void argumentsThatCantBeReadAreACutAnswer(Provider provider) {
    replies(stream(provider, Shapes.lookup(provider, "read_file", "{\"path\":\"a")));

    assertThat(answer(provider, call(Optional.empty(), List.of(TOOL))))
        .isInstanceOfSatisfying(
            Reply.Cut.class, cut -> assertThat(cut.why()).contains("read_file"));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anAnswerThatTheLimitEndedIsCut(Provider provider) {
    replies(stream(provider, Shapes.length(provider, "{\"half\":")));

    assertThat(answer(provider, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Cut.class,
            cut -> assertThat(cut.why()).contains("500 tokens", "llm.max_output_tokens"));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anAnswerWithoutItsEndIsCutAndItsTokensAreEstimated(Provider provider) {
    replies(stream(provider, Shapes.start(provider, "twelve chars", " and as many")));

    assertThat(answer(provider, call("hello")))
        .isInstanceOfSatisfying(Reply.Cut.class, cut -> assertThat(cut.why()).contains("no end"));
    assertThat(heard.costs.getFirst().output()).isEqualTo(6);
    assertThat(heard.costs.getFirst().input()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aRefusalIsOne(Provider provider) {
    replies(stream(provider, Shapes.refusal(provider)));

    Reply reply = answer(provider, call("hello"));

    assertThat(reply).isInstanceOf(Reply.Refused.class);
    String words = ((Reply.Refused) reply).words();
    switch (provider) {
      case OPENAI, ANTHROPIC -> assertThat(words).isEqualTo("I can't help with that.");
      case GEMINI -> assertThat(words).contains("PROHIBITED_CONTENT");
      case OLLAMA -> assertThat(words).contains("content_filter");
    }
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anEmptyAnswerIsNone(Provider provider) {
    replies(stream(provider, Shapes.whole(provider)));

    assertThat(answer(provider, call("hello"))).isInstanceOf(Reply.Cut.class);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aWrongKeyIsToldInTheProvidersWordsWithoutTheKey(Provider provider) {
    replies(
        aResponse()
            .withStatus(401)
            .withBody(Shapes.error(provider, "Incorrect API key\nprovided: " + KEY + ".")));

    Reply reply = answer(provider, call("hello"));

    assertThat(reply).isInstanceOf(Reply.Failed.class);
    String why = ((Reply.Failed) reply).why();
    assertThat(why)
        .contains(
            "Incorrect API key provided: ***", "127.0.0.1:" + SERVER.getPort(), "(401)", "check")
        .contains(provider.keys().stream().findFirst().orElse("llm.api_key"))
        .doesNotContain(KEY)
        .doesNotContain("\n");
    assertThat(requests()).hasSize(1);
    assertThat(heard.costs).hasSize(1);
    assertThat(meter.spent().input()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aServerThatAsksForAWhileIsGivenIt(Provider provider) {
    replies(
        aResponse()
            .withStatus(429)
            .withHeader("Retry-After", "7")
            .withBody(Shapes.error(provider, "Rate limit reached")),
        aResponse()
            .withStatus(429)
            .withHeader("Retry-After", "Tue, 24 Nov 2026 01:00:12 GMT")
            .withBody(Shapes.error(provider, "Rate limit reached")),
        stream(provider, Shapes.whole(provider, "fine")));

    assertThat(answer(provider, call("hello"))).isEqualTo(new Reply.Whole("fine"));
    assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(12));
    assertThat(heard.notes)
        .containsExactly("the provider asks to wait 7 s", "the provider asks to wait 12 s");
    assertThat(heard.costs).hasSize(1);
  }

  @Test
  void nobodyIsMadeToWaitForLong() {
    replies(
        aResponse()
            .withStatus(429)
            .withHeader("Retry-After", "300")
            .withBody(Shapes.error(Provider.OPENAI, "Rate limit reached")));

    assertThat(answer(Provider.OPENAI, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed ->
                assertThat(failed.why()).contains("Rate limit reached", "try again in 5 min"));
    assertThat(waits).isEmpty();
  }

  @Test
  void noCreditIsNotTriedAgain() {
    replies(
        aResponse()
            .withStatus(429)
            .withBody(
                "{\"error\":{\"message\":\"You exceeded your current"
                    + " quota\",\"code\":\"insufficient_quota\"}}"));

    assertThat(answer(Provider.OPENAI, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Failed.class, failed -> assertThat(failed.why()).contains("quota", "credit"));
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 529})
  void aServerThatFailsIsTriedThriceEachTimeLater(int status) {
    replies(aResponse().withStatus(status).withBody("<html><title>Bad Gateway</title>x</html>"));

    assertThat(answer(Provider.ANTHROPIC, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed ->
                assertThat(failed.why())
                    .contains("Bad Gateway", "(" + status + ")", "tried 3 times")
                    .doesNotContain("<"));
    assertThat(requests()).hasSize(3);
    assertThat(waits).hasSize(2);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(heard.notes).hasSize(2).allMatch(note -> note.contains("trying again in"));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aConnectionThatIsResetBeforeTheFirstWordIsTriedAgain(Provider provider) {
    replies(
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withStatus(500).withBody("oops"),
        stream(provider, Shapes.whole(provider, "fine")));

    assertThat(answer(provider, call("hello"))).isEqualTo(new Reply.Whole("fine"));
    assertThat(waits).hasSize(2);
  }

  @Test
  void anErrorInPlaceOfTheRestIsTold() {
    replies(
        stream(
            Provider.ANTHROPIC,
            Shapes.start(Provider.ANTHROPIC, "half")
                + Shapes.sent(
                    Provider.ANTHROPIC,
                    List.of(
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))));

    assertThat(answer(Provider.ANTHROPIC, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Cut.class, cut -> assertThat(cut.why()).contains("Overloaded"));
  }

  @Test
  void anOverloadBeforeTheFirstWordIsTriedAgain() {
    replies(
        stream(
            Provider.ANTHROPIC,
            Shapes.sent(
                Provider.ANTHROPIC,
                List.of(
                    "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"))),
        stream(Provider.ANTHROPIC, Shapes.whole(Provider.ANTHROPIC, "fine")));

    assertThat(answer(Provider.ANTHROPIC, call("hello"))).isEqualTo(new Reply.Whole("fine"));
    assertThat(waits).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "404, llm.model",
    "400, ''",
    "403, check",
  })
  void aRequestThatIsWrongIsNotTriedAgain(int status, String advice) {
    replies(aResponse().withStatus(status).withBody("{\"error\":{\"message\":\"It is wrong\"}}"));

    assertThat(answer(Provider.OPENAI, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed -> assertThat(failed.why()).contains("It is wrong", advice, "" + status));
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aSecretThatCallersForgotDoesNotLeave(Provider provider) {
    redactor.add(List.of("hunter2-\"quoted\"-canary"));
    replies(stream(provider, Shapes.whole(provider, "yes")));
    Call call =
        new Call(
            List.of(
                new Call.Instructions("see hunter2-\"quoted\"-canary"),
                new Call.User("use sk-abcdefghijklmnop1234567890 and " + KEY)),
            Optional.of(SCHEMA),
            List.of());

    assertThat(answer(provider, call)).isEqualTo(new Reply.Whole("yes"));

    String body = requests().getFirst().getBodyAsString();
    assertThat(body)
        .contains("***")
        .contains("\"password\"")
        .doesNotContain("hunter2")
        .doesNotContain("canary")
        .doesNotContain("sk-abcdefghij")
        .doesNotContain(KEY);
  }

  @Test
  void theBudgetStopsACallBeforeItIsMade() {
    meter = new Meter(Optional.of(Budget.parse("$0.004")));

    assertThat(answer(Provider.OPENAI, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Failed.class, failed -> assertThat(failed.why()).contains("llm.budget"));
    assertThat(requests()).isEmpty();
    assertThat(heard.costs).isEmpty();
  }

  @Test
  void withoutAKeyNothingIsSent() {
    ModelSettings none = ModelSettings.of(Provider.ANTHROPIC, "claude-haiku-5-5", Optional.empty());

    assertThat(chat(none).answer(call("hello"), heard))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed -> assertThat(failed.why()).contains("ANTHROPIC_API_KEY", "llm.api_key"));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aProviderThatIsNotThereIsToldInOneLine(Provider provider) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(chat(settings(provider, port)).answer(call("hello"), heard))
        .isInstanceOfSatisfying(
            Reply.Failed.class,
            failed ->
                assertThat(failed.why())
                    .startsWith(Shapes.word(provider) + " (127.0.0.1:")
                    .contains("refuses connections"));
    assertThat(waits).isEmpty();
  }
}
