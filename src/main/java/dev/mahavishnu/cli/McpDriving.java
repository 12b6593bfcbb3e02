package dev.mahavishnu.cli;

import static dev.mahavishnu.cli.McpSchemas.flag;
import static dev.mahavishnu.cli.McpSchemas.input;
import static dev.mahavishnu.cli.McpSchemas.list;
import static dev.mahavishnu.cli.McpSchemas.number;
import static dev.mahavishnu.cli.McpSchemas.object;
import static dev.mahavishnu.cli.McpSchemas.text;

import dev.mahavishnu.cli.McpCommandTool.Prints;
import dev.mahavishnu.cli.McpSchemas.Field;
import dev.mahavishnu.mcp.Call;
import dev.mahavishnu.mcp.Permission;
import dev.mahavishnu.mcp.Tool;
import dev.mahavishnu.mcp.ToolResult;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tools that make runs go on or stop. All but watching need a person's yes. */
final class McpDriving {
  private static final int LONGEST_WAIT = 600;
  private static final int USUAL_WAIT = 30;

  private static final Field RUN =
      text("run", "Id of a flow run, or `last`; list_flow_runs names them.").needed();
  private static final Field WAIT =
      number("wait_seconds", "How long to wait for its end; it goes on after that.")
          .within(0, LONGEST_WAIT, USUAL_WAIT);

  private static final ObjectNode STATE =
      McpSchemas.output(
          text("run", "Id of the flow run.").needed(),
          text("flow", "Name of its flow.").needed(),
          text("state", "Prefect's state type.").needed(),
          flag("resumable", "Whether resume_flow_run would go on with it."),
          object("outputs", "What the flow returned."),
          list("waiting_for", "Tasks that wait for a person.").needed(),
          text("next", "What to do now; may be empty.").needed());

  private final Workbench bench;
  private final McpCommands commands;
  private final McpRuns runs;

  McpDriving(Workbench bench, McpCommands commands, McpRuns runs) {
    this.bench = bench;
    this.commands = commands;
    this.runs = runs;
  }

  List<Tool> tools() {
    return List.of(
        tool(
            "trigger_flow_run",
            "Run a flow",
            "Run a flow of the workspace, and wait some time for its end."
                + " Needs a person's yes. The run lives in this server; when that ends, it is"
                + " suspended and can be resumed.",
            McpPermissions.TRIGGER,
            this::triggerQuestion,
            this::trigger,
            text("flow", "Name of a flow; list_flows names them.").needed(),
            object("parameters", "By name; show_flow says which there are."),
            WAIT),
        new Tool(
            "watch_flow_run",
            "Wait for a run",
            "Wait for the end of a flow run, with progress where the client asks for it, and give"
                + " its state.",
            input(RUN, WAIT),
            STATE,
            call -> runs.await(run(call.arguments()), patience(call), call)),
        driving(
            command("run", "resume").with("RUN!"),
            "resume_flow_run",
            "Resume a run",
            McpPermissions.RESUME,
            arguments -> "Go on with " + shown(arguments) + "?" + dry("resume", arguments),
            UnaryOperator.identity()),
        driving(
            command("run", "retry").with("RUN!", "--from"),
            "retry_flow_run",
            "Retry a run",
            McpPermissions.RETRY,
            arguments -> "Run again " + shown(arguments) + "?" + dry("retry", arguments),
            UnaryOperator.identity()),
        going("step", "Let one task run", "Let the next task of", "run"),
        going("next", "Let one task run whole", "Let the next task, with all in it, of", "run"),
        going("continue", "Go on to a breakpoint", "Let", "go on to its next breakpoint"),
        stopping("pause", "Pause a run", McpPermissions.PAUSE, "Pause"),
        stopping("cancel", "Cancel a run", McpPermissions.CANCEL, "Stop for good"),
        answering("approve", "Approve a task", McpPermissions.APPROVE),
        answering("deny", "Deny a task", McpPermissions.DENY));
  }

  private static Tool tool(
      String name,
      String title,
      String description,
      Permission permission,
      Tool.Question question,
      Tool.Deed deed,
      Field... fields) {
    return new Tool(
        name, title, description, input(fields), STATE, Optional.of(permission), question, deed);
  }

  private Tool stopping(String verb, String title, Permission permission, String asks) {
    return command("run", verb)
        .with("RUN!")
        .permitted(
            verb + "_flow_run",
            title,
            permission,
            arguments -> asks + ": " + shown(arguments) + "?",
            Prints.text("message"));
  }

  /** Goes on from where a run stands. */
  private Tool going(String verb, String title, String asks, String end) {
    return driving(
        command("run", verb).with("RUN!"),
        verb + "_flow_run",
        title,
        McpPermissions.DEBUG,
        arguments -> asks + " " + shown(arguments) + " " + end + "?",
        UnaryOperator.identity());
  }

