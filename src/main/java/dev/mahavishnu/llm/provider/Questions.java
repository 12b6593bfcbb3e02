package dev.mahavishnu.llm.provider;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Call.Lookup;
import dev.mahavishnu.llm.Call.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls in LangChain4j's words. */
final class Questions {
  /** Conversations of more lookups are not remembered; they go on without what was thought. */
  private static final int MOST_REMEMBERED = 64;

  /**
   * What models said when they looked something up: some providers want their signed thoughts back,
   * which our own messages do not keep.
   */
  private final Map<List<Lookup>, AiMessage> said =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Lookup>, AiMessage> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** Keeps what a model said with these lookups. */
  synchronized void remember(List<Lookup> lookups, AiMessage message) {
    said.put(lookups, message);
  }

  /** The request for a call in this form. */
  ChatRequest of(Call call, Form form) {
    List<ChatMessage> messages = new ArrayList<>();
    boolean inWords = call.schema().isPresent() && form.schema() == Form.Schema.WORDS;
    int tail = inWords ? lastUser(call) : -1;
    for (int i = 0; i < call.messages().size(); i++) {
      messages.add(message(call.messages().get(i), i == tail ? inWords(call) : "", form));
    }
    if (inWords && tail < 0) {
      messages.add(UserMessage.from(inWords(call).strip()));
    }
    ChatRequest.Builder request = ChatRequest.builder().messages(messages);
    if (form.tools()) {
      request.toolSpecifications(call.tools().stream().map(Questions::tool).toList());
    }
    call.schema()
        .filter(_ -> !inWords)
        .map(schema -> form.schema() == Form.Schema.WHOLE ? schema : SchemaShape.of(schema))
        .ifPresent(schema -> request.responseFormat(format(schema)));
    return request.build();
  }

  private static int lastUser(Call call) {
    int last = -1;
    for (int i = 0; i < call.messages().size(); i++) {
      if (call.messages().get(i) instanceof Call.User) {
        last = i;
      }
    }
    return last;
  }

  /** A schema for servers that can't enforce one. */
  private static String inWords(Call call) {
    return call.schema()
        .map(
            schema ->
                "\n\nAnswer with one JSON object that follows this JSON Schema, and with nothing"
                    + " before or after it:\n"
                    + schema)
        .orElse("");
  }

  private ChatMessage message(Message message, String tail, Form form) {
    return switch (message) {
      case Call.Instructions instructions -> SystemMessage.from(instructions.text());
      case Call.User user -> UserMessage.from(full(user.text()) + tail);
      case Call.Model model ->
          form.tools() || model.lookups().isEmpty()
              ? model(model)
              : AiMessage.from(full(model.text()));
      case Call.Found found ->
          form.tools()
              ? ToolExecutionResultMessage.from(
                  found.lookup().id(), found.lookup().tool(), full(found.text()))
              : UserMessage.from(found.lookup().tool() + ":\n" + found.text());
    };
  }

  /** LangChain4j takes no empty message. */
  private static String full(String text) {
    return text.isBlank() ? "(nothing)" : text;
  }

  private synchronized AiMessage model(Call.Model model) {
    AiMessage before = model.lookups().isEmpty() ? null : said.get(model.lookups());
    if (before != null) {
      return before;
    }
    AiMessage.Builder builder =
        AiMessage.builder()
            .toolExecutionRequests(model.lookups().stream().map(Questions::request).toList());
    return model.text().isBlank() && !model.lookups().isEmpty()
        ? builder.build()
        : builder.text(full(model.text())).build();
  }

  private static ToolExecutionRequest request(Lookup lookup) {
    return ToolExecutionRequest.builder()
        .id(lookup.id())
        .name(lookup.tool())
        .arguments(lookup.arguments().toString())
        .build();
  }

  private static ResponseFormat format(ObjectNode schema) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name("answer")
                .rootElement(JsonRawSchema.from(schema.toString()))
                .build())
        .build();
  }

  private static ToolSpecification tool(Call.Tool tool) {
    JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
    for (Map.Entry<String, JsonNode> property : tool.parameters().path("properties").properties()) {
      property(parameters, property.getKey(), property.getValue());
    }
    List<String> required = texts(tool.parameters().path("required"));
    if (!required.isEmpty()) {
      parameters.required(required);
    }
    return ToolSpecification.builder()
        .name(tool.name())
        .description(tool.description())
        .parameters(parameters.additionalProperties(false).build())
        .build();
  }

  private static void property(JsonObjectSchema.Builder to, String name, JsonNode schema) {
    String description = schema.path("description").asString("");
    List<String> values = texts(schema.path("enum"));
    switch (schema.path("type").asString("string")) {
      case "integer" -> to.addIntegerProperty(name, description);
      case "number" -> to.addNumberProperty(name, description);
      case "boolean" -> to.addBooleanProperty(name, description);
      default -> {
        if (values.isEmpty()) {
          to.addStringProperty(name, description);
        } else {
          to.addEnumProperty(name, values, description);
        }
      }
    }
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream()
        .flatMap(n -> n.isString() ? Stream.of(n.stringValue()) : Stream.of())
        .toList();
  }
}
