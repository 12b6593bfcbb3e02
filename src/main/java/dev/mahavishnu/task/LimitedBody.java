package dev.mahavishnu.task;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Receives a body up to a limit, and then hangs up. Its caller calls it in order, as Java says. */
final class LimitedBody implements HttpResponse.BodySubscriber<LimitedBody.Received> {
  private final long limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Received> received = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /** What was received, and whether nothing of it is missing. */
  static final class Received {
    private final byte[] bytes;
    private final boolean whole;

    Received(byte[] bytes, boolean whole) {
      this.bytes = bytes;
      this.whole = whole;
    }

    byte[] bytes() {
      return bytes;
    }

    boolean whole() {
      return whole;
    }
  }

  LimitedBody(long limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Received> getBody() {
    return received;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (subscription == null) {
      subscription = given;
      given.request(1);
    } else {
      given.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    Flow.Subscription from = Objects.requireNonNull(subscription);
    for (ByteBuffer buffer : buffers) {
      long room = limit - bytes.size();
      byte[] part = new byte[(int) Math.min(room, buffer.remaining())];
      buffer.get(part);
      bytes.writeBytes(part);
      if (buffer.hasRemaining()) {
        from.cancel();
        received.complete(new Received(bytes.toByteArray(), false));
        return;
      }
    }
    from.request(1);
  }

  @Override
  public void onError(Throwable failure) {
    received.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    received.complete(new Received(bytes.toByteArray(), true));
  }
}
