package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Grants;
import dev.mahavishnu.mcp.Host;
import dev.mahavishnu.mcp.Server;
import dev.mahavishnu.view.ProblemView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** This process as a server for one client, from its first line to its last. */
final class McpSession {
  private static final String INSTRUCTIONS =
      "Mahavishnu runs workflows (flows) durably on this machine. Look with list_flows, show_flow,"
          + " list_flow_runs, show_flow_run, read_flow_run_logs. To make a flow: plan_flow or write"
          + " a spec, validate_flow, save_flow. To run one: trigger_flow_run, then watch_flow_run."
          + " When a run failed: explain_flow_run, then save_flow with a repair, or"
          + " resume_flow_run. A task that waits for approval is for a person to decide. A refusal"
          + " says how a person can allow the call; do not look for a way around it.";

  private final Workbench bench;

  /**
   * @param bench of the process, whose streams the client has at their other ends
   */
  McpSession(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Serves until the input ends or somebody ends the process; gives the exit code.
   *
   * @param allowed words of permissions
   * @param yes whether everything is allowed that has to be no person's own answer
   */
  int serve(Set<String> allowed, boolean yes) throws InterruptedException {
    bench.keep();
    // What commands print is for programs.
    bench.settings().put(Configuration.OUTPUT_COLOR, new Settings.Value("never", "mcp serve"));
    // Opened before anything logs: it says where logs go.
    bench.store();
    if (bench.env().screen().stdin()) {
      bench.err().println("waiting for a client on standard input; docs/mcp.md says how to add it");
    }
    keepStandardOutput();
    Workbench quiet = bench.in(quiet(bench.env()));
    McpCommands commands = new McpCommands(quiet);
    McpRuns runs = new McpRuns(quiet, commands);
    return serve(new Server(host(quiet, commands, runs, new Grants(allowed, yes))), runs);
  }

  /** What a library prints by mistake must not stand between the lines of the protocol. */
  private void keepStandardOutput() {
    if (bench.env().stdout().equals(System.out)) {
      System.setOut(bench.env().stderr());
    }
  }

  /** The client's streams are for the protocol alone. */
  private static Env quiet(Env env) {
    return new Env(
        InputStream.nullInputStream(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        env.stderr(),
        env.variables(),
        env.cwd(),
        Screen.NONE,
        Interrupts.NONE,
        env.clock());
  }

  private static Host host(Workbench quiet, McpCommands commands, McpRuns runs, Grants grants) {
    KnownSecrets secrets = new KnownSecrets(quiet);
    McpLogs logs = new McpLogs(quiet);
    McpTools tools =
        new McpTools(
            quiet,
            commands,
            logs,
            new McpEvidence(quiet, secrets),
            new McpDriving(quiet, commands, runs));
    return new Host(
        Version.TEXT,
        INSTRUCTIONS,
        tools.all(),
        new McpShelf(quiet, commands, logs),
        grants,
        () -> secrets.redactor()::redact,
        e -> explain(quiet, e));
  }

  private static String explain(Workbench quiet, RuntimeException e) {
    String message = new Errors(quiet, List.of("mcp", "serve")).said(e).message();
    return e instanceof InvalidFlow invalid
        ? message
            + ":\n"
            + String.join(
                "\n",
                new ProblemView(McpFlows.PLAIN)
                    .lines(invalid.problems(), invalid.text(), McpFlows.WIDTH))
        : message;
  }

  private int serve(Server server, McpRuns runs) throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger code = new AtomicInteger(ExitCode.COMPLETED);
    Thread.ofPlatform()
        .daemon()
        .name("mcp")
        .start(
            () -> {
              try {
                server.serve(bench.env().stdin(), bench.env().stdout());
              } catch (IOException _) {
                // The client went away in the middle of a line.
              } finally {
                end.countDown();
              }
            });
    try (Interrupts.Registration _ =
        bench
            .env()
            .interrupts()
            .onInterrupt(
                () -> {
                  code.set(ExitCode.INTERRUPTED);
                  end.countDown();
                })) {
      end.await();
      runs.suspend();
    }
    return code.get();
  }
}
