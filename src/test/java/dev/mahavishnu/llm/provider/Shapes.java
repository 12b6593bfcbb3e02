package dev.mahavishnu.llm.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** Replies in the shapes that providers send them in. */
final class Shapes {
  private static final JsonMapper JSON = new JsonMapper();

  private Shapes() {}

  /** Where calls go, after the base URL. */
  static String path(Provider provider, String model) {
    return switch (provider) {
      case OPENAI -> "/chat/completions";
      case ANTHROPIC -> "/messages";
      case GEMINI -> "/models/" + model + ":streamGenerateContent?alt=sse";
      case OLLAMA -> "/api/chat";
    };
  }

  static String contentType(Provider provider) {
    return provider == Provider.OLLAMA ? "application/x-ndjson" : "text/event-stream";
  }

  /** A whole answer in pieces: 11 tokens in, 7 out. */
  static String whole(Provider provider, String... pieces) {
    return answer(
        provider,
        List.of(pieces),
        switch (provider) {
          case OPENAI -> "stop";
          case ANTHROPIC -> "end_turn";
          case GEMINI -> "STOP";
          case OLLAMA -> "stop";
        });
  }

  /** An answer that the limit of tokens ended. */
  static String length(Provider provider, String... pieces) {
    return answer(
        provider,
        List.of(pieces),
        switch (provider) {
          case OPENAI -> "length";
          case ANTHROPIC -> "max_tokens";
          case GEMINI -> "MAX_TOKENS";
          case OLLAMA -> "length";
        });
  }

  static String answer(Provider provider, List<String> pieces, String reason) {
    return start(provider, pieces.toArray(String[]::new)) + end(provider, reason);
  }

