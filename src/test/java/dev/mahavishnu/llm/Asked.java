package dev.mahavishnu.llm;

import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that a {@link ScriptedModel} got.
 *
 * @param number from 1
 * @param raw the body as it came
 * @param authorization the header, empty where there was none
 */
public record Asked(int number, String raw, JsonNode body, String authorization) {
  static Asked of(int number, String raw, Optional<String> authorization) {
    return new Asked(number, raw, new JsonMapper().readTree(raw), authorization.orElse(""));
  }

  /** What the person said last, with the data around it. */
  public String lastUser() {
    return texts("user").map(t -> t.substring(t.lastIndexOf('\u0000') + 1)).orElse("");
  }

  /** What the model is here for. */
  public String system() {
    return texts("system").map(t -> t.replace('\u0000', '\n')).orElse("");
  }

  /** Every text of every message, whoever said it. */
  public String prompt() {
    return body.path("messages").valueStream().map(Asked::text).collect(Collectors.joining("\n\n"));
  }

  /** The schema that the answer must follow, as text; empty where none was sent. */
  public String schema() {
    JsonNode schema = body.path("response_format").path("json_schema").path("schema");
    return schema.isMissingNode() ? "" : schema.toString();
  }

  private Optional<String> texts(String role) {
    return body.path("messages")
        .valueStream()
        .filter(m -> m.path("role").asString("").equals(role))
        .map(Asked::text)
        .reduce((a, b) -> a + '\u0000' + b);
  }

  /** The content is a text, or a list of pieces. */
  private static String text(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isString()
        ? content.asString()
        : content.valueStream().map(p -> p.path("text").asString("")).collect(Collectors.joining());
  }
}
