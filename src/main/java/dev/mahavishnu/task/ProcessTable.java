package dev.mahavishnu.task;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, as Linux tells of them under {@code /proc}. */
final class ProcessTable {
  /** Linux tells times in these, on every architecture that runs Java. */
  private static final long MILLIS_PER_TICK = 10;

  private static final int FIRST_READ = 4096;

  private final Path proc;
  private final long boot;

  /**
   * A process that is there; one that has ended and that nobody waited for is not.
   *
   * @param name of its program, at most 15 characters
   * @param started milliseconds since 1970
   */
  record Entry(long pid, String name, long parent, long group, long session, long started) {}

  private ProcessTable(Path proc, long boot) {
    this.proc = proc;
    this.boot = boot;
  }

  /**
   * @param proc {@code /proc}
   * @throws IOException when this is not a Linux
   */
  static ProcessTable of(Path proc) throws IOException {
    for (String line : Files.readAllLines(proc.resolve("stat"), StandardCharsets.UTF_8)) {
      if (line.startsWith("btime ")) {
        return new ProcessTable(proc, 1000 * Long.parseLong(line.substring(6).strip()));
      }
    }
    throw new IOException(proc.resolve("stat") + " does not tell when the machine started");
  }

  List<Entry> all() {
    String[] names = proc.toFile().list();
    List<Entry> found = new ArrayList<>();
    for (String name : names == null ? new String[0] : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        entry(Long.parseLong(name)).ifPresent(found::add);
      }
    }
    return found;
  }

  Optional<Entry> entry(long pid) {
    String stat = new String(read(pid, "stat"), StandardCharsets.UTF_8);
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')');
    if (open < 0 || close < 0) {
      return Optional.empty();
    }
    // After the name, which may hold anything: state, parent, group, session, … and 22nd of all,
    // the start.
    String[] fields = stat.substring(close + 2).split(" ");
    char state = fields[0].charAt(0);
    if (state == 'Z' || state == 'X' || fields.length < 20) {
      return Optional.empty();
    }
    return Optional.of(
        new Entry(
            pid,
            stat.substring(open + 1, close),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            boot + MILLIS_PER_TICK * Long.parseLong(fields[19])));
  }

  /** What a process takes of the machine; empty when it is not there. */
  Optional<ProcessUse> use(long pid) {
    String stat = new String(read(pid, "stat"), StandardCharsets.UTF_8);
    String[] fields = stat.substring(Math.min(stat.length(), stat.lastIndexOf(')') + 2)).split(" ");
    if (fields.length < 20) {
      return Optional.empty();
    }
    // 14th to 17th of all: in user mode and in the kernel, its own and of children that ended.
    return Optional.of(
        new ProcessUse(
            pid,
            ticks(fields[11]).plus(ticks(fields[12])),
            ticks(fields[13]).plus(ticks(fields[14])),
            memory(pid)));
  }

  private static Duration ticks(String text) {
    return Duration.ofMillis(MILLIS_PER_TICK * Long.parseLong(text));
  }

  private long memory(long pid) {
    return new String(read(pid, "status"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** The value of a variable that a process was started with; empty where we may not know. */
  Optional<String> variable(long pid, String name) {
    String sign = name + "=";
    return Arrays.stream(new String(read(pid, "environ"), StandardCharsets.UTF_8).split("\0"))
        .filter(variable -> variable.startsWith(sign))
        .map(variable -> variable.substring(sign.length()))
        .findFirst();
  }

  /** Whether a process was started with this variable; false where we may not know. */
  boolean hasVariable(long pid, String name, String value) {
    byte[] wanted = (name + "=" + value).getBytes(StandardCharsets.UTF_8);
    byte[] variables = read(pid, "environ");
    int start = 0;
    for (int i = 0; i <= variables.length; i++) {
      if (i == variables.length || variables[i] == 0) {
        if (Arrays.equals(variables, start, i, wanted, 0, wanted.length)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  /** Empty when the process is gone or somebody else's. */
  private byte[] read(long pid, String file) {
    // Not by Files: a file under /proc has no size, and this is read for every process there is.
    try (FileInputStream in = new FileInputStream(proc + "/" + pid + "/" + file)) {
      byte[] start = in.readNBytes(FIRST_READ);
      if (start.length < FIRST_READ) {
        return start;
      }
      byte[] rest = in.readAllBytes();
      byte[] all = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, all, start.length, rest.length);
      return all;
    } catch (IOException gone) {
      return new byte[0];
    }
  }
}
