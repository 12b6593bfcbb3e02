package dev.mahavishnu.run;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts of a run as evidence shows them: redacted, and cut where they are long. */
final class EvidenceText {
  private static final int LONGEST_LINE = 500;
  private static final int LONGEST_FIELD = 2_000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final UnaryOperator<String> redact;

  EvidenceText(UnaryOperator<String> redact) {
    this.redact = redact;
  }

  /** One line of text. */
  String line(String text) {
    return cut(redact.apply(text), LONGEST_LINE);
  }

  /** What a spec says in one of its fields. */
  String field(JsonNode value) {
    String text = value.isString() ? value.asString() : value.toString();
    return cut(redact.apply(text), LONGEST_FIELD);
  }

  /** The same JSON, its texts redacted. */
  JsonNode json(JsonNode value) {
    return JsonTexts.map(value, redact);
  }

  /** The same JSON, its texts redacted. */
  String json(String text) {
    return MAPPER.writeValueAsString(json(MAPPER.readTree(text)));
  }

  /** The same state, its message redacted. */
  State state(State state) {
    String message = line(state.message());
    return switch (state) {
      case State.Scheduled s -> new State.Scheduled(s.why(), s.until(), message);
      case State.Completed s -> new State.Completed(s.how(), message);
      case State.Failed s -> new State.Failed(s.how(), message);
      case State.Cancelled _ -> new State.Cancelled(message);
      case State.Crashed _ -> new State.Crashed(message);
      case State.Paused s -> new State.Paused(s.why(), message);
      case State.Cancelling _ -> new State.Cancelling(message);
      case State.Pending s -> s;
      case State.Running s -> s;
    };
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }
}
