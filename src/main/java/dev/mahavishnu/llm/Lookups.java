package dev.mahavishnu.llm;

import java.util.List;

/** Things that a model may look up while it thinks. None of them changes anything. */
interface Lookups {
  /** What there is to ask for; names are unique among all lookups of a call. */
  List<Call.Tool> tools();

  /**
   * Looks one of them up. Never throws for what the model wrote: then the text says what is wrong.
   *
   * @param lookup of one of {@link #tools}
   * @return what was found, secrets taken out and of bounded length; quoted by who sends it
   */
  String look(Call.Lookup lookup);
}
