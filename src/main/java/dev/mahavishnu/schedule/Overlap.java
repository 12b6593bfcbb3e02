package dev.mahavishnu.schedule;

import java.util.Locale;

/** What happens when a flow is due and an earlier run of it has not ended. */
public enum Overlap {
  /** Both run. */
  ALLOW,
  /** The new one does not run. */
  SKIP;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
