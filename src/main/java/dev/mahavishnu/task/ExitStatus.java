package dev.mahavishnu.task;

import java.util.Map;

/** What an exit status means, for people. */
final class ExitStatus {
  private static final int LONGEST_LINE = 500;
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL; the machine may have run out of memory"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  private ExitStatus() {}

  /** Why a program failed, by its status and the last line of its standard error. */
  static String message(ChildProcess.Ended ended) {
    int status = ended.status();
    String signal = SIGNALS.get(status - 128);
    String what;
    if (signal != null) {
      what = "ended by signal " + (status - 128) + " (" + signal + ")";
    } else if (status == 127) {
      what = "exited with 127 (command not found)";
    } else if (status == 126) {
      what = "exited with 126 (not executable)";
    } else {
      what = "exited with " + status;
    }
    String line = ended.err().text().strip();
    if (line.length() > LONGEST_LINE) {
      line = line.substring(0, LONGEST_LINE) + "…";
    }
    return line.isEmpty() ? what : what + ": " + line;
  }
}
