package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Turn;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was said in this session: for the planner, and in the transcript. Where no transcript can be
 * written that is said once. Safe for several threads.
 */
final class Memory {
  /** What a script said before it asked a model; a pipe may go on for ever and ask none. */
  static final int MOST_WAITING = 200;

  private final Workplace place;
  private final boolean always;
  private final Consumer<String> warning;
  private final Turns turns = new Turns();
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private @Nullable Transcript transcript;
  private boolean refused;

  /**
   * @param always whether there is a transcript even if no model is asked
   * @param warning gets one line when nothing can be kept
   */
  Memory(Workplace place, boolean always, Consumer<String> warning) {
    this.place = place;
    this.always = always;
    this.warning = warning;
  }

  List<Turn> turns() {
    return turns.all();
  }

  /** The transcript of this session; empty where nothing was kept so far. */
  synchronized Optional<Transcript> transcript() {
    return Optional.ofNullable(transcript);
  }

  /** Goes on with a session. */
  synchronized void resume(Transcript earlier, List<Exchange> exchanges) {
    transcript = earlier;
    exchanges.forEach(this::remember);
  }

  private void remember(Exchange exchange) {
    exchange.turn().ifPresent(answer -> turns.add(exchange.said(), answer));
  }

  /** Keeps an exchange; it is on disk when this returns. */
  void add(Exchange exchange) {
    add(exchange, true);
  }

  /**
   * Keeps an exchange.
   *
   * @param now whether it is on disk when this returns, else with the next one
   */
  synchronized void add(Exchange exchange, boolean now) {
    remember(exchange);
    if (refused) {
      return;
    }
    waiting.add(exchange);
    if (!now) {
      return;
    }
    if (!always && transcript == null && exchange.model().isEmpty()) {
      if (waiting.size() > MOST_WAITING) {
        waiting.remove();
      }
      return;
    }
    try {
      if (transcript == null) {
        transcript =
            Transcript.begun(
                place.createState(), place.clock().instant(), place.random().nextInt());
      }
      for (Exchange next : waiting) {
        transcript.add(next, place.redactor());
      }
      waiting.clear();
    } catch (RuntimeException e) {
      refused = true;
      waiting.clear();
      warning.accept("the transcript is not kept (" + place.reason(e).lines().getFirst() + ")");
    }
  }
}
