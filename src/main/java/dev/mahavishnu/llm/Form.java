package dev.mahavishnu.llm;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In what form a call is sent.
 *
 * @param schema whether the schema goes as one, to be enforced by the server; else in words
 * @param tools whether tools are offered
 */
record Form(boolean schema, boolean tools) {

  /** What a server was found not to take; remembered for the session. */
  static final class Limits {
    private volatile boolean schemas = true;
    private volatile boolean schemasWithTools;
    private volatile boolean tools = true;

    Limits(ModelSettings settings) {
      Provider provider = settings.provider();
      // Ollama's models that are held to a format look nothing up; Gemini refuses both at once,
      // but for its newest
      this.schemasWithTools = provider == Provider.OPENAI || provider == Provider.ANTHROPIC;
    }

    /** The best form for a call. */
    Form of(Call call) {
      boolean offered = tools && !call.tools().isEmpty();
      boolean enforced =
          schemas && call.schema().isPresent() && (schemasWithTools || call.tools().isEmpty());
      return new Form(enforced, offered);
    }

    /**
     * Learns from a refusal.
     *
     * @param refusal body of a refusal of a request in this form
     * @return what the server does not take, so that another form is to be tried; empty: that was
     *     not why
     */
    Optional<String> learn(Form form, String refusal) {
      String words = refusal.toLowerCase(Locale.ROOT);
      if (form.tools()
          && words.contains("tool")
          && (words.contains("not support") || words.contains("unsupported"))
          && !words.contains("schema")) {
        tools = false;
        return Optional.of("lookups");
      }
      boolean aboutSchema =
          Stream.of(
                  "response_format",
                  "response format",
                  "responsejsonschema",
                  "response_json_schema",
                  "response mime type",
                  "responsemimetype",
                  "output_config",
                  "output_format",
                  "output format",
                  "structured output",
                  "json_schema",
                  "schema",
                  "grammar")
              .anyMatch(words::contains);
      if (!form.schema() || !aboutSchema) {
        return Optional.empty();
      }
      if (form.tools()) {
        schemasWithTools = false;
        return Optional.of("a schema and lookups at once");
      }
      schemas = false;
      return Optional.of("a schema");
    }
  }
}
