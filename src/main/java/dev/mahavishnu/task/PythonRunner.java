package dev.mahavishnu.task;

import dev.mahavishnu.engine.Attempt;
import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.engine.TaskRunner;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Work;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tasks of type {@code python}: code with the dict {@code inputs} in its globals, whose output is
 * what it leaves in {@code result}. Imports look into the folder of the file first, for an inline
 * script into the flow's folder.
 */
public final class PythonRunner implements TaskRunner {
  /** Escapes whatever UTF-8 might not hold, so that each character arrives. */
  private static final JsonMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Host host;

  /** Runs the python3 that is on the PATH of this process. */
  public PythonRunner() {
    this(Host.ofThisProcess());
  }

  PythonRunner(Host host) {
    this.host = host;
  }

  @Override
  public String type() {
    return "python";
  }

  @Override
  public Attempt prepare(AttemptContext context) throws TaskException {
    Work.Python work = (Work.Python) context.work();
    ObjectNode inputs = JsonNodeFactory.instance.objectNode();
    for (NamedValue input : work.inputs()) {
      inputs.set(input.name(), context.value(input.value()));
    }
    AttemptFiles files = new AttemptFiles(context.folder());
    Path output = files.named("output.json");
    Path failure = files.named("failure.txt");
    Map<String, String> variables = TaskVariables.of(context, output, files.named("progress"));
    Path python = python(variables);
    Source source = source(work, context, files);
    List<String> argv =
        List.of(
            python.toString(),
            files.write("bootstrap.py", bootstrap()).toString(),
            files.write("inputs.json", ASCII.writeValueAsBytes(inputs)).toString(),
            output.toString(),
            failure.toString(),
            source.modules().toString(),
            source.name(),
            source.file().toString());
    return ProcessAttempt.hold(
        host, context, argv, variables, files, ended -> output(ended, output, failure));
  }

  /**
   * What to run.
   *
   * @param name in tracebacks
   */
  private record Source(Path file, String name, Path modules) {}

  private static Source source(Work.Python work, AttemptContext context, AttemptFiles files)
      throws TaskException {
    Path folder = context.flowFolder().toAbsolutePath();
    if (work.file().isEmpty()) {
      Path script = files.write("script.py", work.script().orElse(""));
      return new Source(script, context.task().task() + ".py", folder);
    }
    Path file = folder.resolve(work.file().get()).normalize();
    if (!Files.isRegularFile(file)) {
      throw new TaskException("there is no file " + file, true);
    }
    return new Source(file, file.toString(), file.resolveSibling(""));
  }

  private Path python(Map<String, String> variables) throws TaskException {
    return host.find("python3", variables)
        .map(Path::toAbsolutePath)
        .orElseThrow(
            () -> new TaskException("python3 is not on PATH; install Python 3.6 or newer", false));
  }

  private static byte[] bootstrap() throws TaskException {
    try (InputStream in = PythonRunner.class.getResourceAsStream("bootstrap.py")) {
      if (in == null) {
        throw new IllegalStateException("bootstrap.py is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new TaskException("bootstrap.py can't be read: " + e.getMessage(), true);
    }
  }

  private static JsonNode output(ChildProcess.Ended ended, Path output, Path failure)
      throws TaskException {
    if (ended.status() != 0) {
      throw new TaskException(why(failure).orElseGet(() -> ExitStatus.message(ended)), true);
    }
    Optional<JsonNode> result = OutputFile.read(output, "result");
    return result.orElse(JsonNodeFactory.instance.nullNode());
  }

  private static Optional<String> why(Path failure) {
    try (InputStream in = Files.newInputStream(failure)) {
      String text = new String(in.readNBytes(2000), StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (IOException e) {
      // It did not come to say why.
      return Optional.empty();
    }
  }
}
