package dev.mahavishnu.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Takes values from a mapping that {@link ShapeCheck} has been over. What is not as it should be
 * counts as not there: a problem says so already, and the rest can still be checked.
 */
record Fields(Node node) {
  /** The value, unless it is broken. */
  Optional<Node> node(String name) {
    return node instanceof Node.Fields fields
        ? fields.value(name).filter(v -> !(v instanceof Node.Broken))
        : Optional.empty();
  }

  Optional<JsonNode> json(String name) {
    return node(name).map(Node::json);
  }

  Optional<String> text(String name) {
    return json(name).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  Optional<Duration> duration(String name) {
    return text(name).filter(Durations::isDuration).map(Durations::parse);
  }

  Optional<Long> whole(String name) {
    return json(name).filter(JsonNode::isNumber).map(JsonNode::asLong);
  }

  /** A whole number as small as the bounds of such a field allow. */
  Optional<Integer> small(String name) {
    return json(name).filter(v -> v.isNumber() && v.canConvertToInt()).map(JsonNode::asInt);
  }

  double number(String name, double otherwise) {
    return json(name).filter(JsonNode::isNumber).map(JsonNode::doubleValue).orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return json(name).filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(otherwise);
  }

  Fields fields(String name) {
    return new Fields(node(name).orElse(new Node.Broken(node.at())));
  }

  boolean isFields(String name) {
    return node(name).filter(Node.Fields.class::isInstance).isPresent();
  }

  /** The items of a list, each at its place; of what is no list none. */
  List<Node> items(String name) {
    return node(name)
        .filter(Node.Items.class::isInstance)
        .map(list -> ((Node.Items) list).items())
        .orElse(List.of());
  }

  <T> List<T> list(String name, Function<Fields, T> read) {
    return items(name).stream().map(item -> read.apply(new Fields(item))).toList();
  }

  /** The texts of a list, each at its place; what is none is empty. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(name)) {
      texts.add(item.json().isString() ? item.json().stringValue() : "");
    }
    return texts;
  }

  List<NamedValue> named(String name) {
    return list(name, f -> new NamedValue(f.text("name", ""), f.json("value").orElse(Node.NULL)));
  }
}
