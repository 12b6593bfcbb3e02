package dev.mahavishnu.llm.provider;

import dev.mahavishnu.secret.Redactor;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks providers which models they have. */
public final class ModelList {
  private static final JsonMapper JSON = new JsonMapper();

  /** Longer than any list of models. */
  private static final long LONGEST = 16 * 1024 * 1024;

  private final Redactor redactor;
  private final Map<String, String> variables;

  /**
   * @param redactor of what is said of failures
   * @param variables the environment, for proxies
   */
  public ModelList(Redactor redactor, Map<String, String> variables) {
    this.redactor = redactor;
    this.variables = Map.copyOf(variables);
  }

  /**
   * The names of the models that can be asked for, in the order of the alphabet; may be empty.
   *
   * @throws ProviderException if the provider can't be reached or refuses, or the thread is
   *     interrupted
   */
  public List<String> of(ModelSettings settings) throws ProviderException {
    ProviderWords words = new ProviderWords(settings, redactor);
    HttpResponse<String> response = response(settings, words);
    if (response.statusCode() != 200) {
      throw new ProviderException(words.refused(response.statusCode(), response.body()));
    }
    try {
      return names(settings.provider(), JSON.readTree(response.body()));
    } catch (JacksonException _) {
      throw new ProviderException(words.who() + " sent no list of models: check llm.base_url");
    }
  }

  private HttpResponse<String> response(ModelSettings settings, ProviderWords words)
      throws ProviderException {
    CompletableFuture<HttpResponse<String>> response =
        new Connections(variables, settings.timeout())
            .client()
            .sendAsync(request(settings), BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST));
    try {
      // The client's own time-out ends with the head of the response.
      return response.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new ProviderException(
          words.who() + " sent no list of models within " + Patience.shown(settings.timeout()));
    } catch (ExecutionException broken) {
      throw new ProviderException(
          words.broken(Objects.requireNonNullElse(broken.getCause(), broken)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProviderException("stopped");
    } finally {
      response.cancel(true);
    }
  }

  private static HttpRequest request(ModelSettings settings) {
    String url = Urls.plain(settings.url());
    String key = settings.apiKey().orElse("");
    HttpRequest.Builder request = HttpRequest.newBuilder();
    switch (settings.provider()) {
      case OPENAI -> {
        request.uri(URI.create(url + "/models"));
        if (!key.isEmpty()) {
          request.header("Authorization", "Bearer " + key);
        }
      }
      case ANTHROPIC ->
          request
              .uri(URI.create(url + "/models?limit=1000"))
              .header("x-api-key", key)
              .header("anthropic-version", "2023-06-01");
      case GEMINI ->
          request.uri(URI.create(url + "/models?pageSize=1000")).header("x-goog-api-key", key);
      case OLLAMA -> request.uri(URI.create(url + "/api/tags"));
    }
    return request.GET().build();
  }

  /** Of Gemini's, those that answer; their names have a prefix that calls go without. */
  private static List<String> names(Provider provider, JsonNode body) {
    Stream<String> names =
        switch (provider) {
          case OPENAI, ANTHROPIC -> body.path("data").valueStream().map(m -> name(m, "id"));
          case GEMINI ->
              body.path("models")
                  .valueStream()
                  .filter(
                      m ->
                          m.path("supportedGenerationMethods")
                              .toString()
                              .contains("enerateContent"))
                  .map(m -> name(m, "name").replaceFirst("^models/", ""));
          case OLLAMA -> body.path("models").valueStream().map(m -> name(m, "name"));
        };
    return names.filter(name -> !name.isEmpty()).sorted().distinct().toList();
  }

  private static String name(JsonNode model, String field) {
    return model.path(field).asString("");
  }
}
