package dev.mahavishnu.prefect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A server as a whole. Each call throws {@link PrefectException} when it comes to nothing. */
public final class ServerInfo {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

  /** The version whose API we are tested against. */
  public static final String TESTED = "3.8.8";

  private static final String WHERE = "; check prefect.api_url";

  private final Api api;

  ServerInfo(Api api) {
    this.api = api;
  }

  /** Whether it answers and its database does. Needs no credential. */
  public boolean isHealthy() {
    return api.call(ApiCall.get("/health")).asBoolean(false);
  }

  /** Its version; empty: Prefect Cloud, which has none. */
  public Optional<String> version() {
    return PrefectUrls.isCloud(api.url())
        ? Optional.empty()
        : Optional.of(api.call(ApiCall.get("/admin/version")).asString());
  }

  /** What a server streams of itself. */
  public record Streams(boolean events, boolean logs) {}

  /**
   * What the server's settings say that it streams; empty where it does not tell. A stream can be
   * opened also where nothing will ever come through it.
   */
  public Optional<Streams> streams() {
    try {
      JsonNode server = api.call(ApiCall.get("/admin/settings")).path("server");
      JsonNode logs = server.path("logs");
      return logs.isObject()
          ? Optional.of(
              new Streams(
                  server.path("events").path("stream_out_enabled").asBoolean(true),
                  logs.path("stream_out_enabled").asBoolean(false)
                      && logs.path("stream_publishing_enabled").asBoolean(false)))
          : Optional.empty();
    } catch (PrefectException e) {
      boolean there = e.fault().filter(Fault.Unreachable.class::isInstance).isEmpty();
      if (there) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * How far the server's clock is ahead of ours, to a second or so; negative: behind. Empty where
   * it does not tell its time.
   */
  public Optional<Duration> clockAhead() {
    Instant asked = api.clock().instant();
    Answer answer = api.good(ApiCall.get("/health"));
    Duration took = Duration.between(asked, api.clock().instant());
    // The header has whole seconds: on average half of one is cut off.
    Instant ours = asked.plus(took.dividedBy(2)).minusMillis(500);
    return answer.date().map(theirs -> Duration.between(ours, theirs));
  }

  /**
   * Checks that the server answers and lets us in.
   *
   * @throws PrefectException in one line for people, with the address and what to do
   */
  public void require() {
    try {
      if (!isHealthy()) {
        throw new PrefectException("the server says that it is not healthy");
      }
      if (version().isEmpty()) {
        int _ = api.call(ApiCall.safePost("/flows/count", Fields.NONE.json())).asInt();
      }
    } catch (PrefectException e) {
      throw e.saying(refusal(e));
    }
  }

  private String refusal(PrefectException e) {
    String at = api.url().toString();
    String mistake = PrefectUrls.mistake(api.url()).map(m -> "; " + m).orElse("");
    return switch (e.fault().orElse(null)) {
      case Fault.Unreachable f ->
          "no Prefect server at " + at + ": " + f.what() + "; start it, or check prefect.api_url";
      case Fault.NotFound _, Fault.Malformed _ ->
          "no Prefect API at " + at + ": " + e.why() + (mistake.isEmpty() ? WHERE : mistake);
      case null, default -> "the Prefect server at " + at + " can't be used: " + e.why();
    };
  }

  /** Why this version may not do for us; empty: it does. */
  public static Optional<String> complaint(String version) {
    Matcher found = VERSION.matcher(version);
    if (!found.matches()) {
      return Optional.of("its version " + version + " is not known; tested with " + TESTED);
    }
    int major = Integer.parseInt(found.group(1));
    int minor = Integer.parseInt(found.group(2));
    if (major != 3) {
      return Optional.of("it is Prefect " + version + "; Prefect 3 is needed");
    }
    return minor < 4
        ? Optional.of("Prefect " + version + " is older than what this was tested with, " + TESTED)
        : Optional.empty();
  }
}
