package dev.mahavishnu.llm.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers refuse, cut or break, as it was recorded, over real connections. */
class RefusalsTest extends ProviderServer {
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
  void aPageThatIsNoAnswerIsTold() {
    replies(aResponse().withHeader("Content-Type", "text/html").withBody("<html>welcome</html>"));

    assertThat(answer(Provider.OPENAI, call("hello")))
        .isInstanceOfSatisfying(
            Reply.Failed.class, failed -> assertThat(failed.why()).contains("llm.base_url"));
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void anAnswerWithAPartThatCantBeReadIsNotTakenForWhole(Provider provider) {
    String whole = Shapes.whole(provider, "ab", "cd");
    int middle = whole.indexOf("\"cd\"");
    replies(stream(provider, whole.substring(0, middle) + "\"cd" + whole.substring(middle + 4)));

    assertThat(answer(provider, call("hello"))).isInstanceOf(Reply.Cut.class);
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
