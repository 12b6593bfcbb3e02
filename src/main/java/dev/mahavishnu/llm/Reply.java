package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Call.Lookup;
import java.util.List;

/** What came of a call. */
public sealed interface Reply {
  /** A whole answer, with the provider's end mark. */
  record Whole(String text) implements Reply {}

  /** The model wants to look something up first. */
  record Lookups(String text, List<Lookup> lookups) implements Reply {
    public Lookups {
      lookups = List.copyOf(lookups);
    }
  }

  /** An answer that was cut short, which is worth nothing: one line that says how. */
  record Cut(String why) implements Reply {}

  /** The model, or its provider's filter, would not answer. */
  record Refused(String words) implements Reply {}

  /**
   * The provider can't be reached, or refused the call; or the budget did.
   *
   * @param why one line with the provider's own words, and what to do
   */
  record Failed(String why) implements Reply {}

  /** Who waited for it stopped it. */
  record Stopped() implements Reply {}
}
