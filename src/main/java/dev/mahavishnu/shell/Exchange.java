package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.secret.Redactor;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that was said in a shell, and what came of it.
 *
 * @param said the statement as typed
 * @param shown lines without colours; the first ones of them
 * @param exit code of the statement
 * @param turn what a planner is told of it; empty where it need not know
 * @param model that was asked
 * @param usage what that took
 * @param draft the draft from here on, as {@link DraftText}; absent where it is as before
 */
record Exchange(
    Instant at,
    String said,
    List<String> shown,
    int exit,
    Optional<String> turn,
    Optional<String> model,
    Usage usage,
    Optional<String> draft) {

  private static final int VERSION = 1;

  /** A draft of which only this is known that there was one. */
  private static final String UNREADABLE = "# hidden";

  private static final JsonMapper MAPPER = new JsonMapper();

  Exchange {
    shown = List.copyOf(shown);
  }

  /** As one line, without its end; nothing that is secret is in it. */
  String line(Redactor redactor) {
    ObjectNode json = MAPPER.createObjectNode().put("v", VERSION).put("at", at.toString());
    json.put("said", redactor.redact(said));
    Redactor.Lines lines = redactor.lines();
    shown.stream().map(lines::redact).forEach(json.putArray("shown")::add);
    json.put("exit", exit);
    turn.ifPresent(t -> json.put("turn", redactor.redact(t)));
    model.ifPresent(m -> json.put("model", redactor.redact(m)));
    if (usage.calls() > 0) {
      ObjectNode took = json.putObject("usage").put("calls", usage.calls());
      took.put("input", usage.input()).put("output", usage.output());
      usage.dollars().ifPresent(d -> took.put("dollars", d.toPlainString()));
      took.put("ms", usage.time().toMillis());
    }
    draft.ifPresent(d -> put(json, d, redactor.redact(d)));
    return MAPPER.writeValueAsString(json);
  }

  /** A draft from which something was taken out is no draft to go on with. */
  private static void put(ObjectNode json, String draft, String redacted) {
    if (draft.equals(redacted)) {
      json.put("draft", draft);
    } else {
      json.put("hidden_draft", redacted);
    }
  }

  /** Reads a line; empty where it is none of ours, or only the beginning of one. */
  static Optional<Exchange> of(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json.path("v").asInt(0) != VERSION || !json.path("said").isString()) {
        return Optional.empty();
      }
      return Optional.of(
          new Exchange(
              Instant.parse(json.path("at").asString("")),
              json.path("said").asString(),
              json.path("shown").valueStream().map(n -> n.asString("")).toList(),
              json.path("exit").asInt(0),
              text(json.get("turn")),
              text(json.get("model")),
              usage(json.path("usage")),
              text(json.get("draft"))
                  .or(() -> text(json.get("hidden_draft")).map(_ -> UNREADABLE))));
    } catch (JacksonException | java.time.DateTimeException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(@Nullable JsonNode node) {
    return Optional.ofNullable(node).filter(JsonNode::isString).map(JsonNode::asString);
  }

  private static Usage usage(JsonNode took) {
    return took.isObject()
        ? new Usage(
            took.path("calls").asInt(0),
            took.path("input").asLong(0),
            took.path("output").asLong(0),
            text(took.get("dollars")).map(BigDecimal::new),
            Duration.ofMillis(took.path("ms").asLong(0)))
        : Usage.NONE;
  }
}
