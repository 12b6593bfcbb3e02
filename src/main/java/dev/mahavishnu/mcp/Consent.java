package dev.mahavishnu.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has to agree before a tool does something. Nothing is allowed that nobody allowed: a person
 * beforehand, or a person who is asked now.
 */
final class Consent {
  private static final Logger LOG = LoggerFactory.getLogger(Consent.class);

  /** How long a person may think. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A form without fields: a yes is all that is asked for. */
  private static final Map<String, Object> YES = Map.of("type", "object", "properties", Map.of());

  private final Host host;

  Consent(Host host) {
    this.host = host;
  }

  /** Why the tool must not do it; empty where it may. */
  Optional<String> refusal(Tool tool, Call call, McpAsyncServerExchange client) {
    if (tool.permission().filter(p -> !host.grants().cover(p)).isEmpty()) {
      return Optional.empty();
    }
    Permission needed = tool.permission().get();
    // Also where nobody can be asked: what can't be done is said before who would have to agree.
    String question = Masking.text(host.redact().get(), tool.question().of(call.arguments()));
    return canAsk(client) ? ask(question, needed, call, client) : Optional.of(denied(needed));
  }

  private static boolean canAsk(McpAsyncServerExchange client) {
    return Optional.ofNullable(client.getClientCapabilities())
        .map(McpSchema.ClientCapabilities::elicitation)
        .filter(e -> e.form() != null || e.url() == null)
        .isPresent();
  }

  private static Optional<String> ask(
      String question, Permission needed, Call call, McpAsyncServerExchange client) {
    CompletableFuture<McpSchema.ElicitResult> answer =
        client
            .createElicitation(McpSchema.ElicitFormRequest.builder(question, YES).build())
            .toFuture();
    call.onCancel(() -> answer.cancel(false));
    try {
      McpSchema.ElicitResult said = answer.join();
      return said.action() == McpSchema.ElicitResult.Action.ACCEPT
          ? Optional.empty()
          : Optional.of("not done: the person who was asked said no");
    } catch (CompletionException | CancellationException e) {
      LOG.info("no answer to a question: {}", e.toString());
      return Optional.of("not done: the person who was asked did not answer. " + how(needed));
    }
  }

  private static String denied(Permission needed) {
    return "not allowed: this needs a person's yes, and this client can't ask for it (it has no"
        + " elicitation). "
        + how(needed);
  }

  private static String how(Permission needed) {
    return "A person can allow it for all calls by starting the server with `mahavishnu mcp serve"
        + " --allow "
        + needed.word()
        + "`"
        + (needed.personal() ? "" : " (or `--yes`)")
        + ", or do it themselves in Mahavishnu.";
  }
}
