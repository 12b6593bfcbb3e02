package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Change;
import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** {@code run set}: gives a task an output. */
@Command(
    name = "set",
    description = "Give a task of a run that stands this output, as if it had completed with it.",
    footer = "run set last tasks.extract.output 42 --why \"the file was late\"")
final class RunSet implements Callable<Integer> {
  private static final Pattern OUTPUT =
      Pattern.compile("(?:tasks\\.)?(.+?)(?:\\.output)?", Pattern.DOTALL);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Workbench bench;

  @Mixin Debugged debugged = new Debugged();

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      description = "As tasks.extract.output, or just extract; load[3] is an item.")
  String task = "";

  @Parameters(
      index = "2..*",
      arity = "1..*",
      paramLabel = "VALUE",
      description = "JSON; what is none is text.")
  List<String> value = new ArrayList<>();

  @Mixin Amendment amendment = new Amendment();

  RunSet(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Look look = debugged.look(bench, null);
    Matcher match = OUTPUT.matcher(task);
    if (!match.matches()) {
      throw CommandFailure.usage("say which output: tasks.TASK.output");
    }
    TaskKey key = Debugged.task(match.group(1), look);
    List<String> words = value.getFirst().equals("=") ? value.subList(1, value.size()) : value;
    return amendment.apply(
        bench, debugged, look.fold().run(), new Change.Output(key, value(String.join(" ", words))));
  }

  private static JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }
}
