package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Call;
import dev.mahavishnu.mcp.ToolResult;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import dev.mahavishnu.run.TaskCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The runs that a server executes, and those that its client waits for. */
final class McpRuns {
  private static final long PAUSE_MILLIS = 100;

  private final Workbench bench;
  private final McpCommands commands;
  private final McpStops stops = new McpStops();
  private final List<CompletableFuture<McpCommands.Over>> driven = new ArrayList<>();

  McpRuns(Workbench bench, McpCommands commands) {
    this.bench = bench;
    this.commands = commands;
  }

  /** Suspends what this server executes, as Ctrl-C does, and waits until all of it is suspended. */
  void suspend() {
    stops.stop();
    List<CompletableFuture<McpCommands.Over>> all;
    synchronized (driven) {
      all = List.copyOf(driven);
    }
    all.forEach(CompletableFuture::join);
  }

  /**
   * Runs a command that executes a run and prints its events as JSON, and waits some time for the
   * run's end. After that the run goes on.
   *
   * @param run the run that the command is about; empty: it makes one
   */
  ToolResult drive(
      List<String> words, String input, Optional<RunId> run, Duration patience, Call call) {
    // One engine for all of them, so that the bounds of how much runs at a time hold.
    bench.engine();
    CompletableFuture<RunId> begun = new CompletableFuture<>();
    CompletableFuture<McpCommands.Over> over = new CompletableFuture<>();
    synchronized (driven) {
      driven.removeIf(CompletableFuture::isDone);
      driven.add(over);
    }
    Thread.ofVirtual()
        .name("mcp-" + String.join("-", words.subList(0, 2)))
        .start(() -> execute(words, input, begun, over));
    CompletableFuture.anyOf(begun, over).join();
    Optional<RunId> made = now(begun).or(() -> run);
    Optional<McpCommands.Over> refused =
        now(over).filter(early -> made.isEmpty() || isRefused(early));
    return refused.isPresent()
        ? new ToolResult.Failed(refused.get().with(List.of()).complaint())
        : await(made.orElseThrow(), patience, call);
  }

  private void execute(
      List<String> words,
      String input,
      CompletableFuture<RunId> begun,
      CompletableFuture<McpCommands.Over> over) {
    try {
      over.complete(
          commands.run(words, input, stops, line -> runOf(line).ifPresent(begun::complete)));
    } catch (RuntimeException | Error e) {
      over.complete(new McpCommands.Over(ExitCode.INTERNAL, List.of(String.valueOf(e))));
      throw e;
    }
  }

  private static <T> Optional<T> now(CompletableFuture<T> future) {
    return future.isDone() ? Optional.of(future.join()) : Optional.empty();
  }

  /** The command did nothing to a run. */
  private static boolean isRefused(McpCommands.Over over) {
    return switch (over.code()) {
      case ExitCode.COMPLETED, ExitCode.FAILED, ExitCode.APPROVAL, ExitCode.INTERRUPTED -> false;
      default -> true;
    };
  }

  /** Which run a line is about; none where it says what is kept of an earlier one. */
  private static Optional<RunId> runOf(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonNode run = new JsonMapper().readTree(line).path("run");
      return Optional.of(run.asString("")).filter(RunId::isRunId).map(RunId::new);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** Waits until nobody executes the run any more, but not longer than that. */
  ToolResult await(RunId run, Duration patience, Call call) {
    CountDownLatch cancelled = new CountDownLatch(1);
    call.onCancel(cancelled::countDown);
    RunHistory history = bench.store().history();
    long end = System.nanoTime() + patience.toNanos();
    int told = -1;
    try {
      while (true) {
        boolean held = bench.store().isHeld(run);
        told = progress(history, run, told, call);
        if (!held
            || System.nanoTime() > end
            || cancelled.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          return result(run);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return result(run);
    }
  }

  private static int progress(RunHistory history, RunId run, int told, Call call) {
    Optional<RunSummary> summary = history.summary(run);
    if (summary.isEmpty()) {
      return told;
    }
    TaskCounts tasks = summary.get().tasks();
    int done = tasks.done();
    if (done > told) {
      String state = summary.get().state().name();
      call.progress(
          done,
          tasks.total(),
          state + ": " + done + " of " + tasks.total() + ", " + tasks.running() + " running");
    }
    return Math.max(done, told);
  }

  /** How a run is now. */
  private ToolResult result(RunId run) {
    McpCommands.Did did = commands.run(List.of("run", "show", run.text(), "--output=json"));
    if (!did.isGood()) {
      return new ToolResult.Failed(did.complaint());
    }
    ObjectNode content = (ObjectNode) new JsonMapper().readTree(did.text());
    content.remove("task_runs");
    List<String> asking = bench.store().history().fold(run).map(RunFold::asking).orElse(List.of());
    asking.forEach(content.putArray("waiting_for")::add);
    String state = content.path("state").asString();
    String next = next(state, content.path("resumable").asBoolean(false), asking);
    content.put("next", next);
    String text =
        "run "
            + run
            + " of flow "
            + content.path("flow").asString()
            + " is "
            + content.path("status").path("name").asString(state)
            + outputs(content.path("outputs"))
            + (next.isEmpty() ? "" : "\n" + next);
    return new ToolResult.Done(text, content);
  }

  private static String outputs(JsonNode outputs) {
    return outputs.isEmpty() ? "" : "\noutputs: " + outputs;
  }

  private static String next(String state, boolean resumable, List<String> asking) {
    if (!asking.isEmpty()) {
      return String.join(", ", asking)
          + " waits for a person: approve_task_run and deny_task_run bring the answer";
    }
    return switch (state) {
      case "PENDING", "RUNNING", "SCHEDULED", "CANCELLING" ->
          "it goes on: watch_flow_run waits for it";
      case "FAILED", "CRASHED" ->
          "explain_flow_run says why"
              + (resumable ? "; resume_flow_run goes on with it and keeps what is done" : "");
      case "PAUSED" -> "resume_flow_run goes on with it";
      default -> "";
    };
  }
}
