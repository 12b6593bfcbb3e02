package dev.mahavishnu.llm.provider;

import java.math.BigDecimal;

/**
 * What a model costs.
 *
 * @param input US dollars for a million tokens sent, not below zero
 * @param output US dollars for a million tokens received, not below zero
 */
public record Price(BigDecimal input, BigDecimal output) {
  private static final int MILLION = 6;

  public Price {
    if (input.signum() < 0 || output.signum() < 0) {
      throw new IllegalArgumentException("a price can't be below zero");
    }
  }

  /** US dollars for so many tokens, not rounded. */
  public BigDecimal of(long sent, long received) {
    return input
        .multiply(BigDecimal.valueOf(sent))
        .add(output.multiply(BigDecimal.valueOf(received)))
        .movePointLeft(MILLION);
  }
}
