package dev.mahavishnu.prefect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A call of the API.
 *
 * @param path below the API's URL, encoded, with its query
 * @param repeatable whether it does no harm when the server carries it out twice
 */
record ApiCall(Method method, String path, Optional<JsonNode> body, boolean repeatable) {
  enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  static ApiCall get(String path) {
    return new ApiCall(Method.GET, path, Optional.empty(), true);
  }

  static ApiCall delete(String path) {
    return new ApiCall(Method.DELETE, path, Optional.empty(), true);
  }

  /** Sets fields to values, so once more does no harm. */
  static ApiCall patch(String path, JsonNode body) {
    return new ApiCall(Method.PATCH, path, Optional.of(body), true);
  }

  /** A post that only reads, or by whose key the server knows that it was carried out. */
  static ApiCall safePost(String path, JsonNode body) {
    return new ApiCall(Method.POST, path, Optional.of(body), true);
  }

  /** A post that makes something each time. */
  static ApiCall post(String path, JsonNode body) {
    return new ApiCall(Method.POST, path, Optional.of(body), false);
  }

  /** The path of these parts, each of which may hold any character. */
  static String path(Object... parts) {
    return Arrays.stream(parts)
        .map(part -> "/" + encoded(part.toString()))
        .collect(Collectors.joining());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether a server may want a CSRF token with it. */
  boolean changes() {
    return method != Method.GET;
  }

  /** For messages; without the query. */
  String shown() {
    return method + " " + path.split("\\?", 2)[0];
  }
}
