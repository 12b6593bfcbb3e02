package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Waits for a model and shows what it does; Ctrl-C ends that, whether the model hears it or not.
 */
final class Attention {
  /** For what was asked to stop to say so itself. */
  private static final long GRACE_MS = 50;

  private final Workplace place;
  private final Noted stage;
  private final Spending spending;

  Attention(Workplace place, Noted stage, Spending spending) {
    this.place = place;
    this.stage = stage;
    this.spending = spending;
  }

  /**
   * Does something that asks a model.
   *
   * @param model its name
   * @return what came of it; empty where the person stopped it, and it may still go on unseen
   */
  <T> Optional<T> give(String model, Function<Progress, T> work) {
    stage.note().asks(model);
    return watch(model, work);
  }

  /** Does something that takes time but asks no model. */
  <T> Optional<T> watch(String model, Function<Progress, T> work) {
    Noted.Note note = stage.note();
    CompletableFuture<T> result = new CompletableFuture<>();
    try (Live live = stage.live(model);
        Heard heard = new Heard(live, model, note);
        Surface.Hold _ = place.onInterrupt(heard::stop)) {
      // Not this thread: it must come back at once when somebody presses Ctrl-C.
      Thread.ofPlatform().daemon().name("model").start(() -> perform(work, heard, result));
      CompletableFuture.anyOf(result, heard.left).join();
      return result.isDone() ? Optional.of(result.join()) : Optional.empty();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error error -> throw error;
        case null, default -> throw e;
      }
    }
  }

  private static <T> void perform(
      Function<Progress, T> work, Progress heard, CompletableFuture<T> result) {
    try {
      result.complete(work.apply(heard));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /** What is heard of it, until nobody listens any more. */
  private final class Heard implements Progress, AutoCloseable {
    private final Live live;
    private final String model;
    private final Noted.Note note;
    private final List<Runnable> stops = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> left = new CompletableFuture<>();
    private boolean stopped;
    private volatile boolean over;

    Heard(Live live, String model, Noted.Note note) {
      this.live = live;
      this.model = model;
      this.note = note;
    }

    private void stop() {
      synchronized (this) {
        if (stopped) {
          return;
        }
        stopped = true;
      }
      left.completeOnTimeout(true, GRACE_MS, TimeUnit.MILLISECONDS);
      stops.forEach(Thread.ofVirtual()::start);
    }

    @Override
    public Hold onStop(Runnable stop) {
      boolean now;
      synchronized (this) {
        stops.add(stop);
        now = stopped;
      }
      if (now) {
        stop.run();
      }
      return () -> stops.remove(stop);
    }

    @Override
    public void says(String more) {
      if (!over) {
        live.says(more);
      }
    }

    @Override
    public void thinks(String more) {
      if (!over) {
        live.thinks(more);
      }
    }

    @Override
    public void outlines(List<String> tasks) {
      if (!over) {
        live.outlines(tasks);
      }
    }

    @Override
    public void notes(String line) {
      if (!over) {
        live.notes(line);
      }
    }

    /** What was used up is counted even when nobody waits for it. */
    @Override
    public void costs(Usage usage) {
      spending.add(model, usage);
      if (!over) {
        note.costs(usage);
        live.costs(usage);
      }
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
