package dev.mahavishnu.llm.provider;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Call.Lookup;
import dev.mahavishnu.llm.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Words a call for LangChain4j, and decides what an attempt is worth, and whether another is made.
 */
final class Judge {
  private static final JsonMapper JSON = new JsonMapper();

  private final ModelSettings settings;
  private final ProviderWords words;
  private final Patience patience;
  private final Form.Limits limits;
  private final Questions questions = new Questions();

  Judge(ModelSettings settings, ProviderWords words, Patience patience, Form.Limits limits) {
    this.settings = settings;
    this.words = words;
    this.patience = patience;
    this.limits = limits;
  }

  /** What is sent for a call. */
  ChatRequest request(Call call, Form form) {
    return questions.of(call, form);
  }

  /** What follows from an attempt. */
  sealed interface Verdict {
    /** This is the reply. */
    record Over(Reply reply) implements Verdict {}

    /** Another try, after a while. */
    record Again(Duration pause, String note) implements Verdict {}

    /** Another try at once, in another form. */
    record Differently(String note) implements Verdict {}
  }

  /**
   * @param silent whether it was given up because the server said nothing for too long
   * @param failures tries before that failed in a way that may pass
   */
  Verdict of(Attempt attempt, boolean silent, Form form, int failures) {
    return silent ? over(silent(attempt.exchange())) : done(attempt, form, failures);
  }

  private Reply silent(Exchange exchange) {
    String time = Patience.shown(settings.timeout());
    return exchange.begun()
        ? new Reply.Cut(words.who() + " fell silent for " + time + " in the middle of its answer")
        : failed(words.who() + " said nothing for " + time + ": try again, or raise llm.timeout");
  }

  private Verdict done(Attempt attempt, Form form, int failures) {
    Exchange exchange = attempt.exchange();
    if (exchange.refused()) {
      return refused(exchange, form, failures);
    }
    if (exchange.broken().isPresent()) {
      return broken(exchange, exchange.broken().get(), failures);
    }
    if (!attempt.signs().error().isEmpty()) {
      return erred(attempt, failures);
    }
    if (exchange.status() == 0 && attempt.error().isPresent()) {
      // LangChain4j would not send it
      return over(failed(words.clean(String.valueOf(attempt.error().get().getMessage()))));
    }
    return over(answered(attempt));
  }

  private Verdict refused(Exchange exchange, Form form, int failures) {
    int status = exchange.status();
    if (status == 400 || status == 422) {
      Optional<String> what = limits.learn(form, exchange.refusal());
      if (what.isPresent()) {
        return new Verdict.Differently(
            words.who() + " does not take " + what.get() + ": asking without");
      }
    }
    String line = words.refused(status, exchange.refusal());
    return Patience.passes(status) && !exchange.refusal().contains("insufficient_quota")
        ? later(line, patience.asked(exchange), failures)
        : over(failed(line));
  }

  private Verdict later(String line, Optional<Duration> asked, int failures) {
    if (asked.isPresent() && asked.get().compareTo(Patience.LONGEST) > 0) {
      return over(failed(line + "; try again in " + Patience.shown(asked.get())));
    }
    if (failures + 1 >= Patience.TRIES) {
      return over(failed(line + "; tried " + Patience.TRIES + " times"));
    }
    Duration wait = asked.orElseGet(() -> patience.after(failures + 1));
    return new Verdict.Again(
        wait,
        asked.isPresent()
            ? "the provider asks to wait " + Patience.shown(wait)
            : line + "; trying again in " + Patience.shown(wait));
  }

  private Verdict broken(Exchange exchange, Throwable why, int failures) {
    String line = words.broken(why);
    if (exchange.begun()) {
      return over(
          new Reply.Cut(words.who() + ": the connection broke in the middle of the answer"));
    }
    return ProviderWords.mayPass(why)
        ? later(line, Optional.empty(), failures)
        : over(failed(line));
  }

  /** An error where the rest of the answer was due; before its first word it may pass. */
  private Verdict erred(Attempt attempt, int failures) {
    String error = attempt.signs().error();
    String line = words.clean(words.who() + ": " + words.said(error));
    boolean passes =
        error.contains("overloaded")
            || error.contains("rate_limit")
            || error.contains("UNAVAILABLE");
    if (attempt.spoke()) {
      return over(new Reply.Cut(line));
    }
    return passes ? later(line, Optional.empty(), failures) : over(failed(line));
  }

  private Reply answered(Attempt attempt) {
    Signs signs = attempt.signs();
    return switch (signs.end()) {
      case REFUSED -> new Reply.Refused(refusal(attempt));
      case LENGTH ->
          new Reply.Cut(
              "the answer was cut at "
                  + settings.maxOutputTokens()
                  + " tokens: raise llm.max_output_tokens, or ask for less at once");
      case MISSING ->
          attempt.heardEvents()
              ? new Reply.Cut(words.who() + ": the answer has no end")
              : failed(words.who() + " sent nothing that is an answer: check llm.base_url");
      case OTHER -> new Reply.Cut(words.clean(words.who() + ": ended by " + signs.reason()));
      case WHOLE, LOOKUPS ->
          attempt
              .response()
              .filter(_ -> !attempt.hasHole())
              .map(this::read)
              .orElseGet(() -> new Reply.Cut(words.who() + ": the answer can't be read"));
    };
  }

  private String refusal(Attempt attempt) {
    String said = attempt.signs().refusal();
    String text =
        said.isBlank()
            ? attempt.response().map(r -> String.valueOf(r.aiMessage().text())).orElse("null")
            : said;
    boolean none = text.isBlank() || text.equals("null") || !text.contains(" ");
    return none
        ? words.clean(
            words.who() + " would not answer (" + (text.contains(" ") ? "" : reason(attempt)) + ")")
        : words.clean(text);
  }

  private static String reason(Attempt attempt) {
    Signs signs = attempt.signs();
    return signs.refusal().isBlank() ? signs.reason() : signs.refusal();
  }

  private Reply read(ChatResponse response) {
    AiMessage message = response.aiMessage();
    String text = message.text() == null ? "" : message.text();
    if (!message.hasToolExecutionRequests()) {
      return text.isBlank()
          ? new Reply.Cut(words.who() + ": the answer is empty")
          : new Reply.Whole(text);
    }
    List<Lookup> lookups = new ArrayList<>();
    for (ToolExecutionRequest request : message.toolExecutionRequests()) {
      Optional<ObjectNode> arguments = arguments(request);
      if (arguments.isEmpty()) {
        return new Reply.Cut(
            words.clean("the model asked for " + request.name() + " in a way that can't be read"));
      }
      String id = request.id() == null ? "" : request.id();
      lookups.add(new Lookup(id, request.name(), arguments.get()));
    }
    questions.remember(List.copyOf(lookups), message);
    return new Reply.Lookups(text, lookups);
  }

  private static Optional<ObjectNode> arguments(ToolExecutionRequest request) {
    String text = request.arguments();
    if (text == null || text.isBlank()) {
      return Optional.of(JSON.createObjectNode());
    }
    try {
      JsonNode node = JSON.readTree(text);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Verdict over(Reply reply) {
    return new Verdict.Over(reply);
  }

  private static Reply failed(String line) {
    return new Reply.Failed(line);
  }
}
