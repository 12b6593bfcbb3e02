package dev.mahavishnu.cli;

import dev.mahavishnu.spec.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads a configuration file into nodes. */
final class YamlNodes {
  private final String file;
  private final JsonParser parser;

  private YamlNodes(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** The whole of a file; empty when it holds nothing but comments. */
  static Optional<YamlNode> read(String file, String text) {
    try (JsonParser parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      YamlNodes nodes = new YamlNodes(file, parser);
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      YamlNode root = nodes.node(0);
      if (parser.nextToken() != null) {
        throw nodes.fault(nodes.here(), "a second document; there may be only one");
      }
      return Optional.of(root);
    } catch (JacksonException e) {
      throw syntax(file, e);
    }
  }

  private static CommandFailure syntax(String file, JacksonException e) {
    TokenStreamLocation at = e.getLocation() == null ? TokenStreamLocation.NA : e.getLocation();
    String reason = e.getOriginalMessage().lines().findFirst().orElse("not YAML").strip();
    return CommandFailure.configuration(
        file
            + ":"
            + Math.max(1, at.getLineNr())
            + ":"
            + Math.max(1, at.getColumnNr())
            + ": "
            + reason);
  }

  private CommandFailure fault(Position at, String reason) {
    return CommandFailure.configuration(file + ":" + at.line() + ":" + at.column() + ": " + reason);
  }

  private Position here() {
    TokenStreamLocation at = parser.currentTokenLocation();
    return new Position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
  }

  private YamlNode node(int depth) {
    Position at = here();
    if (depth > 8) {
      throw fault(at, "nested too deep");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(at, depth);
      case START_ARRAY -> sequence(at, depth);
      case VALUE_NULL -> new YamlNode.Scalar("", at);
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          new YamlNode.Scalar(parser.getString(), at);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw fault(at, "a value is missing");
    };
  }

  private YamlNode mapping(Position at, int depth) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      Position keyAt = here();
      if (!seen.add(key)) {
        throw fault(keyAt, "`" + key + "` stands here twice");
      }
      parser.nextToken();
      entries.add(new YamlNode.Entry(key, keyAt, node(depth + 1)));
    }
    return new YamlNode.Mapping(entries, at);
  }

  private YamlNode sequence(Position at, int depth) {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    return new YamlNode.Sequence(items, at);
  }
}
