package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Work;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request, with every value in its place.
 *
 * @param url may name a user and password
 */
record HttpCall(String method, URI url, List<Header> headers, Optional<byte[]> body) {
  /** Methods that change nothing, of which a repetition does no harm. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** What another host may see of a redirected request: no key in whatever header it stands. */
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-language", "accept-encoding", "user-agent");

  /** A header of the request. */
  record Header(String name, String value) {}

  HttpCall {
    headers = List.copyOf(headers);
  }

  static HttpCall of(Work.Http work, AttemptContext context) throws TaskException {
    String method = work.method().toUpperCase(Locale.ROOT);
    URI url = UrlTemplate.evaluate(work.url(), context);
    List<Header> headers = new ArrayList<>();
    for (NamedValue header : work.headers()) {
      String value = ValueText.of(context.value(header.value()));
      // Header values are ASCII on the wire; Java would send a question mark for the rest.
      if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c >= 127)) {
        throw new TaskException(
            "header " + header.name() + " holds a line break, a control or a non-ASCII character",
            false);
      }
      headers.add(new Header(header.name(), value));
    }
    Optional<byte[]> body = Optional.empty();
    if (work.body().isPresent()) {
      JsonNode value = context.value(work.body().get());
      body = Optional.of(bytes(value));
      add(
          headers,
          "Content-Type",
          value.isString() ? "text/plain; charset=utf-8" : "application/json");
    }
    if (!SAFE.contains(method)) {
      add(headers, "Idempotency-Key", context.idempotencyKey());
    }
    add(headers, "User-Agent", "mahavishnu");
    String user = UrlTemplate.userInfo(url);
    if (!user.isEmpty()) {
      byte[] credentials = user.getBytes(StandardCharsets.UTF_8);
      add(headers, "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    HttpCall call = new HttpCall(method, url, headers, body);
    HttpRequest _ = call.request();
    return call;
  }

  private static byte[] bytes(JsonNode value) throws TaskException {
    if (value.isString()) {
      return Utf8.encode("body", value.stringValue());
    }
    try {
      return JsonMapper.shared().writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw new TaskException("body: " + e.getOriginalMessage(), false);
    }
  }

  private static void add(List<Header> headers, String name, String value) {
    if (headers.stream().noneMatch(h -> h.name().equalsIgnoreCase(name))) {
      headers.add(new Header(name, value));
    }
  }

  /**
   * @throws TaskException when Java refuses a method or header
   */
  HttpRequest request() throws TaskException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(UrlTemplate.target(url))
              .method(
                  method,
                  body.map(HttpRequest.BodyPublishers::ofByteArray)
                      .orElseGet(HttpRequest.BodyPublishers::noBody));
      if (url.getScheme().equalsIgnoreCase("http")) {
        // Over plain http Java would offer an upgrade that some servers choke on.
        request.version(HttpClient.Version.HTTP_1_1);
      }
      headers.forEach(header -> request.header(header.name(), header.value()));
      return request.build();
    } catch (IllegalArgumentException e) {
      throw new TaskException(shown() + ": " + e.getMessage(), false);
    }
  }

  /** Whether it may be sent again elsewhere when the answer says so. */
  boolean mayBeRedirected() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** The request to where an answer sent it; another host gets no key and nobody gets the body. */
  HttpCall redirected(URI to) {
    boolean sameHost =
        to.getAuthority() != null
            && to.getAuthority().equalsIgnoreCase(UrlTemplate.target(url).getAuthority());
    List<Header> kept =
        headers.stream()
            .filter(h -> !h.name().equalsIgnoreCase("Content-Type"))
            .filter(h -> sameHost || HARMLESS.contains(h.name().toLowerCase(Locale.ROOT)))
            .toList();
    return new HttpCall(method, to, kept, Optional.empty());
  }

  /** For people: method and URL, without password. */
  String shown() {
    String text = method + " " + UrlTemplate.shown(url);
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
