package dev.mahavishnu.cli;

import static dev.mahavishnu.cli.McpSchemas.flag;
import static dev.mahavishnu.cli.McpSchemas.input;
import static dev.mahavishnu.cli.McpSchemas.list;
import static dev.mahavishnu.cli.McpSchemas.number;
import static dev.mahavishnu.cli.McpSchemas.output;
import static dev.mahavishnu.cli.McpSchemas.text;

import dev.mahavishnu.cli.McpCommandTool.Prints;
import dev.mahavishnu.cli.McpSchemas.Field;
import dev.mahavishnu.mcp.Tool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tools that {@code mcp serve} offers, in the order in which a client lists them. */
final class McpTools {
  private static final Field FLOW = text("flow", "Name of a flow; list_flows names them.").needed();
  private static final Field RUN =
      text("run", "Id of a flow run, or `last`; list_flow_runs names them.").needed();
  private static final Field SPEC =
      text(
          "spec",
          "The flow as YAML or JSON, as it would stand in a file of flows/: its files are relative"
              + " to that folder. flow_schema says what may be in it.");

  private final Workbench bench;
  private final McpCommands commands;
  private final McpFlows flows;
  private final McpPlans plans;
  private final McpLogs logs;
  private final McpEvidence evidence;
  private final McpDriving driving;

  McpTools(
      Workbench bench,
      McpCommands commands,
      McpLogs logs,
      McpEvidence evidence,
      McpDriving driving) {
    this.bench = bench;
    this.commands = commands;
    this.flows = new McpFlows(bench);
    this.plans = new McpPlans(bench, commands);
    this.logs = logs;
    this.evidence = evidence;
    this.driving = driving;
  }

  List<Tool> all() {
    List<Tool> changing = new McpDebugging(bench, commands).tools();
    return Stream.of(flows(), runs(), looking(), driving.tools(), changing)
        .flatMap(List::stream)
        .toList();
  }

  private McpCommandTool command(String... path) {
    return new McpCommandTool(bench, commands, path);
  }

  private List<Tool> flows() {
    Field yaml = text("yaml", "As it stands in its file.").needed();
    Field valid = flag("valid", "Whether it can run.").needed();
    Field problems =
        list("problems", "With file, line, column, message and hint of each.").needed();
    return List.of(
        command("workflow", "list")
            .always("--output=json")
            .reading("list_flows", "List flows", Prints.objects("flows")),
        new Tool(
            "show_flow",
            "Show a flow",
            "Give a flow's YAML, and the same as JSON: its parameters, tasks and schedules.",
            input(FLOW),
            output(text("flow", "Its name.").needed(), yaml, valid, problems),
            flows::show),
        command("workflow", "graph")
            .always("--format=mermaid")
            .with(FLOW, "--name")
            .reading("graph_flow", "Draw a flow", Prints.text("mermaid")),
        command("workflow", "schema")
            .reading("flow_schema", "Schema of flows", Prints.text("schema")),
        new Tool(
            "validate_flow",
            "Check a flow",
            "Check a flow of the workspace, or the text of one: every problem with its line and"
                + " column, and what to do. Nothing is saved or run.",
            input(text("flow", "Name of a flow."), SPEC),
            output(valid, problems),
            flows::validate),
        new Tool(
            "plan_flow",
            "Plan a flow",
            "Turn a sentence into a proposal for a flow, with the difference to what is there."
                + " Nothing is saved or run. The answer may be a question with choices.",
            input(
                text("sentence", "What should happen, in English.").needed(),
                text("flow", "Name of the flow that the sentence changes; none for a new one.")),
            output(text("outcome", "proposed, or question.").needed()),
            plans::plan),
        new Tool(
            "save_flow",
            "Save a flow",
            "Write a flow to flows/ of the workspace, under its own name. Needs a person's yes.",
            input(SPEC.needed()),
            output(
                text("flow", "Its name.").needed(),
                text("file", "Where it is.").needed(),
                text("difference", "What changed.").needed()),
            Optional.of(McpPermissions.SAVE),
            flows::savingQuestion,
            flows::save));
  }

  private List<Tool> runs() {
    return List.of(
        command("run", "list")
            .always("--output=json")
            .with("--flow", "--state")
            .with(number("limit", "At most this many, the newest.").within(1, 200, 20), "--limit")
            .reading("list_flow_runs", "List flow runs", Prints.objects("flow_runs")),
        command("run", "show")
            .always("--output=json")
            .with("RUN!")
            .reading("show_flow_run", "Show a flow run", Prints.OBJECT),
        new Tool(
            "read_flow_run_logs",
            "Read logs",
            "Give what the tasks of a flow run printed, a page at a time.",
            input(
                RUN,
                text("task", "Only this task, with its items and the tasks of its subflow."),
                number("attempt", "Only this attempt.").within(0, 1_000_000),
                text("cursor", "next_cursor of the page before; none for the first one."),
                number("limit", "At most this many lines.").within(1, McpLogs.MOST, McpLogs.USUAL),
                flag("tail", "The last lines, and not those from the cursor on.")),
            output(
                list("lines", "With at, task, attempt, stream and text of each.").needed(),
                text("next_cursor", "Where the next page begins.").needed(),
                flag("more", "Whether there is more now.").needed()),
            logs::read),
        new Tool(
            "explain_flow_run",
            "Why a run is so",
            "Give what the state of a flow run rests on: the tasks that failed with their attempts,"
                + " exit codes and last lines of log, what did not run because of that, what is"
                + " open.",
            input(RUN),
            output(list("failures", "The first tasks that went wrong.").needed()),
            evidence::of));
  }

  /** The debugger's words that look and change nothing. */
  private List<Tool> looking() {
    return List.of(
        command("run", "where")
            .always("--output=json")
            .with("RUN!")
            .reading("where_flow_run", "Where a run stands", Prints.OBJECT),
        command("run", "print")
            .always("--output=json")
            .with("RUN!", "EXPRESSION!", "--task")
            .reading("print_in_flow_run", "Print a value", Prints.OBJECT),
        command("run", "inputs")
            .always("--output=json")
            .with("RUN!", "TASK!")
            .reading("show_task_run_inputs", "What a task sees", Prints.OBJECT),
        command("run", "why")
            .always("--output=json")
            .with("RUN!", "TASK!")
            .reading("explain_task_run", "Why a task is so", Prints.OBJECT),
        command("run", "diff")
            .always("--output=json")
            .with("RUN!")
            .with(
                text("other", "The other run; none: the one that the first was made from."), "RUN")
            .reading("diff_flow_runs", "Compare two runs", Prints.OBJECT));
  }
}
