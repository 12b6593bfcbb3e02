package dev.mahavishnu.spec;

import tools.jackson.databind.JsonNode;

/** A name and a JSON value whose texts may hold expressions. */
public record NamedValue(String name, JsonNode value) {}
