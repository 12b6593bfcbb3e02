package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code run print}: the value of an expression in a run. */
@Command(
    name = "print",
    description = "Print the value of an expression: tasks.extract.output.rows.",
    footer = "run print last tasks.extract.output.rows")
final class RunPrint implements Callable<Integer> {
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "EXPRESSION",
      description =
          "As in a flow: tasks.TASK.output, params.NAME, run.state; a task alone is its output.")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "As this task sees it: item and index of load[3], the tasks of sub/load.")
  @Nullable String task;

  @Option(
      names = "--at",
      paramLabel = "EVENT",
      description = "Number of an event: the run as it was after it.")
  @Nullable Long at;

  RunPrint(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, at);
    TaskKey key = task == null ? TaskKey.of("", "print") : Debugged.task(task, look);
    String expression = String.join(" ", words);
    JsonNode value = Debugged.asked(() -> look.value(whole(expression, look), key));
    debugged.answer(bench, () -> json(look, expression, value), () -> List.of(text(value)));
    return ExitCode.COMPLETED;
  }

  private static String whole(String expression, Look look) {
    return look.has(expression) ? "tasks[\"" + expression + "\"].output" : expression;
  }

  private static ObjectNode json(Look look, String expression, JsonNode value) {
    ObjectNode json = Debugged.json("value", look.fold().run()).put("expression", expression);
    json.set("value", value);
    return json;
  }

  static String text(JsonNode value) {
    return value.isString()
        ? dev.mahavishnu.view.Cells.clean(value.stringValue())
        : PRETTY.writeValueAsString(value);
  }
}
