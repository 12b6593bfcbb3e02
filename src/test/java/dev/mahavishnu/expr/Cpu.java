package dev.mahavishnu.expr;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/** Time that this thread itself used, which a busy machine does not stretch. */
final class Cpu {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Cpu() {}

  static Duration of(Executable work) throws Throwable {
    long start = THREADS.getCurrentThreadCpuTime();
    work.execute();
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
  }
}