  private Tool answering(String verb, String title, Permission permission) {
    return driving(
        command("run", verb).with("RUN!", "TASK", "--note"),
        verb + "_task_run",
        title,
        permission,
        arguments -> approvalQuestion(verb, arguments),
        McpDriving::noted);
  }

  /** The record says by which way an answer came. */
  private static ObjectNode noted(ObjectNode arguments) {
    String note = new McpWords(arguments).text("note");
    return arguments.deepCopy().put("note", "through MCP" + (note.isEmpty() ? "" : ": " + note));
  }

  private McpCommandTool command(String... path) {
    return new McpCommandTool(bench, commands, path);
  }

  /**
   * A command that prints a run's events as JSON and executes it: the run goes on when the client
   * waits no longer, and is suspended when the server ends.
   *
   * @param said makes what the command gets of what the client said
   */
  private Tool driving(
      McpCommandTool command,
      String name,
      String title,
      Permission permission,
      Tool.Question question,
      UnaryOperator<ObjectNode> said) {
    command.always("--output=json");
    List<Field> fields = new ArrayList<>(command.fields());
    fields.add(WAIT);
    return tool(
        name,
        title,
        command.description() + " Needs a person's yes.",
        permission,
        question,
        call ->
            runs.drive(
                command.words(said.apply(call.arguments())),
                "",
                Optional.of(run(call.arguments())),
                patience(call),
                call),
        fields.toArray(Field[]::new));
  }

  private RunId run(ObjectNode arguments) {
    return new Runs(bench).find(new McpWords(arguments).text("run"));
  }

  private static Duration patience(Call call) {
    return Duration.ofSeconds(new McpWords(call.arguments()).number("wait_seconds", USUAL_WAIT));
  }

  /** A run as a question names it. */
  private String shown(ObjectNode arguments) {
    RunId run = run(arguments);
    Optional<RunSummary> summary = bench.store().history().summary(run);
    return "run "
        + run
        + summary.map(s -> " of flow `" + s.flow() + "`, " + s.state().name()).orElse("");
  }

  private String triggerQuestion(ObjectNode arguments) {
    String flow = new McpWords(arguments).text("flow");
    McpCommands.Did plan =
        commands.run(
            List.of("workflow", "plan", "--name=" + flow, "--params-file=-"),
            parameters(arguments).toString());
    if (!plan.isGood()) {
      throw new CommandFailure(plan.code(), plan.complaint());
    }
    return "Run flow `" + flow + "`?\n" + plan.text();
  }

  private static ObjectNode parameters(ObjectNode arguments) {
    return arguments.path("parameters") instanceof ObjectNode given
        ? given
        : JsonNodeFactory.instance.objectNode();
  }

  private ToolResult trigger(Call call) {
    String flow = new McpWords(call.arguments()).text("flow");
    return runs.drive(
        List.of("workflow", "trigger", "--name=" + flow, "--params-file=-", "--output=json"),
        parameters(call.arguments()).toString(),
        Optional.empty(),
        patience(call),
        call);
  }

  private static List<String> from(ObjectNode arguments) {
    return new McpWords(arguments).maybe("from").map(t -> List.of("--from=" + t)).orElse(List.of());
  }

  /** What going on would keep and run. */
  private String dry(String verb, ObjectNode arguments) {
    List<String> words = new ArrayList<>(List.of("run", verb, run(arguments).text(), "--dry-run"));
    words.addAll(from(arguments));
    McpCommands.Did plan = commands.run(words);
    if (!plan.isGood()) {
      throw new CommandFailure(plan.code(), plan.complaint());
    }
    return "\n" + plan.text();
  }

  private String approvalQuestion(String verb, ObjectNode arguments) {
    RunId run = run(arguments);
    RunFold fold = bench.store().history().fold(run).orElseThrow();
    List<String> asking = fold.asking();
    if (asking.isEmpty()) {
      throw CommandFailure.usage(shown(arguments) + " waits for nobody");
    }
    String task =
        new McpWords(arguments)
            .maybe("task")
            .or(() -> asking.stream().filter(_ -> asking.size() == 1).findFirst())
            .orElseThrow(
                () -> CommandFailure.usage("say which task: " + String.join(", ", asking)));
    String message = message(fold, task).map(m -> "\n" + m).orElse("");
    return (verb.equals("approve") ? "Approve" : "Deny")
        + " task `"
        + task
        + "` of "
        + shown(arguments)
        + "?"
        + message;
  }

  /** What the flow says to the person who is asked. */
  private static Optional<String> message(RunFold fold, String task) {
    return fold.scopes().stream()
        .flatMap(
            scope ->
                Stream.concat(
                    scope.tasks().stream(),
                    scope.maps().values().stream().flatMap(map -> map.open().values().stream())))
        .filter(t -> t.task().text().equals(task))
        .map(t -> t.state().message())
        .filter(m -> !m.isEmpty())
        .findFirst();
  }
}
