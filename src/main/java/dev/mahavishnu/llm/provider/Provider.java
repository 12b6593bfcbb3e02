package dev.mahavishnu.llm.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who runs the model. */
public enum Provider {
  /** OpenAI, and every server that speaks its chat completions. */
  OPENAI("https://api.openai.com/v1", "gpt-6-luna"),
  /** Anthropic. */
  ANTHROPIC("https://api.anthropic.com/v1", "claude-haiku-5-5"),
  /** Google's Gemini API. */
  GEMINI("https://generativelanguage.googleapis.com/v1beta", "gemini-3.5-flash-lite"),
  /** A server of Ollama, as a rule on this machine. */
  OLLAMA("http://localhost:11434", "llama3.2");

  private final URI url;
  private final String model;

  Provider(String url, String model) {
    this.url = URI.create(url);
    this.model = model;
  }

  /** The word for it in configuration: {@code openai}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where its own server is. */
  public URI url() {
    return url;
  }

  /** The model where none is named: the one that its provider has for much work at a low price. */
  public String model() {
    return model;
  }

  /** Names of the environment variables that may hold its key, the first one wins. */
  public List<String> keys() {
    return switch (this) {
      case OPENAI -> List.of("OPENAI_API_KEY");
      case ANTHROPIC -> List.of("ANTHROPIC_API_KEY");
      case GEMINI -> List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");
      case OLLAMA -> List.of();
    };
  }

  /** The provider with this word, in whatever case. */
  public static Optional<Provider> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equalsIgnoreCase(word)).findFirst();
  }
}
