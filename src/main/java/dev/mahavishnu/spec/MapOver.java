package dev.mahavishnu.spec;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Fan-out: the task runs once for each item, with {@code item} and {@code index} in scope, and its
 * output is the list of the outputs in the order of the items.
 *
 * @param items a list, or one expression that gives a list
 * @param concurrency most items at a time; absent: the flow's or the engine's limit
 * @param batch items handed to one task run; with it {@code item} is a list of up to this many
 */
public record MapOver(JsonNode items, Optional<Integer> concurrency, Optional<Integer> batch) {}
