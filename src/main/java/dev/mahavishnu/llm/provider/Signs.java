package dev.mahavishnu.llm.provider;

import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer's events say of the answer itself, in each provider's own words: why it ended,
 * what it took, whether it is a refusal. LangChain4j keeps only some of it.
 */
final class Signs {
  private static final JsonMapper JSON = new JsonMapper();

  /** How an answer ended. */
  enum End {
    /** It did not, as far as was heard. */
    MISSING,
    WHOLE,
    LOOKUPS,
    LENGTH,
    REFUSED,
    /** In a way that is no answer. */
    OTHER
  }

  private final Provider provider;
  private String reason = "";
  private boolean marked;
  private final StringBuilder refusal = new StringBuilder();
  private String error = "";
  private String thought = "";
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();

  Signs(Provider provider) {
    this.provider = provider;
  }

  /** Reads one event. */
  synchronized void event(String data) {
    thought = "";
    JsonNode event;
    try {
      event = JSON.readTree(data);
    } catch (JacksonException _) {
      return; // "[DONE]", or what LangChain4j will stumble over
    }
    if (event.hasNonNull("error")) {
      error = data;
      return;
    }
    switch (provider) {
      case OPENAI -> openai(event);
      case ANTHROPIC -> anthropic(event);
      case GEMINI -> gemini(event);
      case OLLAMA -> ollama(event);
    }
  }

  private void openai(JsonNode event) {
    JsonNode choice = event.path("choices").path(0);
    ended(choice.path("finish_reason"));
    // these servers close the stream by [DONE], or by closing it: the reason is what ends an answer
    marked = true;
    refusal.append(text(choice.path("delta").path("refusal")));
    thought = text(choice.path("delta").path("reasoning"));
    usage(event.path("usage").path("prompt_tokens"), event.path("usage").path("completion_tokens"));
  }

  private void anthropic(JsonNode event) {
    switch (text(event.path("type"))) {
      case "message_start" -> {
        JsonNode usage = event.path("message").path("usage");
        usage(usage.path("input_tokens"), usage.path("output_tokens"));
      }
      case "message_delta" -> {
        ended(event.path("delta").path("stop_reason"));
        usage(event.path("usage").path("input_tokens"), event.path("usage").path("output_tokens"));
      }
      case "message_stop" -> marked = true;
      default -> {}
    }
  }

  private void gemini(JsonNode event) {
    ended(event.path("candidates").path(0).path("finishReason"));
    marked = true;
    refusal.append(text(event.path("promptFeedback").path("blockReason")));
    JsonNode usage = event.path("usageMetadata");
    usage(usage.path("promptTokenCount"), usage.path("candidatesTokenCount"));
    if (usage.path("thoughtsTokenCount").isNumber()) {
      long thoughts = usage.path("thoughtsTokenCount").longValue();
      output = OptionalLong.of(usage.path("candidatesTokenCount").asLong(0) + thoughts);
    }
  }

  private void ollama(JsonNode event) {
    if (event.path("done").asBoolean(false)) {
      marked = true;
      reason = event.path("done_reason").asString("stop");
    }
    usage(event.path("prompt_eval_count"), event.path("eval_count"));
  }

  private void ended(JsonNode why) {
    if (why.isString()) {
      reason = why.stringValue();
    }
  }

  private void usage(JsonNode sent, JsonNode received) {
    if (sent.isNumber()) {
      input = OptionalLong.of(sent.longValue());
    }
    if (received.isNumber()) {
      output = OptionalLong.of(received.longValue());
    }
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }

  /** How it ended. */
  synchronized End end() {
    if (!refusal.isEmpty()) {
      return End.REFUSED;
    }
    if (!marked || reason.isEmpty()) {
      return End.MISSING;
    }
    return switch (reason) {
      case "stop", "end_turn", "stop_sequence", "STOP", "eos" -> End.WHOLE;
      case "tool_calls", "function_call", "tool_use" -> End.LOOKUPS;
      case "length", "max_tokens", "MAX_TOKENS", "model_length" -> End.LENGTH;
      case "content_filter",
          "refusal",
          "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII" ->
          End.REFUSED;
      default -> End.OTHER;
    };
  }

  /** The provider's word for how it ended; may be empty. */
  synchronized String reason() {
    return reason;
  }

  /** What it refused by, in words; may be empty. */
  synchronized String refusal() {
    return refusal.toString();
  }

  /** An error that came in place of the rest; may be empty. */
  synchronized String error() {
    return error;
  }

  /** A thought in the last event that LangChain4j does not know as one; may be empty. */
  synchronized String thought() {
    return thought;
  }

  /** Tokens sent, if the provider said. */
  synchronized Optional<Long> input() {
    return input.isPresent() ? Optional.of(input.getAsLong()) : Optional.empty();
  }

  /** Tokens received, those of thinking included, if the provider said. */
  synchronized Optional<Long> output() {
    return output.isPresent() ? Optional.of(output.getAsLong()) : Optional.empty();
  }
}
