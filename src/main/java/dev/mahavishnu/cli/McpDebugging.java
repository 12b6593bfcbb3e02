package dev.mahavishnu.cli;

import dev.mahavishnu.cli.McpCommandTool.Prints;
import dev.mahavishnu.engine.Look;
import dev.mahavishnu.mcp.Tool;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.Work;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The debugger's words that change a run while it stands. None of them answers an approval task:
 * that is a person's to do.
 */
final class McpDebugging {
  private final Workbench bench;
  private final McpCommands commands;

  McpDebugging(Workbench bench, McpCommands commands) {
    this.bench = bench;
    this.commands = commands;
  }

  List<Tool> tools() {
    return List.of(
        tool(
            new McpCommandTool(bench, commands, "debug")
                .always("--output=json")
                .with(
                    McpSchemas.text("flow", "Name of a flow; list_flows names them.").needed(),
                    "FLOW|RUN")
                .with(McpSchemas.text("stop_at", "Where else it stops, as `load`."), "--break"),
            "debug_flow",
            "Make a run that stands",
            "Make a run that stands before its first task"),
        tool(
            command("break").with("RUN!", "BREAKPOINT", "--remove"),
            "break_flow_run",
            "Have a run stop",
            "Change where this run stops"),
        tool(
            command("set").with("RUN!", "TASK!", "VALUE!", "--why"),
            "set_task_run_output",
            "Give a task an output",
            "Give a task this output"),
        tool(
            command("mark").with("RUN!", "TASK!", "STATE!", "--why"),
            "mark_task_run",
            "Count a task as ended",
            "Have a task count as ended"),
        tool(
            command("again").with("RUN!", "TASK!", "--why"),
            "run_task_again",
            "Run a task again",
            "Put a task back, to run again"));
  }

  private McpCommandTool command(String verb) {
    return new McpCommandTool(bench, commands, "run", verb).always("--output=json");
  }

  private Tool tool(McpCommandTool command, String name, String title, String asks) {
    return new Tool(
        name,
        title,
        command.description() + " Needs a person's yes.",
        McpSchemas.input(command.fields().toArray(McpSchemas.Field[]::new)),
        McpSchemas.output(),
        Optional.of(McpPermissions.DEBUG),
        arguments -> asks + ": " + said(arguments) + "?",
        call -> {
          mustNotAnswer(call.arguments());
          return command.run(call.arguments(), Prints.OBJECT);
        });
  }

  private String said(ObjectNode arguments) {
    mustNotAnswer(arguments);
    StringBuilder said = new StringBuilder();
    said.append(arguments.has("run") ? "run " + run(arguments) : "a new one");
    arguments
        .properties()
        .forEach(
            e -> {
              if (!e.getKey().equals("run")) {
                said.append(", ").append(e.getKey()).append(' ').append(e.getValue());
              }
            });
    return said.toString();
  }

  private RunId run(ObjectNode arguments) {
    return new Runs(bench).find(new McpWords(arguments).text("run"));
  }

  private void mustNotAnswer(ObjectNode arguments) {
    Optional<String> task = new McpWords(arguments).maybe("task");
    if (task.isEmpty()) {
      return;
    }
    Look look = bench.engine().debugger().look(run(arguments), Optional.empty());
    String named = task.get().replaceFirst("^tasks\\.", "").replaceFirst("\\.output$", "");
    TaskKey key = Debugged.task(named, look);
    if (Debugged.asked(() -> look.task(key)).work() instanceof Work.Approval) {
      throw CommandFailure.usage(
          "task `" + key + "` asks a person: approve_task_run or deny_task_run answers it");
    }
  }
}
