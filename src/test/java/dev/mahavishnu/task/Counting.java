package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A context whose log keeps nothing. */
record Counting(Given given, ProgramOutput.Log log) implements AttemptContext {
  @Override
  public RunId run() {
    return given.run();
  }

  @Override
  public TaskKey task() {
    return given.task();
  }

  @Override
  public int attempt() {
    return given.attempt();
  }

  @Override
  public Work work() {
    return given.work();
  }

  @Override
  public ValueType outputType() {
    return given.outputType();
  }

  @Override
  public JsonNode value(JsonNode templated) throws TaskException {
    return given.value(templated);
  }

  @Override
  public String text(String template) throws TaskException {
    return given.text(template);
  }

  @Override
  public JsonNode expression(String source) throws TaskException {
    return given.expression(source);
  }

  @Override
  public Map<String, String> environment() {
    return given.environment();
  }

  @Override
  public Path flowFolder() {
    return given.flowFolder();
  }

  @Override
  public Path workingDir() {
    return given.workingDir();
  }

  @Override
  public Path folder() {
    return given.folder();
  }

  @Override
  public String idempotencyKey() {
    return given.idempotencyKey();
  }

  @Override
  public String mark() {
    return given.mark();
  }

  @Override
  public void log(Stream stream, String line) {
    log.line(stream, line);
  }
}
