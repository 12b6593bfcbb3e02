package dev.mahavishnu.llm.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long is waited before a call is tried again, and how often it is. */
final class Patience {
  /** Calls are made so often at most. */
  static final int TRIES = 3;

  /** Nobody waits longer in front of a prompt. */
  static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504, 529);
  private static final long FIRST_MILLIS = 1000;

  /** Gemini says in the body how long to wait. */
  private static final Pattern IN_BODY =
      Pattern.compile("\"retryDelay\"\\s*:\\s*\"([0-9]+(?:\\.[0-9]+)?)s\"");

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]+)?");

  /** Waits. */
  interface Pause {
    /**
     * Waits so long, or until it is told to stop.
     *
     * @throws InterruptedException if the thread is
     */
    void take(Duration time, CompletableFuture<?> stop) throws InterruptedException;

    /** By the clock. */
    static void really(Duration time, CompletableFuture<?> stop) throws InterruptedException {
      try {
        stop.get(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        // waited
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  private final InstantSource clock;
  private final RandomGenerator random;

  Patience(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Whether a refusal with this status may be over soon. */
  static boolean passes(int status) {
    return PASSING.contains(status);
  }

  /** How long to wait after a number of failures, at least one, where the server does not say. */
  Duration after(int failures) {
    long most = FIRST_MILLIS << (failures - 1);
    return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
  }

  /** How long the server asks to wait; never negative. */
  Optional<Duration> asked(Exchange exchange) {
    Optional<Duration> exact =
        exchange.header("retry-after-ms").flatMap(text -> seconds(text, 0.001));
    if (exact.isPresent()) {
      return exact;
    }
    Optional<Duration> header =
        exchange.header("retry-after").flatMap(text -> seconds(text, 1).or(() -> until(text)));
    if (header.isPresent()) {
      return header;
    }
    Matcher body = IN_BODY.matcher(exchange.refusal());
    return body.find() ? seconds(body.group(1), 1) : Optional.empty();
  }

  private static Optional<Duration> seconds(String text, double unit) {
    return SECONDS.matcher(text.strip()).matches()
        ? Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text.strip()) * unit * 1000)))
        : Optional.empty();
  }

  private Optional<Duration> until(String date) {
    try {
      ZonedDateTime then = ZonedDateTime.parse(date.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(clock.instant(), then.toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** A time as people say it: {@code 7 s}, {@code 3 min}, {@code 2 h}. */
  static String shown(Duration time) {
    long seconds = Math.max(1, (time.toMillis() + 999) / 1000);
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200
        ? (seconds + 59) / 60 + " min"
        : String.format(Locale.ROOT, "%d h", (seconds + 3599) / 3600);
  }
}
