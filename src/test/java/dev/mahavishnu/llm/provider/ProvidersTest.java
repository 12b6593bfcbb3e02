package dev.mahavishnu.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mahavishnu.llm.provider.Providers.Found;
import java.math.BigDecimal;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProvidersTest {
  private static final Optional<URI> NONE = Optional.empty();

  @Test
  void aConfiguredAddressIsAnOpenAiCompatibleServerWhateverKeysThereAre() {
    Found found =
        Providers.detect(
                Map.of("ANTHROPIC_API_KEY", "a"), Optional.of(URI.create("http://localhost:8080")))
            .orElseThrow();

    assertThat(found.provider()).isEqualTo(Provider.OPENAI);
    assertThat(found.apiKey()).isEmpty();
    assertThat(found.baseUrl()).contains(URI.create("http://localhost:8080"));
  }

  @Test
  void theFirstKeyThatIsSetDecides() {
    Map<String, String> all =
        Map.of(
            "OPENAI_API_KEY", "o",
            "ANTHROPIC_API_KEY", "a",
            "GOOGLE_API_KEY", "g",
            "OLLAMA_HOST", "h");

    assertThat(Providers.detect(all, NONE).orElseThrow().keyFrom()).contains("OPENAI_API_KEY");
    assertThat(
            Providers.detect(Map.of("OPENAI_API_KEY", " ", "ANTHROPIC_API_KEY", "a"), NONE)
                .orElseThrow()
                .provider())
        .isEqualTo(Provider.ANTHROPIC);
    Found gemini =
        Providers.detect(Map.of("GOOGLE_API_KEY", "g", "OLLAMA_HOST", "h"), NONE).orElseThrow();
    assertThat(gemini.provider()).isEqualTo(Provider.GEMINI);
    assertThat(gemini.apiKey()).contains("g");
    assertThat(gemini.keyFrom()).contains("GOOGLE_API_KEY");
    assertThat(gemini.toString()).doesNotContain("apiKey");
  }

  @Test
  void withNothingSetThereIsNone() {
    assertThat(Providers.detect(Map.of("PATH", "/bin"), NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, http://localhost:11434",
    "0.0.0.0, http://127.0.0.1:11434",
    "10.0.0.7:1234, http://10.0.0.7:1234",
    "http://ollama.lan:80, http://ollama.lan:80",
    "https://ollama.example.org/x, https://ollama.example.org/x",
  })
  void ollamasHostMayHaveNoSchemeAndNoPort(String host, String url) {
    Found found = Providers.detect(Map.of("OLLAMA_HOST", host), NONE).orElseThrow();

    assertThat(found.provider()).isEqualTo(Provider.OLLAMA);
    assertThat(found.baseUrl()).contains(URI.create(url));
  }

  @Test
  void addressesOfOthersComeFromTheirVariables() {
    assertThat(
            Providers.detect(
                    Map.of("OPENAI_API_KEY", "o", "OPENAI_BASE_URL", "https://x.example/v1"), NONE)
                .orElseThrow()
                .baseUrl())
        .contains(URI.create("https://x.example/v1"));
    assertThat(
            Providers.of(
                    Provider.ANTHROPIC,
                    Map.of("ANTHROPIC_BASE_URL", "https://proxy.example/"),
                    NONE)
                .baseUrl())
        .contains(URI.create("https://proxy.example/v1"));
  }

  @Test
  void anAddressThatIsNoneIsToldWithoutIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Providers.of(Provider.OPENAI, Map.of("OPENAI_BASE_URL", "user:canary@x y"), NONE))
        .withMessageContaining("OPENAI_BASE_URL")
        .withMessageNotContaining("canary");
  }

  @ParameterizedTest
  @EnumSource(Provider.class)
  void settingsNeverShowTheKey(Provider provider) {
    ModelSettings settings =
        new ModelSettings(
            provider,
            Optional.of(URI.create("https://me:canary1@x.example/v1?key=canary2")),
            "m",
            Optional.of("canary3"),
            Optional.empty(),
            ModelSettings.TIMEOUT,
            1,
            Optional.empty(),
            Optional.empty());

    assertThat(settings.toString()).contains("x.example").doesNotContain("canary");
  }

  @Test
  void pricesAreThoseOfTheProvidersOwnServerAndNeverGuessed() {
    Optional<String> key = Optional.of("k");
    ModelSettings haiku = ModelSettings.of(Provider.ANTHROPIC, "claude-haiku-4-5-20251001", key);

    assertThat(Prices.of(haiku, 10)).contains(new Price(new BigDecimal("1"), new BigDecimal("5")));
    assertThat(Prices.of(haiku.withModel("claude-unheard-of"), 10)).isEmpty();
    assertThat(Prices.of(ModelSettings.of(Provider.OLLAMA, "llama3.2", key), 10)).isEmpty();
    ModelSettings elsewhere =
        new ModelSettings(
            Provider.OPENAI,
            Optional.of(URI.create("http://localhost:1/v1")),
            "gpt-6-luna",
            key,
            Optional.empty(),
            ModelSettings.TIMEOUT,
            1,
            Optional.empty(),
            Optional.empty());
    assertThat(Prices.of(elsewhere, 10)).isEmpty();
  }

  @Test
  void aPromptThatIsLongerThanItsPriceHoldsHasNone() {
    ModelSettings luna = ModelSettings.of(Provider.OPENAI, "gpt-6-luna", Optional.of("k"));

    assertThat(Prices.of(luna, 272_000)).isPresent();
    assertThat(Prices.of(luna, 272_001)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Provider.class,
      names = {"OPENAI", "ANTHROPIC", "GEMINI"})
  void theModelThatIsTakenWithoutAWordHasAPrice(Provider provider) {
    assertThat(Prices.of(ModelSettings.of(provider, provider.model(), Optional.of("k")), 10_000))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, proxy.example:3128",
    "http://models.lan/v1, plain.example:8080",
    "https://models.corp.example/v1, DIRECT",
    "http://localhost:8080, DIRECT",
    "http://127.0.0.1:8080, DIRECT",
  })
  void proxiesAreThoseOfTheUsualVariables(String url, String expected) {
    ProxySelector proxies =
        Proxies.of(
                Map.of(
                    "HTTPS_PROXY", "http://user:pw@proxy.example:3128",
                    "http_proxy", "plain.example:8080",
                    "NO_PROXY", "x.example, .corp.example"))
            .orElseThrow();

    Proxy proxy = proxies.select(URI.create(url)).getFirst();

    assertThat(proxy.address() == null ? "DIRECT" : proxy.address().toString())
        .startsWith(expected.replace(":", "/<unresolved>:"));
  }
}
