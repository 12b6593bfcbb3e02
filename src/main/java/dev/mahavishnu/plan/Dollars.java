package dev.mahavishnu.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as people read it. */
public final class Dollars {
  private Dollars() {}

  /**
   * {@code $1.25}, {@code $0.0031}: cents, or more places where there would be none; never less
   * than it is.
   */
  public static String shown(BigDecimal dollars) {
    boolean cents = dollars.signum() == 0 || dollars.compareTo(BigDecimal.ONE) >= 0;
    return "$" + dollars.setScale(cents ? 2 : 4, RoundingMode.UP).toPlainString();
  }
}
