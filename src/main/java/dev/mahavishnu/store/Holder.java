package dev.mahavishnu.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * Who took a lock last, written beside it so that others can name them. It is not the lock.
 *
 * @param pid -1 when nobody said
 * @param started when that process started, milliseconds: a pid is used again one day
 * @param holds false once it gave the lock back
 */
record Holder(long pid, long started, boolean holds, String host) {
  private static final Holder UNKNOWN = new Holder(-1, 0, false, "");

  static Holder ofThisProcess(boolean holds) {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(self.pid(), started(self), holds, Host.NAME);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Not forced: after a power failure nobody holds anything. */
  void write(Path file) throws IOException {
    Path beside = file.resolveSibling(".holder-" + Fresh.name());
    String line = pid + " " + started + " " + (holds ? "holds" : "left") + " " + host + "\n";
    Files.writeString(beside, line, StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Holder read(Path file) {
    try {
      String[] words = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", 4);
      return words.length == 4
          ? new Holder(
              Long.parseLong(words[0]),
              Long.parseLong(words[1]),
              words[2].equals("holds"),
              words[3])
          : UNKNOWN;
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
  }

  /** Whether it is known to live and to hold: a process of this host, the very same. */
  boolean lives() {
    return holds
        && host.equals(Host.NAME)
        && ProcessHandle.of(pid).filter(process -> started(process) == started).isPresent();
  }

  /** Looked up once, when first asked for: it can take a while. */
  private static final class Host {
    static final String NAME = name();

    private static String name() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }
}
