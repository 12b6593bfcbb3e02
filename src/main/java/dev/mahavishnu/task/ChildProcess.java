package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.run.Child;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * A program in a session and process group of its own, which stands at a gate until {@link #run}.
 *
 * <p>The gate is a shell that reads what to become from its standard input. It goes on only when it
 * has read that to the end: when this JVM dies before, the pipe closes and the shell ends.
 *
 * <p>When the program exits, the attempt is over. What it left running is ended too, whatever its
 * exit status: a finished task leaves no process.
 */
final class ChildProcess {
  private static final String LAST_LINE = "#go";
  private static final String GATE =
      "mahavishnu_launch=$(cat) || exit 125\n"
          + "case $mahavishnu_launch in *'"
          + LAST_LINE
          + "') eval \"$mahavishnu_launch\" ;; *) exit 125 ;; esac";

  /** How long what the program left running may still print. */
  private static final Duration DRAIN = Duration.ofSeconds(1);

  /** How long a process may take to end when it has closed its output. */
  private static final Duration SETTLE = Duration.ofMillis(500);

  /** How long the log may take to swallow the rest when nothing prints any more. */
  private static final Duration SWALLOW = Duration.ofSeconds(5);

  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(1);
  private static final Duration KILL_BOUND = Duration.ofSeconds(5);

  private final Process process;
  private final Child child;
  private final Family family;
  private final ProcessTable table;
  private final Launch launch;
  private final ProgramOutput.Log log;
  private final ProgressReports progress;
  private final ProgramOutput out;
  private final ProgramOutput err;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * How a program ended.
   *
   * @param status its exit status; 128 and the number of the signal that killed it
   * @param stopped whether it was told to
   */
  record Ended(int status, ProgramOutput.Last out, ProgramOutput.Last err, boolean stopped) {}

  private ChildProcess(
      Process process, Child child, ProcessTable table, Launch launch, ProgramOutput.Log log) {
    this.process = process;
    this.child = child;
    this.family = Family.of(table, child);
    this.table = table;
    this.launch = launch;
    this.log = log;
    this.progress =
        new ProgressReports(
            Optional.ofNullable(launch.environment().get(ProgressReports.FILE)).map(Path::of), log);
    this.out =
        new ProgramOutput(
            AttemptContext.Stream.STDOUT, process.getInputStream(), log, progress::takes);
    this.err = new ProgramOutput(AttemptContext.Stream.STDERR, process.getErrorStream(), log);
  }

  /**
   * Starts a program as far as its gate.
   *
   * @param mark value of {@link Family#MARK} for it and its descendants
   */
  static ChildProcess hold(Host host, Launch launch, String mark, ProgramOutput.Log log)
      throws TaskException {
    launch.check();
    ProcessTable table = host.processes();
    ProcessBuilder builder =
        new ProcessBuilder(host.setsid().toString(), "/bin/sh", "-c", GATE, "sh")
            .directory(launch.workingDir().toFile());
    host.inherit(builder.environment());
    builder.environment().put(Family.MARK, mark);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new TaskException("no process can be started: " + e.getMessage(), true);
    }
    Optional<ProcessTable.Entry> entry = table.entry(process.pid());
    if (entry.isEmpty()) {
      throw new TaskException("the process ended before it began", true);
    }
    Child child = new Child(process.pid(), entry.get().started(), mark);
    return new ChildProcess(process, child, table, launch, log);
  }

  Child child() {
    return child;
  }

  /** Opens the gate and waits for the end. */
  Ended run() throws InterruptedException, IOException {
    awaitOwnGroup();
    out.start();
    err.start();
    progress.start();
    try (progress) {
      open();
      int status = process.waitFor();
      boolean read = awaitOutput(DRAIN);
      if (!stopped.get()) {
        endLeftovers();
      }
      if (!read && !awaitOutput(SWALLOW)) {
        out.abandon();
        err.abandon();
        say("what still holds the output open could not be found; the rest of it is not logged");
      }
      return new Ended(status, out.last(), err.last(), stopped.get());
    } finally {
      if (!stopped.get()) {
        family.isOver();
      }
    }
  }

  private void open() {
    String text = "unset mahavishnu_launch\n" + launch.commands() + LAST_LINE;
    try (OutputStream gate = process.getOutputStream()) {
      gate.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It was ended at the gate: the exit status tells.
    }
  }

  private void endLeftovers() throws InterruptedException {
    List<ProcessTable.Entry> left = family.membersAfter(SETTLE);
    if (left.isEmpty()) {
      return;
    }
    String names =
        left.stream().map(e -> e.pid() + " " + e.name()).collect(Collectors.joining(", "));
    say("left processes running, which are ended: " + names);
    List<Long> alive = family.end(LEFTOVER_GRACE, KILL_BOUND);
    if (!alive.isEmpty()) {
      say("could not be ended: " + alive);
    }
  }

  private boolean awaitOutput(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    return out.await(longest)
        && err.await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
  }

  private void say(String line) {
    log.line(AttemptContext.Stream.SYSTEM, line);
  }

  /** The kernel makes the group when {@code setsid} runs, at most moments after the start. */
  private void awaitOwnGroup() throws InterruptedException, IOException {
    for (long pause = 1; pause < 5000; pause = 2 * pause) {
      Optional<ProcessTable.Entry> entry = table.entry(child.pid());
      if (entry.isEmpty() || entry.get().group() == child.pid()) {
        return;
      }
      Thread.sleep(pause);
    }
    throw new IOException("process " + child.pid() + " did not get a group of its own");
  }

  /**
   * Ends the program and all that came of it.
   *
   * @return pids of what could not be ended
   */
  List<Long> stop(Duration grace) {
    stopped.set(true);
    List<Long> alive = family.end(grace, KILL_BOUND);
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The program never read from it.
    }
    family.isOver();
    return alive;
  }
}
