package dev.mahavishnu.task;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Sends signals. By a system call and not by a program: it must work when no process can be started
 * any more, and only the kernel can signal a whole group at one instant.
 */
final class Signals {
  static final int KILL = 9;
  static final int TERM = 15;
  static final int CONTINUE = 18;

  private Signals() {}

  /** Made on first use: most runs never end a process. */
  private static final class Native {
    static final MethodHandle KILL_CALL = link();

    @SuppressWarnings("restricted")
    private static MethodHandle link() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("kill"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
  }

  /** Signals one process; nothing happens when there is none. */
  static void toProcess(long pid, int signal) {
    send(pid, 1, signal);
  }

  /** Signals every process of a group; nothing happens when there is none. */
  static void toGroup(long group, int signal) {
    send(group, -1, signal);
  }

  private static void send(long id, int sign, int signal) {
    // 0, 1 and -1 mean our own group, the first process and every process there is.
    if (id <= 1 || id > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("not a process that may be signalled: " + id);
    }
    try {
      int _ = (int) Native.KILL_CALL.invokeExact(sign * (int) id, signal);
    } catch (Throwable e) {
      throw new IllegalStateException("kill(2) can't be called", e);
    }
  }
}
