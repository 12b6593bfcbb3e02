package dev.mahavishnu.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** The signals INT and TERM of this process. */
final class SignalInterrupts implements Interrupts {
  @Override
  public Registration onInterrupt(Runnable first) {
    AtomicBoolean interrupted = new AtomicBoolean();
    Runnable handler =
        () -> {
          if (interrupted.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
          }
          // Not on the signal's own thread, which must stay free for the next signal.
          Thread.ofPlatform().daemon().name("interrupt").start(first);
        };
    Object oldInt = Signals.register("INT", handler);
    Object oldTerm = Signals.register("TERM", handler);
    return () -> {
      Signals.unregister("INT", oldInt);
      Signals.unregister("TERM", oldTerm);
    };
  }

  @Override
  public Registration onTerminate(Runnable first) {
    AtomicBoolean terminated = new AtomicBoolean();
    Runnable handler =
        () -> {
          if (!terminated.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("terminate").start(first);
          }
        };
    Object old = Signals.register("TERM", handler);
    return () -> Signals.unregister("TERM", old);
  }
}
