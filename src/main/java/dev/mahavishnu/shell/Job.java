package dev.mahavishnu.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is being done, on a thread of its own: the prompt waits for it until it is done,
 * or until it shows a run.
 */
final class Job {
  private static final ThreadLocal<@Nullable Job> CURRENT = new ThreadLocal<>();

  private final Thread thread;
  private final Runnable ended;
  private final Deque<Runnable> interrupts = new ArrayDeque<>();
  private @Nullable RunWatch watch;
  private @Nullable Job shown;
  private boolean watched;
  private boolean aside;
  private boolean over;
  private boolean released;
  private boolean pressed;
  private int exitCode;

  private Job(IntSupplier work, Runnable ended) {
    this.ended = ended;
    this.thread = Thread.ofPlatform().daemon().name("statement").unstarted(() -> run(work));
  }

  /**
   * Starts one.
   *
   * @param ended called when it is over, on its own thread
   */
  static Job start(IntSupplier work, Runnable ended) {
    Job job = new Job(work, ended);
    job.thread.start();
    return job;
  }

  /** The job that this thread does. */
  static @Nullable Job current() {
    return CURRENT.get();
  }

  private void run(IntSupplier work) {
    CURRENT.set(this);
    int code = Exit.FAILED;
    try {
      code = work.getAsInt();
    } finally {
      synchronized (this) {
        exitCode = code;
        over = true;
        notifyAll();
      }
      ended.run();
    }
  }

  /** Waits until the prompt may come back. */
  synchronized void awaitPrompt() {
    await(() -> over || watched || released);
  }

  /** Waits until the job is over, or left behind. */
  synchronized void awaitEnd() {
    released = false;
    await(() -> over || released);
  }

  private void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      try {
        wait();
      } catch (InterruptedException _) {
        // Meant for a line that is no longer read.
      }
    }
  }

  /** Leaves it behind: nobody waits for it any more. */
  synchronized void release() {
    released = true;
    notifyAll();
  }

  synchronized boolean isOver() {
    return over;
  }

  /** The run that it shows now, or would show if that was not hidden. */
  synchronized Optional<RunWatch> watch() {
    return over ? Optional.empty() : Optional.ofNullable(watch);
  }

  /** Whether it goes on where nobody sees it. */
  boolean isAside() {
    return watch().filter(RunWatch::isHidden).isPresent();
  }

  synchronized int exitCode() {
    return exitCode;
  }

  synchronized void beginWatch(RunWatch begun) {
    watch = begun;
    watched = true;
    if (aside) {
      begun.hide(true);
      aside = false;
    }
    notifyAll();
  }

  synchronized void endWatch() {
    watch = null;
  }

  /** The next run that it shows is hidden from its beginning on. */
  synchronized void goAside() {
    aside = true;
  }

  /**
   * This job has brought another one to the screen: whatever a key means from now on, means that.
   */
  void handOn(Job to) {
    boolean now;
    synchronized (this) {
      shown = to;
      now = pressed;
      pressed = false;
    }
    if (now) {
      boolean _ = to.interrupt();
    }
  }

  /** The job that Ctrl-C and Ctrl-Z mean while this one is waited for. */
  Job meant() {
    Job other;
    synchronized (this) {
      other = shown;
    }
    return other == null ? this : other.meant();
  }

  /** What Ctrl-C means from now on; one that came before is not forgotten. */
  Surface.Hold onInterrupt(Runnable first) {
    boolean now;
    synchronized (this) {
      interrupts.push(first);
      now = pressed;
      pressed = false;
    }
    if (now) {
      Thread.ofVirtual().start(first);
    }
    return () -> {
      synchronized (this) {
        interrupts.remove(first);
      }
    };
  }

  /**
   * Ctrl-C, for the job that is meant. One that does not listen for it now is told as soon as it
   * does. Its thread is never interrupted: that would close the files that it is just reading.
   *
   * @return false when it was told before, and heard nothing
   */
  boolean interrupt() {
    Runnable first;
    Job other;
    boolean again;
    synchronized (this) {
      other = shown;
      first = other == null ? interrupts.peek() : null;
      again = pressed;
      pressed = other == null && first == null;
    }
    if (other != null) {
      return other.interrupt();
    }
    if (first != null) {
      Thread.ofVirtual().start(first);
    }
    return first != null || !again;
  }
}
