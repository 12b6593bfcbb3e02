/**
 * The offline planner: a controlled English, read word by word, that proposes a flow only where it
 * understood every word. {@code docs/offline-english.md} is its grammar for people, and the tests
 * hold the two together.
 *
 * <p>A request goes through four steps: {@link Lexer} cuts it into tokens with their places, {@link
 * RequestGrammar} reads clauses, {@link Drafting} carries them out on a draft, and {@link
 * Misreading} finds the words at fault where reading failed.
 */
@NullMarked
package dev.mahavishnu.plan.offline;

import org.jspecify.annotations.NullMarked;
