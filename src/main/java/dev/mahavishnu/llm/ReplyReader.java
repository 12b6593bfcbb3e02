package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Answer.Citation;
import dev.mahavishnu.llm.Answer.Edit;
import dev.mahavishnu.spec.StrictForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a model's reply: one JSON object that says one thing, in known words. */
final class ReplyReader {
  private static final Set<String> BODIES =
      Set.of(
          ReplySchema.FLOW,
          ReplySchema.EDITS,
          ReplySchema.QUESTION,
          ReplySchema.REFUSAL,
          ReplySchema.REPORT);
  private static final Set<String> EDIT_KEYS =
      Set.of("op", "task", "field", "value", "new_task", "after", "on_failure");

  private final StrictForm form;

  ReplyReader(StrictForm form) {
    this.form = form;
  }

  /** Reads the whole text of a reply. */
  Answer read(String reply) throws UnreadableReply {
    ObjectNode object = OneObject.in(reply);
    if (object.has("tasks")) {
      throw new UnreadableReply(
          "a flow stands under `flow`, beside \"outcome\": \"flow\" and `because`");
    }
    for (String key : object.propertyNames()) {
      if (!BODIES.contains(key)
          && !key.equals(ReplySchema.OUTCOME)
          && !key.equals(ReplySchema.BECAUSE)) {
        throw new UnreadableReply("unknown key `" + key + "`: an answer can propose, and no more");
      }
    }
    String outcome = text(object, ReplySchema.OUTCOME, "the answer");
    if (!BODIES.contains(outcome)) {
      throw new UnreadableReply("`outcome` must be flow, edits, question, refusal or report");
    }
    for (String body : BODIES) {
      if (body.equals(outcome) != isSet(object.path(body))) {
        throw new UnreadableReply(
            "`outcome` is "
                + outcome
                + ", so `"
                + outcome
                + "` alone must be set"
                + (body.equals(outcome) ? "" : ", and `" + body + "` null"));
      }
    }
    return answer(outcome, object.path(outcome), object);
  }

  private Answer answer(String outcome, JsonNode body, ObjectNode object) throws UnreadableReply {
    return switch (outcome) {
      case ReplySchema.FLOW -> new Answer.Whole(flow(body), because(object));
      case ReplySchema.EDITS -> new Answer.Changes(edits(body), because(object));
      case ReplySchema.QUESTION -> question(mapping(body, outcome, Set.of("text", "choices")));
      case ReplySchema.REFUSAL -> new Answer.Refuses(line(body, outcome));
      default -> {
        if (body instanceof ObjectNode query) {
          yield new Answer.Reports(query);
        }
        throw new UnreadableReply("`report` must be an object");
      }
    };
  }

  private static boolean isSet(JsonNode body) {
    return !(body.isMissingNode()
        || body.isNull()
        || (body.isArray() && body.isEmpty())
        || (body.isString() && body.stringValue().isBlank()));
  }

  private JsonNode flow(JsonNode body) throws UnreadableReply {
    if (!body.isObject()) {
      throw new UnreadableReply("`flow` must be an object");
    }
    try {
      return form.flow(body);
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static UnreadableReply unreadable(IllegalArgumentException e) {
    return new UnreadableReply(Optional.ofNullable(e.getMessage()).orElse("unreadable"));
  }

  private static List<Citation> because(ObjectNode object) throws UnreadableReply {
    List<Citation> found = new ArrayList<>();
    for (JsonNode item : items(object.path(ReplySchema.BECAUSE), ReplySchema.BECAUSE)) {
      ObjectNode citation = mapping(item, ReplySchema.BECAUSE, Set.of("touches", "words"));
      found.add(
          new Citation(
              text(citation, "touches", ReplySchema.BECAUSE),
              text(citation, "words", ReplySchema.BECAUSE)));
    }
    return found;
  }

  private static Answer question(ObjectNode body) throws UnreadableReply {
    List<String> choices = new ArrayList<>();
    for (JsonNode choice : items(body.path("choices"), "choices")) {
      choices.add(line(choice, "choices"));
    }
    List<String> distinct = choices.stream().distinct().toList();
    if (distinct.size() < ReplySchema.FEWEST_CHOICES
        || distinct.size() > ReplySchema.MOST_CHOICES) {
      throw new UnreadableReply("a question needs 2 to 5 different choices");
    }
    return new Answer.Asks(line(body.path("text"), "text"), distinct);
  }

  private List<Edit> edits(JsonNode body) throws UnreadableReply {
    List<Edit> edits = new ArrayList<>();
    for (JsonNode item : items(body, ReplySchema.EDITS)) {
      edits.add(edit(mapping(item, ReplySchema.EDITS, EDIT_KEYS)));
    }
    if (edits.size() > ReplySchema.MOST_EDITS) {
      throw new UnreadableReply("more than " + ReplySchema.MOST_EDITS + " edits");
    }
    return edits;
  }

  private Edit edit(ObjectNode item) throws UnreadableReply {
    String op = text(item, "op", "an edit");
    String task = optional(item, "task");
    return switch (op) {
      case "set" -> {
        String field = text(item, "field", "`set`");
        JsonNode value = item.path("value");
        boolean drops = value.isNull() || value.isMissingNode();
        yield drops ? new Edit.Drop(task, field) : new Edit.Put(task, field, value);
      }
      case "remove" -> new Edit.Drop(task, text(item, "field", "`remove`"));
      case "add_task" ->
          new Edit.Add(added(item.path("new_task")), optional(item, "after"), flag(item));
      case "remove_task" -> new Edit.Remove(text(item, "task", "`remove_task`"));
      case "move_task" ->
          new Edit.Move(text(item, "task", "`move_task`"), optional(item, "after"), flag(item));
      default ->
          throw new UnreadableReply(
              "unknown `op` in an edit; it is one of "
                  + ReplySchema.OPERATIONS.stream().collect(Collectors.joining(", ")));
    };
  }

  private JsonNode added(JsonNode task) throws UnreadableReply {
    if (!task.isObject()) {
      throw new UnreadableReply("`add_task` needs the task as `new_task`");
    }
    try {
      return form.task(task);
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static boolean flag(ObjectNode item) {
    return item.path("on_failure").asBoolean(false);
  }

  private static List<JsonNode> items(JsonNode list, String name) throws UnreadableReply {
    if (list.isNull() || list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray()) {
      throw new UnreadableReply("`" + name + "` must be a list");
    }
    return list.valueStream().toList();
  }

  private static ObjectNode mapping(JsonNode node, String name, Set<String> keys)
      throws UnreadableReply {
    if (!(node instanceof ObjectNode object)) {
      throw new UnreadableReply("`" + name + "` must be made of objects");
    }
    for (String key : object.propertyNames()) {
      if (!keys.contains(key)) {
        throw new UnreadableReply("unknown key `" + key + "` in `" + name + "`");
      }
    }
    return object;
  }

  private static String optional(ObjectNode object, String key) throws UnreadableReply {
    JsonNode value = object.path(key);
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (!value.isString()) {
      throw new UnreadableReply("`" + key + "` must be a text");
    }
    return value.stringValue();
  }

  private static String text(ObjectNode object, String key, String where) throws UnreadableReply {
    String text = optional(object, key);
    if (text.isBlank()) {
      throw new UnreadableReply(where + " needs `" + key + "`");
    }
    return text;
  }

  /** Text for people: on one line. */
  private static String line(JsonNode node, String name) throws UnreadableReply {
    String text = node.isString() ? node.stringValue().strip() : "";
    if (text.isEmpty()) {
      throw new UnreadableReply("`" + name + "` must be a text");
    }
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ");
  }
}
