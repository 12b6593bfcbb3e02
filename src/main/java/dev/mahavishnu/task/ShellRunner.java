package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.spec.ShellScript;
import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.TemplateException;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Tasks of type {@code shell}: a script for {@code /bin/sh -e}, which ends at the first command
 * that fails, or a program with arguments and no shell.
 *
 * <p>A value in a script is the variable that {@link ShellScript} put there. Up to 100 KiB it comes
 * by the environment. A longer one comes by a file that {@code MV_1_FILE} names, from which the
 * variable is set inside the shell alone: the shell's own commands can use it, and a program that
 * is passed it as an argument fails, because no program can be passed so much.
 *
 * <p>The output is the JSON in the file {@code $MAHAVISHNU_OUTPUT}; without one it is the last line
 * of standard output that is not blank, or null when nothing was printed. The line is JSON where
 * the task declares a type that is no text, and undeclared when it is an object or a list; else it
 * is text.
 */
public final class ShellRunner implements TaskRunner {
  /** Variables and arguments share about 2 MiB; this much of it is for values. */
  private static final long LONGEST_VALUES = 1024 * 1024;

  private final Host host;

  /** Runs programs in the environment of this process. */
  public ShellRunner() {
    this(Host.ofThisProcess());
  }

  ShellRunner(Host host) {
    this.host = host;
  }

  @Override
  public String type() {
    return "shell";
  }

  @Override
  public Attempt prepare(AttemptContext context) throws TaskException {
    Work.Shell work = (Work.Shell) context.work();
    AttemptFiles files = new AttemptFiles(context.folder());
    Path output = files.named("output.json");
    Map<String, String> variables = TaskVariables.of(context, output, files.named("progress"));
    List<String> argv = new ArrayList<>();
    List<String> byFile = new ArrayList<>();
    if (work.command().isPresent()) {
      String script = script(work.command().get(), context, variables, files, byFile);
      argv.addAll(List.of("/bin/sh", "-e", "-c", script, "sh"));
    } else {
      for (String argument : work.argv()) {
        argv.add(context.text(argument));
      }
    }
    return ProcessAttempt.hold(
        host,
        context,
        argv,
        variables,
        files,
        ended -> output(ended, output, byFile, context.outputType()));
  }

  /** The script, after commands that fetch the values that come by file. */
  private static String script(
      String command,
      AttemptContext context,
      Map<String, String> variables,
      AttemptFiles files,
      List<String> byFile)
      throws TaskException {
    ShellScript parsed;
    try {
      parsed = ShellScript.of(command);
    } catch (TemplateException e) {
      throw new TaskException("command: " + e.getMessage(), false);
    }
    StringBuilder script = new StringBuilder();
    long total = 0;
    int n = 0;
    for (Template.Part.Expression expression : parsed.expressions()) {
      String variable = ShellScript.variable(++n);
      String value = ValueText.of(context.expression(expression.source()));
      long bytes = Launch.bytes("the value of `" + expression.source().strip() + "`", value);
      if (bytes <= Launch.LONGEST_VALUE && total + bytes <= LONGEST_VALUES) {
        total += bytes;
        variables.put(variable, value);
        continue;
      }
      String name = variable + "_FILE";
      variables.put(name, files.write(variable, value).toString());
      byFile.add("$" + name + " for `" + expression.source().strip() + "`");
      // A substitution loses the line ends at the end of what it substitutes, hence the letter.
      script.append(
          "%1$s=$(cat \"$%2$s\" && printf x); %1$s=${%1$s%%x}; ".formatted(variable, name));
    }
    script.append(parsed.script());
    if (Launch.bytes("command", script.toString()) > Launch.LONGEST_VALUE) {
      throw new TaskException("command is longer than 100 KiB; put it into a file", false);
    }
    return script.toString();
  }

  private static JsonNode output(
      ChildProcess.Ended ended, Path output, List<String> byFile, ValueType type)
      throws TaskException {
    if (ended.status() != 0) {
      String hint =
          ended.status() == 126 && !byFile.isEmpty()
              ? "; a value over 100 KiB can't be an argument, read it from its file: "
                  + String.join(", ", byFile)
              : "";
      throw new TaskException(ExitStatus.message(ended) + hint, true);
    }
    var left = OutputFile.read(output, "$" + TaskVariables.OUTPUT);
    return left.isPresent() ? left.get() : lastLine(ended.out(), type);
  }

  private static JsonNode lastLine(ProgramOutput.Last last, ValueType type) throws TaskException {
    if (last.cut()) {
      throw new TaskException(
          "the last line of standard output is longer than 1 MiB; write the output as JSON to"
              + " $MAHAVISHNU_OUTPUT, or end with a short line",
          true);
    }
    String text = last.text();
    if (text.isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    if (mayBeJson(text.strip(), type)) {
      try {
        return OutputFile.parse(text.strip().getBytes(StandardCharsets.UTF_8), "the last line");
      } catch (TaskException e) {
        // It stays a text: if that is not what was declared, the engine says so.
      }
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  /** Undeclared, a number stays a text: {@code 007} is one, and so is many a hash. */
  private static boolean mayBeJson(String line, ValueType type) {
    return switch (type) {
      case ValueType.ListOf _, ValueType.MapOf _, ValueType.ObjectOf _ -> true;
      case ValueType.Scalar scalar ->
          switch (scalar) {
            case INTEGER, NUMBER, BOOLEAN -> true;
            case STRING, DATE, DATETIME, DURATION -> false;
            case ANY -> line.startsWith("{") || line.startsWith("[");
          };
    };
  }
}
