package dev.mahavishnu.llm.provider;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;

/** LangChain4j's models, each for one exchange. */
final class Models {
  private Models() {}

  static StreamingChatModel of(ModelSettings settings, Wire wire) {
    return switch (settings.provider()) {
      case OPENAI -> openai(settings, wire);
      case ANTHROPIC -> anthropic(settings, wire);
      case GEMINI -> gemini(settings, wire);
      case OLLAMA -> ollama(settings, wire);
    };
  }

  private static StreamingChatModel openai(ModelSettings settings, Wire wire) {
    OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(Urls.plain(settings.url()))
            .modelName(settings.model())
            .timeout(settings.timeout())
            .strictJsonSchema(true)
            .returnThinking(true);
    settings.apiKey().ifPresent(builder::apiKey);
    settings.temperature().ifPresent(builder::temperature);
    // OpenAI's newer models know only the new name of the limit, other servers often only the old
    return isOwn(settings.url())
        ? builder.maxCompletionTokens(settings.maxOutputTokens()).build()
        : builder.maxTokens(settings.maxOutputTokens()).build();
  }

  private static boolean isOwn(URI url) {
    return String.valueOf(url.getHost()).endsWith(".openai.com");
  }

  private static StreamingChatModel anthropic(ModelSettings settings, Wire wire) {
    AnthropicStreamingChatModel.AnthropicStreamingChatModelBuilder builder =
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(Urls.plain(settings.url()))
            .apiKey(settings.apiKey().orElse("none"))
            .modelName(settings.model())
            .maxTokens(settings.maxOutputTokens())
            .timeout(settings.timeout())
            .returnThinking(true)
            .sendThinking(true);
    settings.temperature().ifPresent(builder::temperature);
    return builder.build();
  }

  private static StreamingChatModel gemini(ModelSettings settings, Wire wire) {
    GoogleAiGeminiStreamingChatModel.GoogleAiGeminiStreamingChatModelBuilder builder =
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(Urls.plain(settings.url()))
            .apiKey(settings.apiKey().orElse("none"))
            .modelName(settings.model())
            .maxOutputTokens(settings.maxOutputTokens())
            .timeout(settings.timeout())
            .returnThinking(true)
            .sendThinking(true);
    settings.temperature().ifPresent(builder::temperature);
    if (thinks(settings.model())) {
      builder.thinkingConfig(GeminiThinkingConfig.builder().includeThoughts(true).build());
    }
    return builder.build();
  }

  /** Older ones refuse to be asked for thoughts. */
  private static boolean thinks(String model) {
    return model.startsWith("gemini-")
        && !model.startsWith("gemini-1")
        && !model.startsWith("gemini-2.0");
  }

  private static StreamingChatModel ollama(ModelSettings settings, Wire wire) {
    OllamaStreamingChatModel.OllamaStreamingChatModelBuilder builder =
        OllamaStreamingChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(Urls.plain(settings.url()))
            .modelName(settings.model())
            .numPredict(settings.maxOutputTokens())
            .timeout(settings.timeout())
            .returnThinking(true);
    settings.temperature().ifPresent(builder::temperature);
    settings
        .apiKey()
        .ifPresent(
            key -> builder.customHeaders(java.util.Map.of("Authorization", "Bearer " + key)));
    return builder.build();
  }
}
