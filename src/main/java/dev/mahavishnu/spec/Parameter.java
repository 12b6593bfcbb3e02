package dev.mahavishnu.spec;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An input of a flow.
 *
 * @param defaultValue absent: the parameter must be given
 */
public record Parameter(
    String name, ValueType type, Optional<JsonNode> defaultValue, String description) {}
