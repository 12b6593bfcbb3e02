package dev.mahavishnu.store;

import java.util.concurrent.atomic.AtomicLong;

/** Names for temporary files that no other thread or process uses. */
final class Fresh {
  private static final long PROCESS = ProcessHandle.current().pid();
  private static final AtomicLong COUNT = new AtomicLong(System.nanoTime() & 0xffffff);

  private Fresh() {}

  static String name() {
    return Long.toString(PROCESS, 36) + "-" + Long.toString(COUNT.incrementAndGet(), 36);
  }
}
