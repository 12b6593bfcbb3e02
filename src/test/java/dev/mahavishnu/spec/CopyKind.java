package dev.mahavishnu.spec;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A task kind as a jar would bring it. */
public final class CopyKind implements TaskKind {
  @Override
  public String type() {
    return "copy";
  }

  @Override
  public String description() {
    return "Copies a file.";
  }

  @Override
  public ObjectNode schema() {
    return (ObjectNode)
        JsonMapper.builder()
            .build()
            .readTree(
                """
                {
                  "type": "object",
                  "properties": {
                    "from": {"type": "string", "minLength": 1, "maxLength": 100, "description": "What to copy."},
                    "to": {"type": "string", "maxLength": 100, "description": "Where to."},
                    "mode": {
                      "type": "object",
                      "properties": {
                        "deep": {"type": "boolean"},
                        "how": {"enum": ["link", "bytes"]},
                        "times": {"type": "integer", "minimum": 1, "maximum": 9},
                        "share": {"type": "number", "minimum": 0, "maximum": 1},
                        "only": {"type": "array", "items": {"type": "string", "pattern": "^[a-z*.]+$"}}
                      }
                    }
                  },
                  "required": ["from", "to"]
                }
                """);
  }
}
