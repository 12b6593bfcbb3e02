package dev.mahavishnu.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value in a spec's text, with the offset where it starts: the one tree that YAML and JSON
 * become.
 */
sealed interface Node {
  JsonNode NULL = JsonNodeFactory.instance.nullNode();

  /** Offset in characters of the text. */
  int at();

  /** What people call such a value. */
  String called();

  /** The value as JSON; what was broken is null. */
  JsonNode json();

  /** A text, number, boolean or null. */
  record Leaf(int at, JsonNode json) implements Node {
    @Override
    public String called() {
      return switch (json.getNodeType()) {
        case STRING -> "a text";
        case NUMBER -> {
          String number = json.toString();
          yield number.length() > 30 ? "a number" : "the number " + number;
        }
        case BOOLEAN -> json.toString();
        default -> "nothing";
      };
    }
  }

  /** A list. */
  record Items(int at, List<Node> items) implements Node {
    public Items {
      items = Collections.unmodifiableList(items);
    }

    @Override
    public String called() {
      return "a list";
    }

    @Override
    public JsonNode json() {
      ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
      items.forEach(item -> array.add(item.json()));
      return array;
    }
  }

  /** A mapping, in the order written. */
  record Fields(int at, Map<String, Entry> entries) implements Node {
    public Fields {
      entries = Collections.unmodifiableMap(entries);
    }

    static Fields of(int at, List<Map.Entry<String, Entry>> entries) {
      Map<String, Entry> map = LinkedHashMap.newLinkedHashMap(entries.size());
      entries.forEach(e -> map.put(e.getKey(), e.getValue()));
      return new Fields(at, map);
    }

    @Override
    public String called() {
      return "a mapping";
    }

    Optional<Node> value(String name) {
      return Optional.ofNullable(entries.get(name)).map(Entry::value);
    }

    @Override
    public JsonNode json() {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      entries.forEach((name, entry) -> object.set(name, entry.value.json()));
      return object;
    }
  }

  /** Something that a problem was already said about: it fits wherever it stands. */
  record Broken(int at) implements Node {
    @Override
    public String called() {
      return "nothing";
    }

    @Override
    public JsonNode json() {
      return NULL;
    }
  }

  /** A named value, with the offset where its name starts. */
  record Entry(int nameAt, Node value) {}

  /** The node at a JSON pointer, or the nearest around it. */
  default Node nearest(String pointer) {
    Node node = this;
    for (String step : steps(pointer)) {
      Optional<Node> next =
          switch (node) {
            case Fields fields -> fields.value(step);
            case Items list -> item(list.items(), step);
            case Leaf _, Broken _ -> Optional.empty();
          };
      if (next.isEmpty()) {
        return node;
      }
      node = next.get();
    }
    return node;
  }

  private static Optional<Node> item(List<Node> items, String step) {
    boolean index =
        !step.isEmpty() && step.length() < 9 && step.chars().allMatch(Character::isDigit);
    return index && Integer.parseInt(step) < items.size()
        ? Optional.of(items.get(Integer.parseInt(step)))
        : Optional.empty();
  }

  private static List<String> steps(String pointer) {
    List<String> steps = new ArrayList<>();
    for (int from = pointer.indexOf('/'); from >= 0; ) {
      int to = pointer.indexOf('/', from + 1);
      String step = pointer.substring(from + 1, to < 0 ? pointer.length() : to);
      steps.add(step.replace("~1", "/").replace("~0", "~"));
      from = to;
    }
    return steps;
  }
}
