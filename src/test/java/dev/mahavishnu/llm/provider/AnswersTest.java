package dev.mahavishnu.llm.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Reply;
import dev.mahavishnu.plan.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers of each provider, as they were recorded, over real connections. */
class AnswersTest extends ProviderServer {
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
    // Anthropic refuses bounds
    assertThat(sent).isEqualTo(provider == Provider.ANTHROPIC ? SchemaShape.of(SCHEMA) : SCHEMA);
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
    assertThat(body.contains("maxLength")).isEqualTo(provider != Provider.ANTHROPIC);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aServerThatTakesNoSchemaIsAskedInWordsFromThenOn(Provider provider) {
    String words =
        provider == Provider.GEMINI
            ? "Invalid JSON payload received. Unknown name \"responseJsonSchema\""
            : "response_format json_schema is not supported";
    ResponseDefinitionBuilder refusal =
        aResponse().withStatus(400).withBody(Shapes.error(provider, words));
    ResponseDefinitionBuilder fine = stream(provider, Shapes.whole(provider, "{}"));
    boolean boundsFirst = provider != Provider.ANTHROPIC;
    if (boundsFirst) {
      replies(refusal, refusal, fine, fine);
    } else {
      replies(refusal, fine, fine);
    }
    ModelChat chat = chat(settings(provider));

    assertThat(chat.answer(call(Optional.of(SCHEMA), List.of()), heard))
        .isEqualTo(new Reply.Whole("{}"));
    chat.answer(call(Optional.of(SCHEMA), List.of()), heard);

    int refused = boundsFirst ? 2 : 1;
    assertThat(requests()).hasSize(refused + 2);
    assertThat(requests().subList(refused, refused + 2))
        .allMatch(r -> r.getBodyAsString().contains("that follows this JSON Schema"));
    assertThat(heard.notes).hasSize(refused).last().asString().contains("does not take a schema");
    assertThat(waits).isEmpty();
  }

  @Test
  void aServerThatRefusesBoundsIsSentTheShapeFromThenOn() {
    ResponseDefinitionBuilder fine = stream(Provider.OPENAI, Shapes.whole(Provider.OPENAI, "{}"));
    replies(
        aResponse()
            .withStatus(400)
            .withBody(
                Shapes.error(
                    Provider.OPENAI,
                    "Invalid schema for response_format 'answer': 'maxLength' is not permitted.")),
        fine,
        fine);
    ModelChat chat = chat(settings(Provider.OPENAI));

    assertThat(chat.answer(call(Optional.of(SCHEMA), List.of()), heard))
        .isEqualTo(new Reply.Whole("{}"));
    chat.answer(call(Optional.of(SCHEMA), List.of()), heard);

    assertThat(requests()).hasSize(3);
    assertThat(body(1).at("/response_format/json_schema/schema"))
        .isEqualTo(body(2).at("/response_format/json_schema/schema"))
        .isEqualTo(SchemaShape.of(SCHEMA));
  }

  @Test
  void theShapeOfASchemaKeepsFieldsThatAreCalledLikeBounds() {
    ObjectNode schema =
        (ObjectNode)
            JSON.readTree(
                """
                {"type":"object","properties":{
                  "format":{"type":"string","format":"date","enum":["a"]},
                  "list":{"type":"array","maxItems":3,"items":{"type":"integer","minimum":1}},
                  "one":{"anyOf":[{"type":"string","pattern":"x"},{"type":"null"}]}},
                 "required":["format"],"additionalProperties":false}
                """);

    assertThat(SchemaShape.of(schema))
        .isEqualTo(
            JSON.readTree(
                """
                {"type":"object","properties":{
                  "format":{"type":"string","enum":["a"]},
                  "list":{"type":"array","items":{"type":"integer"}},
                  "one":{"anyOf":[{"type":"string"},{"type":"null"}]}},
                 "required":["format"],"additionalProperties":false}
                """));
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OPENAI", "ANTHROPIC"})
  void aServerThatRefusesASchemaWithToolsIsStillGivenTheTools(Provider provider) {
    replies(
        aResponse()
            .withStatus(400)
            .withBody(Shapes.error(provider, "Cannot use a json_schema together with tools")),
        stream(provider, Shapes.whole(provider, "{}")));

    assertThat(answer(provider, call(Optional.of(SCHEMA), List.of(TOOL))))
        .isEqualTo(new Reply.Whole("{}"));
    assertThat(requests().get(1).getBodyAsString())
        .contains("read_file", "that follows this JSON Schema");
  }

  @Test
  void aModelThatCantLookUpIsAskedWithoutTools() {
    replies(
        aResponse()
            .withStatus(400)
            .withBody(Shapes.error(Provider.OLLAMA, "registry/gemma:2b does not support tools")),
        stream(Provider.OLLAMA, Shapes.whole(Provider.OLLAMA, "yes")));

    assertThat(answer(Provider.OLLAMA, call(Optional.empty(), List.of(TOOL))))
        .isEqualTo(new Reply.Whole("yes"));
    assertThat(requests().get(1).getBodyAsString()).doesNotContain("read_file");
    assertThat(heard.notes).first().asString().contains("does not take lookups");
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
}
