package dev.mahavishnu.store;

import dev.mahavishnu.run.Output;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** Outputs in JSON: {@code {"h":hash,"v":value}}, or {@code {"h":hash,"b":bytes,"x":secret}}. */
final class OutputCodec {
  private OutputCodec() {}

  static void write(JsonOut out, Output output) {
    out.open().field("h", output.hash());
    switch (output) {
      case Output.Inline inline -> out.name("v").value(inline.value());
      case Output.Stored stored -> {
        out.field("b", stored.bytes());
        if (stored.secret()) {
          out.name("x").bool(true);
        }
      }
    }
    out.close();
  }

  /** Reads the object that the parser stands at the start of. */
  static Output read(JsonParser parser) {
    String hash = "";
    JsonNode value = NullNode.getInstance();
    boolean inline = false;
    boolean secret = false;
    long bytes = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "h" -> hash = parser.getString();
        case "v" -> {
          inline = true;
          value = JsonIn.value(parser);
        }
        case "b" -> bytes = parser.getLongValue();
        case "x" -> secret = parser.getBooleanValue();
        default -> throw new StoreException("unknown field `" + name + "` of an output");
      }
    }
    return inline ? new Output.Inline(hash, value) : new Output.Stored(hash, bytes, secret);
  }
}
