package dev.mahavishnu.run;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads from the store what happened in a run. What is read is redacted once more, since a secret
 * may have become one after it was written.
 */
public final class ChronicleReader {
  private final RunHistory history;
  private final EvidenceText text;

  /**
   * @param redact takes secrets out of a text
   */
  public ChronicleReader(RunHistory history, UnaryOperator<String> redact) {
    this.history = history;
    this.text = new EvidenceText(redact);
  }

  /** What is known of the run; empty when there is none of that id. */
  public Optional<Chronicle> read(RunId run, Instant now) {
    return history
        .summary(run)
        .flatMap(
            summary ->
                history
                    .fold(run)
                    .map(fold -> new Telling(history, text, summary, fold, now).chronicle()));
  }
}
