package dev.mahavishnu.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What calls of a model took.
 *
 * @param calls how many
 * @param input tokens sent
 * @param output tokens received, those of thinking included
 * @param dollars their price in US dollars; empty where no price is known
 * @param time that the calls took
 */
public record Usage(
    int calls, long input, long output, Optional<BigDecimal> dollars, Duration time) {
  /** No call. */
  public static final Usage NONE = new Usage(0, 0, 0, Optional.of(BigDecimal.ZERO), Duration.ZERO);

  /** Both together; the price is known only where both are. */
  public Usage plus(Usage more) {
    return new Usage(
        calls + more.calls,
        input + more.input,
        output + more.output,
        dollars.flatMap(d -> more.dollars.map(d::add)),
        time.plus(more.time));
  }
}
