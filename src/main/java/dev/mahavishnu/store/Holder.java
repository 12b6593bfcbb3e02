package dev.mahavishnu.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Who took a lock, written beside it so that others can name them. */
record Holder(long pid, String host) {
  private static final Holder UNKNOWN = new Holder(-1, "");

  static Holder ofThisProcess() {
    return new Holder(ProcessHandle.current().pid(), Host.NAME);
  }

  /** Not forced: after a power failure nobody holds anything. */
  void write(Path file) throws IOException {
    Path beside = file.resolveSibling(".holder-" + Fresh.name());
    Files.writeString(beside, pid + " " + host + "\n", StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Holder read(Path file) {
    try {
      String[] words = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", 2);
      return words.length == 2 ? new Holder(Long.parseLong(words[0]), words[1]) : UNKNOWN;
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
  }

  /** Whether it is known to live: a process of this host that has this id. */
  boolean lives() {
    return host.equals(Host.NAME) && ProcessHandle.of(pid).isPresent();
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
