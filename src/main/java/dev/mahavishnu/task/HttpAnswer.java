package dev.mahavishnu.task;

import dev.mahavishnu.engine.TaskException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a server answered. */
record HttpAnswer(int status, HttpHeaders headers, LimitedBody.Received body) {
  private static final int SNIPPET = 200;
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);

  static HttpAnswer of(HttpResponse<LimitedBody.Received> response) {
    return new HttpAnswer(response.statusCode(), response.headers(), response.body());
  }

  /** {@code {status, headers, body}}. */
  JsonNode output() throws TaskException {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("status", status);
    ObjectNode named = output.putObject("headers");
    headers
        .map()
        .forEach(
            (name, values) -> {
              if (!name.startsWith(":")) {
                named.put(name.toLowerCase(Locale.ROOT), String.join(", ", values));
              }
            });
    output.set("body", value());
    return output;
  }

  /** JSON where the answer says that it is, else text; what is neither, as base64. */
  private JsonNode value() throws TaskException {
    if (body.bytes().length == 0) {
      return JsonNodeFactory.instance.nullNode();
    }
    String type = headers.firstValue("content-type").orElse("");
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (media.equals("application/json") || media.endsWith("+json")) {
      return OutputFile.parse(body.bytes(), "the body");
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(body.bytes());
      return JsonNodeFactory.instance.stringNode(
          charset(type).newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      ObjectNode binary = JsonNodeFactory.instance.objectNode();
      return binary.put("base64", Base64.getEncoder().encodeToString(body.bytes()));
    }
  }

  private static Charset charset(String type) {
    Matcher named = CHARSET.matcher(type);
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.UTF_8;
    }
  }

  /** {@code 503 (Retry-After: 30): what the server says}. */
  String shown() {
    String text = new String(body.bytes(), StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
    String snippet = text.length() <= SNIPPET ? text : text.substring(0, SNIPPET) + "…";
    String after =
        headers.firstValue("retry-after").map(a -> " (Retry-After: " + a + ")").orElse("");
    return status + after + (snippet.isEmpty() ? "" : ": " + snippet);
  }
}
