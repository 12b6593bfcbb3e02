package dev.mahavishnu.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mcp serve}: this workspace for another assistant. */
@Command(
    name = "serve",
    description = {
      "Serve this workspace to another assistant: the Model Context Protocol on standard input and"
          + " output.",
      "What runs, changes or deletes needs a person's yes: asked through the client, or given here."
    },
    footer = {"mcp serve", "mcp serve --allow trigger,cancel", "mcp serve --yes"})
final class McpServe implements Callable<Integer> {
  private final Workbench bench;

  @Option(
      names = "--allow",
      paramLabel = "WHAT",
      split = ",",
      description =
          "Allow these calls without asking: save, trigger, resume, retry, pause, cancel, debug,"
              + " approve, deny. Several with commas.")
  List<String> allow = new ArrayList<>();

  @Option(
      names = "--yes",
      description = "Allow all calls without asking, but no answers to approval tasks.")
  boolean yes;

  McpServe(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (bench.isOfMany()) {
      throw CommandFailure.usage("a client starts `mcp serve`, in a process of its own");
    }
    // A class of its own, since the start of every command loads this one with all that it names.
    return new McpSession(bench).serve(McpPermissions.checked(allow), yes);
  }
}
