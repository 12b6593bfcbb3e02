package dev.mahavishnu.llm.provider;

import dev.mahavishnu.plan.Progress;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for a call: hears of it until it is over, however long a thread that was given up goes
 * on talking, and may stop it.
 */
final class Watch {
  private final Progress progress;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private boolean over;
  private long saidCharacters;

  Watch(Progress progress) {
    this.progress = progress;
  }

  /** Stops the call. */
  void stop() {
    stopped.complete(null);
  }

  /** Done when the call is to stop. */
  CompletableFuture<Void> stopped() {
    return stopped;
  }

  /** Nothing is told any more. */
  synchronized void close() {
    over = true;
  }

  synchronized void says(String more) {
    if (!over) {
      saidCharacters += more.length();
      progress.says(more);
    }
  }

  synchronized void thinks(String more) {
    if (!over) {
      saidCharacters += more.length();
      progress.thinks(more);
    }
  }

  synchronized void notes(String line) {
    if (!over) {
      progress.notes(line);
    }
  }

  /** How many characters came, of text and thoughts. */
  synchronized long characters() {
    return saidCharacters;
  }
}
