package dev.mahavishnu.cli;

import dev.mahavishnu.engine.Debugger;
import dev.mahavishnu.engine.EngineException;
import dev.mahavishnu.engine.Look;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which run a command of the debugger is about, and how it answers. */
final class Debugged {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run, or `last`.")
  String run = "";

  @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
  OutputFormat output = OutputFormat.TEXT;

  RunId id(Workbench bench) {
    return new Runs(bench).find(run);
  }

  Debugger debugger(Workbench bench) {
    return bench.engine().debugger();
  }

  /** The run as it was after an event, or as it is. */
  Look look(Workbench bench, @Nullable Long at) {
    return debugger(bench).look(id(bench), Optional.ofNullable(at));
  }

  /** What is asked for; what is wrong with it is the person's, and no failure of the engine. */
  static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (EngineException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A task as it was typed.
   *
   * @throws CommandFailure when it is none of this run
   */
  static TaskKey task(String text, Look look) {
    TaskKey key;
    try {
      key = TaskKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("`" + text + "` is no task: write load, load[3] or sub/load");
    }
    if (key.scope().isEmpty() && !look.has(key.task())) {
      throw CommandFailure.usage(
          "no task `"
              + text
              + "` in flow "
              + look.flow().name()
              + Hints.like(key.task(), look.graph("").order()));
    }
    return key;
  }

  /** A line of JSON, or lines for people. */
  void answer(Workbench bench, Supplier<ObjectNode> json, Supplier<Iterable<String>> text) {
    if (output == OutputFormat.JSON) {
      bench.out().println(MAPPER.writeValueAsString(json.get()));
    } else {
      text.get().forEach(bench.out()::println);
    }
  }

  /** The beginning of an answer. */
  static ObjectNode json(String type, RunId run) {
    return MAPPER.createObjectNode().put("type", type).put("run", run.text());
  }
}
