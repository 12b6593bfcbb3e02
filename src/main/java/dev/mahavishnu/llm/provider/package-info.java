/**
 * Calls of a model at its provider, by LangChain4j on a wire of our own: streams, stops, retries,
 * schemas as each provider takes them, and what it all costs.
 */
@NullMarked
package dev.mahavishnu.llm.provider;

import org.jspecify.annotations.NullMarked;
