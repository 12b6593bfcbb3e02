package dev.mahavishnu.llm.provider;

import dev.mahavishnu.llm.Call;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * In what form a call is sent.
 *
 * @param schema how the server is told of the schema
 * @param tools whether tools are offered
 */
record Form(Schema schema, boolean tools) {
  /** How a server is told of a schema. */
  enum Schema {
    /** Not as one: in words, if there is one. */
    WORDS,
    /** To be enforced, without bounds of texts, lists and numbers. */
    SHAPE,
    /** To be enforced as it is. */
    WHOLE
  }

  /** What a server was found not to take; remembered for the session. */
  static final class Limits {
    private static final List<String> ABOUT_SCHEMAS =
        List.of(
            "schema",
            "grammar",
            "response_format",
            "response format",
            "response mime type",
            "response_mime_type",
            "responsemimetype",
            "output_config",
            "output_format",
            "output format",
            "structured output");

    private Schema best;
    private boolean withTools;
    private boolean tools = true;

    Limits(Provider provider) {
      // Anthropic refuses bounds
      this.best = provider == Provider.ANTHROPIC ? Schema.SHAPE : Schema.WHOLE;
      // Ollama's models that are held to a format look nothing up; Gemini refuses both at once,
      // but for its newest
      this.withTools = provider == Provider.OPENAI || provider == Provider.ANTHROPIC;
    }

    /** The best form for a call. */
    synchronized Form of(Call call) {
      boolean enforced = call.schema().isPresent() && (withTools || call.tools().isEmpty());
      return new Form(enforced ? best : Schema.WORDS, tools && !call.tools().isEmpty());
    }

    /**
     * Learns from a refusal.
     *
     * @param refusal body of a refusal of a request in this form
     * @return what the server does not take, so that another form is to be tried; empty: that was
     *     not why
     */
    synchronized Optional<String> learn(Form form, String refusal) {
      String words = refusal.toLowerCase(Locale.ROOT);
      boolean aboutTools = form.tools() && (words.contains("tool") || words.contains("function"));
      boolean aboutSchema =
          form.schema() != Schema.WORDS && ABOUT_SCHEMAS.stream().anyMatch(words::contains);
      if (aboutSchema && aboutTools) {
        withTools = false;
        return Optional.of("a schema and lookups at once");
      }
      if (aboutSchema) {
        return Optional.of(lower(form));
      }
      if (aboutTools && (words.contains("not support") || words.contains("unsupported"))) {
        tools = false;
        return Optional.of("lookups");
      }
      return Optional.empty();
    }

    private String lower(Form form) {
      if (form.schema() == Schema.WHOLE) {
        best = best == Schema.WHOLE ? Schema.SHAPE : best;
        return "bounds in a schema";
      }
      if (form.tools()) {
        withTools = false;
        return "a schema and lookups at once";
      }
      best = Schema.WORDS;
      return "a schema";
    }
  }
}
