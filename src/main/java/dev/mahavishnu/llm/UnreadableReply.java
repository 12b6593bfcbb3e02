package dev.mahavishnu.llm;

/** A reply is not what it must be: one line for the model and for the person. */
final class UnreadableReply extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableReply(String why) {
    super(why);
  }
}
