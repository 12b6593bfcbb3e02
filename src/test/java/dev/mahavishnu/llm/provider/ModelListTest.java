package dev.mahavishnu.llm.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.mahavishnu.secret.Redactor;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One server: not for several threads. */
@Execution(ExecutionMode.SAME_THREAD)
class ModelListTest {
  private static final String KEY = "key-0123456789-abcdefghij";

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final ModelList list = new ModelList(new Redactor(), Map.of());

  private static ModelSettings settings(Provider provider) {
    return settings(provider, ModelSettings.TIMEOUT);
  }

  private static ModelSettings settings(Provider provider, Duration timeout) {
    return new ModelSettings(
        provider,
        Optional.of(URI.create("http://127.0.0.1:" + SERVER.getPort() + "/b/")),
        "m",
        Optional.of(KEY),
        Optional.empty(),
        timeout,
        1,
        Optional.empty(),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void eachProviderNamesItsModels(Provider provider) throws ProviderException {
    switch (provider) {
      case OPENAI ->
          SERVER.stubFor(
              get("/b/models")
                  .withHeader("Authorization", equalTo("Bearer " + KEY))
                  .willReturn(
                      aResponse()
                          .withBody(
                              "{\"object\":\"list\",\"data\":[{\"id\":\"two\"},{\"id\":\"one\"}]}")));
      case ANTHROPIC ->
          SERVER.stubFor(
              get("/b/models?limit=1000")
                  .withHeader("x-api-key", equalTo(KEY))
                  .withHeader("anthropic-version", equalTo("2023-06-01"))
                  .willReturn(
                      aResponse()
                          .withBody(
                              "{\"data\":[{\"type\":\"model\",\"id\":\"two\"},{\"id\":\"one\"}],\"has_more\":false}")));
      case GEMINI ->
          SERVER.stubFor(
              get("/b/models?pageSize=1000")
                  .withHeader("x-goog-api-key", equalTo(KEY))
                  .willReturn(
                      aResponse()
                          .withBody(
                              """
                              {"models":[
                               {"name":"models/two","supportedGenerationMethods":["generateContent"]},
                               {"name":"models/one","supportedGenerationMethods":["generateContent"]},
                               {"name":"models/vectors","supportedGenerationMethods":["embedContent"]}]}
                              """)));
      case OLLAMA ->
          SERVER.stubFor(
              get("/b/api/tags")
                  .willReturn(
                      aResponse()
                          .withBody("{\"models\":[{\"name\":\"two\"},{\"name\":\"one\"}]}")));
    }

    assertThat(list.of(settings(provider))).containsExactly("one", "two");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aRefusalIsToldInTheProvidersWordsWithoutTheKey(Provider provider) {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withBody(Shapes.error(provider, "Bad key " + KEY + " here"))));

    assertThatThrownBy(() -> list.of(settings(provider)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContainingAll("Bad key *** here", "(401)", "check")
        .hasMessageNotContaining(KEY);
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void aPageIsNoList(Provider provider) {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody("<html>welcome</html>")));

    assertThatThrownBy(() -> list.of(settings(provider)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("llm.base_url");
  }

  @Test
  void aServerThatStallsInTheMiddleOfItsListIsNotWaitedFor() {
    SERVER.stubFor(
        any(anyUrl())
            .willReturn(aResponse().withBody("{\"data\":[]}").withChunkedDribbleDelay(2, 6_000)));

    assertThatThrownBy(() -> list.of(settings(Provider.OPENAI, Duration.ofMillis(500))))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("sent no list of models within");
  }

  @Test
  void aListWithoutEndIsNotKept() {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withBody(new byte[17 * 1024 * 1024])));

    assertThatThrownBy(() -> list.of(settings(Provider.OPENAI)))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("the connection failed");
  }
}
