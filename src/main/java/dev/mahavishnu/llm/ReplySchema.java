package dev.mahavishnu.llm;

import dev.mahavishnu.spec.StrictSchema;
import dev.mahavishnu.spec.TaskKind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema of the planner's one reply, in the part of JSON Schema that strict modes take. */
final class ReplySchema {
  static final String OUTCOME = "outcome";
  static final String BECAUSE = "because";
  static final String FLOW = "flow";
  static final String EDITS = "edits";
  static final String QUESTION = "question";
  static final String REFUSAL = "refusal";
  static final String REPORT = "report";

  static final int MOST_EDITS = 100;
  static final int FEWEST_CHOICES = 2;
  static final int MOST_CHOICES = 5;
  static final List<String> OPERATIONS =
      List.of("set", "remove", "add_task", "remove_task", "move_task");

  private static final int LINE = 300;
  private static final int NAME = 100;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ReplySchema() {}

  /**
   * The schema.
   *
   * @param draft whether there is a draft that could be edited
   * @param report of a query of runs; empty where there are no runs to ask about
   */
  static ObjectNode of(List<TaskKind> kinds, boolean draft, Optional<ObjectNode> report) {
    ArrayNode outcomes = NODES.arrayNode().add(FLOW);
    ObjectNode properties = NODES.objectNode();
    properties.putObject(OUTCOME).put("type", "string").set("enum", outcomes);
    properties.set(BECAUSE, list(citation(), MOST_EDITS));
    properties.set(FLOW, orNull(reference("flow")));
    if (draft) {
      outcomes.add(EDITS);
      properties.set(EDITS, orNull(list(edit(), MOST_EDITS)));
    }
    outcomes.add(QUESTION).add(REFUSAL);
    properties.set(QUESTION, orNull(question()));
    properties.set(REFUSAL, orNull(text(LINE)));
    report.ifPresent(
        query -> {
          outcomes.add(REPORT);
          properties.set(REPORT, orNull(query));
        });
    ObjectNode schema = StrictSchema.closed(properties);
    schema.set("$defs", StrictSchema.definitions(kinds));
    return schema;
  }

  private static ObjectNode citation() {
    ObjectNode properties = NODES.objectNode();
    properties.set("touches", text(2 * NAME));
    properties.set("words", text(LINE));
    return StrictSchema.closed(properties);
  }

  private static ObjectNode question() {
    ObjectNode properties = NODES.objectNode();
    properties.set("text", text(LINE));
    properties.set("choices", list(text(LINE), MOST_CHOICES).put("minItems", FEWEST_CHOICES));
    return StrictSchema.closed(properties);
  }

  private static ObjectNode edit() {
    ObjectNode properties = NODES.objectNode();
    ArrayNode operations = NODES.arrayNode();
    OPERATIONS.forEach(operations::add);
    properties.putObject("op").put("type", "string").set("enum", operations);
    properties.set("task", orNull(text(NAME)));
    properties.set("field", orNull(text(NAME)));
    properties.set("value", orNull(reference("setting")));
    properties.set("new_task", orNull(reference("task")));
    properties.set("after", orNull(text(NAME)));
    properties.set("on_failure", orNull(NODES.objectNode().put("type", "boolean")));
    return StrictSchema.closed(properties);
  }

  private static ObjectNode text(int max) {
    return NODES.objectNode().put("type", "string").put("maxLength", max);
  }

  private static ObjectNode list(ObjectNode items, int max) {
    ObjectNode list = NODES.objectNode().put("type", "array");
    list.set("items", items);
    return list.put("maxItems", max);
  }

  private static ObjectNode orNull(ObjectNode schema) {
    ObjectNode either = NODES.objectNode();
    either.putArray("anyOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private static ObjectNode reference(String definition) {
    return NODES.objectNode().put("$ref", "#/$defs/" + definition);
  }
}
