package dev.mahavishnu.mcp;

/**
 * What a tool needs a yes for, since it runs, changes or deletes something.
 *
 * @param word as a person allows it beforehand: {@code trigger}
 * @param personal whether only its own word allows it, and no yes to everything: it answers a
 *     question that was put to a person
 */
public record Permission(String word, boolean personal) {}
