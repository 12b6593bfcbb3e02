package dev.mahavishnu.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A call that came over the wire. */
final class Asked implements Call {
  private final McpAsyncServerExchange client;
  private final ObjectNode arguments;
  private final Optional<Object> token;
  private final List<Runnable> stops = new ArrayList<>();
  private boolean cancelled;

  /**
   * @param token names the call to a client that wants to know how far it is
   */
  Asked(McpAsyncServerExchange client, ObjectNode arguments, Optional<Object> token) {
    this.client = client;
    this.arguments = arguments;
    this.token = token;
  }

  @Override
  public ObjectNode arguments() {
    return arguments;
  }

  @Override
  public void progress(double done, double total, String message) {
    token.ifPresent(
        t ->
            client
                .progressNotification(
                    McpSchema.ProgressNotification.builder(t, done)
                        .total(total)
                        .message(message)
                        .build())
                .onErrorComplete()
                .subscribe());
  }

  @Override
  public void onCancel(Runnable stop) {
    synchronized (this) {
      if (!cancelled) {
        stops.add(stop);
        return;
      }
    }
    stop.run();
  }

  /** The client does not want it any more. */
  void cancel() {
    List<Runnable> all;
    synchronized (this) {
      cancelled = true;
      all = List.copyOf(stops);
      stops.clear();
    }
    all.forEach(Runnable::run);
  }
}
