package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLReadFeature;

/** Reads YAML or JSON into nodes, with what no reader of specs wants: tags, anchors, duplicates. */
final class NodeReader {
  /** Longest text, in characters. */
  static final int LONGEST = 32 * 1024 * 1024;

  /** Deepest nesting of lists and mappings. */
  static final int DEEPEST = 64;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(10 * DEEPEST)
          .maxStringLength(LONGEST)
          .maxDocumentLength(4L * LONGEST)
          .maxNumberLength(400)
          .build();

  private final SpecText text;
  private final Problems problems;
  private final boolean yaml;

  NodeReader(SpecText text, Problems problems) {
    this.text = text;
    this.problems = problems;
    this.yaml = isYaml(text);
  }

  /** By the file's name; where that says nothing, JSON is what starts as an object with a name. */
  private static boolean isYaml(SpecText text) {
    if (text.file().endsWith(".yaml") || text.file().endsWith(".yml")) {
      return true;
    }
    if (text.file().endsWith(".json")) {
      return false;
    }
    String start = text.text().substring(0, Math.min(1000, text.text().length())).strip();
    return !(start.startsWith("{") && start.substring(1).strip().startsWith("\""));
  }

  /** Empty when the text could not be read to its end; a problem says why. */
  Optional<Node> read() {
    if (text.text().length() > LONGEST) {
      problems.add(0, "the spec is longer than " + LONGEST / (1024 * 1024) + " MiB", "");
      return Optional.empty();
    }
    try (JsonParser parser = parser()) {
      if (parser.nextToken() == null) {
        problems.add(0, "there is nothing here", "a flow starts with `flow: name`");
        return Optional.empty();
      }
      Node root = value(parser, 1);
      if (parser.nextToken() != null) {
        problems.add(offset(parser), "a second document starts here", "one file holds one flow");
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (TooDeep e) {
      return Optional.empty();
    } catch (JacksonException e) {
      SyntaxFault fault = SyntaxFault.of(e, text, yaml);
      problems.add(fault.at(), fault.message(), fault.hint());
      return Optional.empty();
    }
  }

  private JsonParser parser() {
    return yaml
        ? Yaml.FACTORY.createParser(ObjectReadContext.empty(), new PairedReader(text.text()))
        : Json.FACTORY.createParser(ObjectReadContext.empty(), text.text());
  }

  private Node value(JsonParser parser, int depth) {
    int at = offset(parser);
    boolean fine = plain(at);
    Node node =
        switch (parser.currentToken()) {
          case START_OBJECT -> fields(parser, at, depth);
          case START_ARRAY -> items(parser, at, depth);
          default -> leaf(parser, at);
        };
    return fine ? node : new Node.Broken(at);
  }

  /** Whether YAML's tags, anchors and aliases stay out of what starts here. */
  private boolean plain(int at) {
    char first = yaml && at < text.text().length() ? text.text().charAt(at) : ' ';
    switch (first) {
      case '&' ->
          problems.add(at, "anchors are not used in specs", "write the value where it is needed");
      case '*' ->
          problems.add(
              at,
              "aliases are not used in specs",
              "write the value here, or quote a text that starts with *");
      case '!' -> problems.add(at, "tags are not used in specs", "quote a text that starts with !");
      default -> {
        return true;
      }
    }
    return false;
  }

  private Node fields(JsonParser parser, int at, int depth) {
    check(at, depth);
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      int nameAt = offset(parser);
      plain(nameAt);
      parser.nextToken();
      Node.Entry entry = new Node.Entry(nameAt, value(parser, depth + 1));
      Node.Entry first = entries.putIfAbsent(name, entry);
      if (first != null) {
        int line = text.position(first.nameAt()).line();
        problems.add(nameAt, "`" + name + "` stands twice", "the first is on line " + line);
      }
    }
    return new Node.Fields(at, entries);
  }

  private Node items(JsonParser parser, int at, int depth) {
    check(at, depth);
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, depth + 1));
    }
    return new Node.Items(at, items);
  }

  private void check(int at, int depth) {
    if (depth > DEEPEST) {
      problems.add(at, "nested more than " + DEEPEST + " deep", "");
      throw new TooDeep();
    }
  }

  private Node leaf(JsonParser parser, int at) {
    JsonNode value =
        switch (parser.currentToken()) {
          case VALUE_NULL -> NullNode.getInstance();
          case VALUE_TRUE -> BooleanNode.TRUE;
          case VALUE_FALSE -> BooleanNode.FALSE;
          case VALUE_NUMBER_INT -> whole(parser);
          case VALUE_NUMBER_FLOAT -> DoubleNode.valueOf(parser.getDoubleValue());
          default -> text(parser.getString(), at);
        };
    if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
      problems.add(at, "`" + parser.getString() + "` is not a number that JSON has", "");
      return new Node.Broken(at);
    }
    return new Node.Leaf(at, value);
  }

  private JsonNode text(String value, int at) {
    boolean quoted = at < text.text().length() && "'\"|>".indexOf(text.text().charAt(at)) >= 0;
    if (yaml && value.isEmpty() && !quoted) {
      return NullNode.getInstance();
    }
    if (value.indexOf('\0') >= 0) {
      problems.add(at, "a text can't hold a NUL character", "");
    } else if (halves(value)) {
      problems.add(at, "a text can't hold half of a surrogate pair", "write \\u escapes in pairs");
    }
    return StringNode.valueOf(value);
  }

  private static boolean halves(String value) {
    return value
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static JsonNode whole(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> IntNode.valueOf(parser.getIntValue());
      case LONG -> LongNode.valueOf(parser.getLongValue());
      default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
    };
  }

  private int offset(JsonParser parser) {
    int offset = (int) parser.currentTokenLocation().getCharOffset();
    return yaml ? text.ofCodePoint(offset) : offset;
  }

  private static final class TooDeep extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("", null, false, false);
    }
  }

  private static final class Json {
    static final TokenStreamFactory FACTORY =
        JsonFactory.builder().streamReadConstraints(BOUNDS).build();
  }

  /** Made when first needed: a run that starts from its journal reads only JSON. */
  private static final class Yaml {
    static final TokenStreamFactory FACTORY =
        YAMLFactory.builder()
            .streamReadConstraints(BOUNDS)
            .disable(
                YAMLReadFeature.EMPTY_STRING_AS_NULL,
                YAMLReadFeature.EMPTY_DOCUMENT_AS_EMPTY_OBJECT,
                YAMLReadFeature.PARSE_OCTAL_NUMBERS)
            .loadSettings(
                LoadSettings.builder()
                    .setSchema(new CoreSchema())
                    .setCodePointLimit(LONGEST)
                    .setAllowDuplicateKeys(true)
                    .setParseComments(false)
                    .build())
            .build();
  }
}
