package dev.mahavishnu.llm.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Reply;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.secret.Redactor;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One server, and what was heard of it: not for several threads. */
@Execution(ExecutionMode.SAME_THREAD)
class ProviderServer {
  static final JsonMapper JSON = new JsonMapper();
  static final String KEY = "key-0123456789-abcdefghij";
  static final Instant NOW = Instant.parse("2026-11-24T01:00:00Z");
  static final ObjectNode SCHEMA =
      (ObjectNode)
          JSON.readTree(
              "{\"type\":\"object\",\"properties\":{\"password\":{\"type\":\"string\",\"maxLength\":9}},\"required\":[\"password\"],\"additionalProperties\":false}");
  static final Call.Tool TOOL =
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

  final Redactor redactor = new Redactor();
  final List<Duration> waits = new ArrayList<>();
  final Heard heard = new Heard();
  Meter meter = new Meter(Optional.empty());

  ModelSettings settings(Provider provider) {
    return settings(provider, SERVER.getPort());
  }

  static ModelSettings settings(Provider provider, int port) {
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

  ModelChat chat(ModelSettings settings) {
    return new ModelChat(
        settings,
        redactor,
        meter,
        Map.of(),
        new ModelChat.Clocks(
            () -> NOW, System::nanoTime, new Random(1), (time, _) -> waits.add(time)));
  }

  Reply answer(Provider provider, Call call) {
    return chat(settings(provider)).answer(call, heard);
  }

  static Call call(String text) {
    return new Call(
        List.of(new Call.Instructions("You plan."), new Call.User(text)),
        Optional.empty(),
        List.of());
  }

  static Call call(Optional<ObjectNode> schema, List<Call.Tool> tools) {
    return new Call(
        List.of(new Call.Instructions("You plan."), new Call.User("Plan it.")), schema, tools);
  }

  static ResponseDefinitionBuilder stream(Provider provider, String body) {
    return aResponse()
        .withHeader("Content-Type", Shapes.contentType(provider))
        .withBody(body.getBytes(StandardCharsets.UTF_8));
  }

  void replies(ResponseDefinitionBuilder... replies) {
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

  List<LoggedRequest> requests() {
    return SERVER.findAll(anyRequestedFor(anyUrl()));
  }

  JsonNode body(int request) {
    return JSON.readTree(requests().get(request).getBodyAsString());
  }

  static final class Heard implements Progress {
    final StringBuilder text = new StringBuilder();
    final StringBuilder thoughts = new StringBuilder();
    final List<String> notes = new ArrayList<>();
    final List<Usage> costs = new ArrayList<>();
    int pieces;

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
}
