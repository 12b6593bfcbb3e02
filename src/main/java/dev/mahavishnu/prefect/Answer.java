package dev.mahavishnu.prefect;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a server answered. The one place where a status gets its meaning. */
record Answer(int status, HttpHeaders headers, String body) {
  private static final int SNIPPET = 300;

  boolean isGood() {
    return status / 100 == 2;
  }

  /** Whether the server may answer better when asked again. */
  boolean isPassing() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }

  /**
   * Whether the server has surely not done what was asked: it refused to begin, or it says that its
   * database did not take the transaction.
   */
  boolean isUndone() {
    return status == 429
        || (status == 503
            && json().path("exception_message").asString("").equals("Service Unavailable"));
  }

  /** Whether another CSRF token may help. */
  boolean wantsCsrfToken() {
    return status == 403 && body.contains("CSRF token");
  }

  /** What {@code Retry-After} says: seconds, or a time. */
  Optional<Duration> retryAfter(Instant now) {
    return headers.firstValue("retry-after").map(String::strip).flatMap(text -> wait(text, now));
  }

  /** When the server says that it answered, in whole seconds. */
  Optional<Instant> date() {
    return headers.firstValue("date").flatMap(Answer::time);
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> wait(String text, Instant now) {
    try {
      double seconds = Double.parseDouble(text);
      return seconds >= 0 && seconds <= 1e9
          ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException _) {
      // A time then.
    }
    return time(text)
        .map(until -> Duration.between(now, until))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }

  /** What a status that is not good means. */
  Fault fault(Instant now) {
    String said = said();
    return switch (status) {
      case 401 ->
          new Fault.Unauthorized(
              "it does not let us in (401"
                  + also(said)
                  + "): check prefect.api_key or prefect.auth_string");
      case 403 -> new Fault.Unauthorized("it does not allow that (403" + also(said) + ")");
      case 404, 410 -> new Fault.NotFound(said.isEmpty() ? "not there" : said);
      case 409 -> new Fault.Conflict(said.isEmpty() ? "it contradicts what is there" : said);
      case 400, 405, 413, 422 -> new Fault.Invalid(problems());
      case 423 -> new Fault.Locked(said.isEmpty() ? "in use" : said, retryAfter(now));
      case 429 -> new Fault.RateLimited(retryAfter(now));
      default ->
          status >= 500
              ? new Fault.ServerError(status, "the server failed (" + status + also(said) + ")")
              : new Fault.Malformed("it answers " + status + ", which no Prefect API does");
    };
  }

  private static String also(String said) {
    return said.isEmpty() ? "" : ", " + said;
  }

  /** What the body says in its own words, in one line. */
  private String said() {
    JsonNode json = json();
    for (String field : List.of("exception_message", "detail")) {
      if (json.path(field).isString()) {
        return line(json.path(field).asString());
      }
    }
    return "";
  }

  /** Each as {@code where: what}; the values that were sent stay out. */
  private List<String> problems() {
    JsonNode json = json();
    List<String> problems = new ArrayList<>();
    for (String field : List.of("exception_detail", "detail")) {
      for (JsonNode problem : json.path(field)) {
        String where =
            String.join(
                ".", problem.path("loc").valueStream().map(JsonNode::asString).skip(1).toList());
        String what = line(problem.path("msg").asString("not valid"));
        problems.add(where.isEmpty() ? what : where + ": " + what);
      }
    }
    if (problems.isEmpty() && !said().isEmpty()) {
      problems.add(said());
    }
    return problems.isEmpty() ? List.of("it answers " + status) : problems;
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= SNIPPET ? line : line.substring(0, SNIPPET) + "…";
  }

  private JsonNode json() {
    try {
      return Wire.MAPPER.readTree(body);
    } catch (JacksonException _) {
      return MissingNode.getInstance();
    }
  }
}
