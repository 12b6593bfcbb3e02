package dev.mahavishnu.plan;

/**
 * Something that was said before in this conversation.
 *
 * @param person what the person said
 * @param answer what came of it, in a few words: the change as it was shown, the question, the
 *     refusal; never a model's text that was not accepted
 */
public record Turn(String person, String answer) {}
