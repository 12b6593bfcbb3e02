package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.Optional;

/**
 * Reuse of an output across runs.
 *
 * @param key {@code inputs} (the definition and the inputs), or a template whose text is the key
 * @param expires age after which an entry is not used; absent: never
 */
public record Cache(String key, Optional<Duration> expires) {
  public static final String INPUTS = "inputs";
}
