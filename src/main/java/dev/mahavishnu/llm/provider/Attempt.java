package dev.mahavishnu.llm.provider;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One try of a call: in a thread of its own, that is given up when it is stopped or too silent. */
final class Attempt {
  /** How it ended for who waited. */
  enum Ending {
    DONE,
    STOPPED,
    SILENT
  }

  private final Exchange exchange;
  private final Signs signs;
  private final Watch watch;
  private volatile @Nullable ChatResponse response;
  private volatile @Nullable Throwable error;
  private volatile boolean spoke;
  private volatile boolean events;

  Attempt(Provider provider, Watch watch, LongSupplier ticks) {
    this.exchange = new Exchange(ticks);
    this.signs = new Signs(provider);
    this.watch = watch;
  }

  /**
   * Makes the call and waits for its end. Even to build the request takes a while the first time,
   * when all of LangChain4j is loaded, so that is done in the other thread too.
   *
   * @param silence the longest time without a byte
   */
  Ending run(
      Supplier<HttpClient> http,
      Outgoing outgoing,
      ModelSettings settings,
      Supplier<ChatRequest> request,
      Duration silence)
      throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .name("llm")
            .start(
                () -> {
                  try {
                    Wire wire = new Wire(http.get(), outgoing, exchange, this::event);
                    StreamingChatModel model = Models.of(settings, wire);
                    model.chat(request.get(), new Heard());
                  } catch (RuntimeException | Error broken) {
                    // or the end of a thread would look like an answer that is none
                    error = broken;
                  } finally {
                    done.complete(null);
                  }
                });
    try {
      return await(done, silence);
    } finally {
      // ends the wait for the server wherever it is, and closes the connection
      thread.interrupt();
    }
  }

  private Ending await(CompletableFuture<Void> done, Duration silence) throws InterruptedException {
    CompletableFuture<Object> either = CompletableFuture.anyOf(done, watch.stopped());
    while (true) {
      long left = silence.toNanos() - exchange.silence();
      if (left <= 0) {
        return Ending.SILENT;
      }
      try {
        either.get(left, TimeUnit.NANOSECONDS);
        return watch.stopped().isDone() ? Ending.STOPPED : Ending.DONE;
      } catch (TimeoutException _) {
        // unless something came in between
      } catch (ExecutionException never) {
        throw new IllegalStateException(never);
      }
    }
  }

  private void event(String data) {
    events = true;
    signs.event(data);
    String thought = signs.thought();
    if (!thought.isEmpty()) {
      watch.thinks(thought);
    }
  }

  /** Whether an answer came to its end, so that the provider's numbers are of the whole. */
  boolean complete() {
    return signs.end() != Signs.End.MISSING;
  }

  /** Whether what came had the form of an answer at all, whatever was in it. */
  boolean heardEvents() {
    return events;
  }

  /** Whether any word of an answer came. */
  boolean spoke() {
    return spoke;
  }

  Exchange exchange() {
    return exchange;
  }

  Signs signs() {
    return signs;
  }

  Optional<ChatResponse> response() {
    return Optional.ofNullable(response);
  }

  /** Whether a part of the answer was lost on the way. */
  boolean hasHole() {
    return exchange.stumbled() || error != null;
  }

  /** What LangChain4j stumbled over. */
  Optional<Throwable> error() {
    return Optional.ofNullable(error);
  }

  private final class Heard implements StreamingChatResponseHandler {
    @Override
    public void onPartialResponse(String more) {
      spoke = true;
      watch.says(more);
    }

    @Override
    public void onPartialThinking(PartialThinking more) {
      watch.thinks(more.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse complete) {
      response = complete;
    }

    @Override
    public void onError(Throwable broken) {
      error = broken;
    }
  }
}