  /** An answer without its end. */
  static String start(Provider provider, String... pieces) {
    List<String> events = new ArrayList<>();
    switch (provider) {
      case OPENAI -> {
        events.add(openai("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        for (String piece : pieces) {
          events.add(openai("{\"content\":" + quoted(piece) + "}", "null"));
        }
      }
      case ANTHROPIC -> {
        events.add(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}");
        events.add(
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        events.add("{\"type\":\"ping\"}");
        for (String piece : pieces) {
          events.add(
              "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                  + quoted(piece)
                  + "}}");
        }
      }
      case GEMINI -> {
        for (String piece : pieces) {
          events.add(gemini("{\"text\":" + quoted(piece) + "}", ""));
        }
      }
      case OLLAMA -> {
        for (String piece : pieces) {
          events.add(ollama("\"content\":" + quoted(piece), "\"done\":false"));
        }
      }
    }
    return sent(provider, events);
  }

  /** The end of an answer. */
  static String end(Provider provider, String reason) {
    List<String> events = new ArrayList<>();
    switch (provider) {
      case OPENAI -> {
        events.add(openai("{}", quoted(reason)));
        events.add(
            "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}}");
        events.add("[DONE]");
      }
      case ANTHROPIC -> {
        events.add("{\"type\":\"content_block_stop\",\"index\":0}");
        events.add(
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                + quoted(reason)
                + "},\"usage\":{\"output_tokens\":7}}");
        events.add("{\"type\":\"message_stop\"}");
      }
      case GEMINI ->
          events.add(
              gemini(
                  "{\"text\":\"\"}",
                  ",\"finishReason\":"
                      + quoted(reason)
                      + "}],\"usageMetadata\":{\"promptTokenCount\":11,\"candidatesTokenCount\":4,\"thoughtsTokenCount\":3,\"totalTokenCount\":18"));
      case OLLAMA ->
          events.add(
              ollama(
                  "\"content\":\"\"",
                  "\"done\":true,\"done_reason\":"
                      + quoted(reason)
                      + ",\"prompt_eval_count\":11,\"eval_count\":7"));
    }
    return sent(provider, events);
  }

  /** An answer that thinks first. */
  static String thinking(Provider provider, String thought, String text) {
    String start =
        switch (provider) {
          case OPENAI ->
              sent(
                  provider,
                  List.of(openai("{\"reasoning_content\":" + quoted(thought) + "}", "null")));
          case ANTHROPIC ->
              sent(
                  provider,
                  List.of(
                      "{\"type\":\"content_block_start\",\"index\":5,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}",
                      "{\"type\":\"content_block_delta\",\"index\":5,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":"
                          + quoted(thought)
                          + "}}",
                      "{\"type\":\"content_block_stop\",\"index\":5}"));
          case GEMINI ->
              sent(
                  provider,
                  List.of(gemini("{\"thought\":true,\"text\":" + quoted(thought) + "}", "")));
          case OLLAMA ->
              sent(
                  provider,
                  List.of(
                      ollama(
                          "\"content\":\"\",\"thinking\":" + quoted(thought), "\"done\":false")));
        };
    return start + whole(provider, text);
  }

  /** One tool call, whose arguments come in two parts where the provider sends parts. */
  static String lookup(Provider provider, String tool, String arguments) {
    int half = arguments.length() / 2;
    String first = quoted(arguments.substring(0, half));
    String second = quoted(arguments.substring(half));
    return switch (provider) {
      case OPENAI ->
          sent(
                  provider,
                  List.of(
                      openai(
                          "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":"
                              + quoted(tool)
                              + ",\"arguments\":\"\"}}]}",
                          "null"),
                      openai(
                          "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                              + first
                              + "}}]}",
                          "null"),
                      openai(
                          "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":"
                              + second
                              + "}}]}",
                          "null")))
              + end(provider, "tool_calls");
      case ANTHROPIC ->
          sent(
                  provider,
                  List.of(
                      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}",
                      "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":"
                          + quoted(tool)
                          + ",\"input\":{}}}",
                      "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                          + first
                          + "}}",
                      "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                          + second
                          + "}}"))
              + end(provider, "tool_use");
      case GEMINI ->
          sent(
                  provider,
                  List.of(
                      gemini(
                          "{\"functionCall\":{\"name\":"
                              + quoted(tool)
                              + ",\"args\":"
                              + arguments
                              + "},\"thoughtSignature\":\"c2ln\"}",
                          "")))
              + end(provider, "STOP");
      case OLLAMA ->
          sent(
                  provider,
                  List.of(
                      ollama(
                          "\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":"
                              + quoted(tool)
                              + ",\"arguments\":"
                              + arguments
                              + "}}]",
                          "\"done\":false")))
              + end(provider, "stop");
    };
  }

  /** The model, or a filter, would not. */
  static String refusal(Provider provider) {
    return switch (provider) {
      case OPENAI ->
          sent(
                  provider,
                  List.of(
                      openai("{\"refusal\":\"I can't help with \"}", "null"),
                      openai("{\"refusal\":\"that.\"}", "null")))
              + end(provider, "stop");
      case ANTHROPIC -> answer(provider, List.of("I can't help with that."), "refusal");
      case GEMINI ->
          sent(provider, List.of("{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}"));
      case OLLAMA -> answer(provider, List.of("no"), "content_filter");
    };
  }

  /** A refusal of the whole request. */
  static String error(Provider provider, String words) {
    return switch (provider) {
      case OPENAI ->
          "{\"error\":{\"message\":"
              + quoted(words)
              + ",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"x\"}}";
      case ANTHROPIC ->
          "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":"
              + quoted(words)
              + "}}";
      case GEMINI ->
          "[{\"error\":{\"code\":400,\"message\":"
              + quoted(words)
              + ",\"status\":\"INVALID_ARGUMENT\"}}]";
      case OLLAMA -> "{\"error\":" + quoted(words) + "}";
    };
  }

  private static String openai(String delta, String reason) {
    return "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + reason
        + "}]}";
  }

  /** {@code more} may close the candidate, and goes on after it. */
  private static String gemini(String part, String more) {
    String candidate =
        "{\"candidates\":[{\"content\":{\"parts\":[" + part + "],\"role\":\"model\"},\"index\":0";
    return more.isEmpty() ? candidate + "}]}" : candidate + more + "}}";
  }

  private static String ollama(String message, String more) {
    return "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\","
        + message
        + "},"
        + more
        + "}";
  }

  /** Events as they go over the wire, with the line ends and comments that servers use. */
  static String sent(Provider provider, List<String> events) {
    StringBuilder text = new StringBuilder();
    for (String event : events) {
      switch (provider) {
        case OPENAI -> text.append("data: ").append(event).append("\n\n: keep-alive\n\n");
        case ANTHROPIC ->
            text.append("event: ")
                .append(JSON.readTree(event).path("type").asString("x"))
                .append("\ndata: ")
                .append(event)
                .append("\n\n");
        case GEMINI -> text.append("data: ").append(event).append("\r\n\r\n");
        case OLLAMA -> text.append(event).append('\n');
      }
    }
    return text.toString();
  }

  static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  static String header(Provider provider) {
    return switch (provider) {
      case OPENAI, OLLAMA -> "authorization";
      case ANTHROPIC -> "x-api-key";
      case GEMINI -> "x-goog-api-key";
    };
  }

  static String word(Provider provider) {
    return provider.name().toLowerCase(Locale.ROOT);
  }
}
