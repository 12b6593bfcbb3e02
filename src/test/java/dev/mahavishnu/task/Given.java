package dev.mahavishnu.task;

import dev.mahavishnu.engine.AttemptContext;
import dev.mahavishnu.engine.TaskException;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Template;
import dev.mahavishnu.spec.ValueType;
import dev.mahavishnu.spec.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** An attempt's context whose expressions are names of given values. */
record Given(
    Work work,
    ValueType outputType,
    Path flowFolder,
    Path folder,
    Map<String, JsonNode> values,
    Map<String, String> environment,
    String mark,
    List<Line> lines)
    implements AttemptContext {

  /** A line that was logged. */
  record Line(Stream stream, String text) {}

  /** Work in a flow's folder; the attempt's own folder is made beside it. */
  static Given work(Path flowFolder, Work work) {
    try {
      Path attempts = Files.createDirectories(flowFolder.resolveSibling("attempts"));
      Path folder =
          Files.createTempDirectory(
              attempts,
              "attempt",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new Given(
          work,
          ValueType.ANY,
          Files.createDirectories(flowFolder),
          folder,
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          UUID.randomUUID().toString(),
          new CopyOnWriteArrayList<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Given shell(Path flowFolder, String command) {
    return work(flowFolder, new Work.Shell(Optional.of(command), List.of()));
  }

  static Given argv(Path flowFolder, String... argv) {
    return work(flowFolder, new Work.Shell(Optional.empty(), List.of(argv)));
  }

  static Given python(Path flowFolder, String script, NamedValue... inputs) {
    return work(
        flowFolder, new Work.Python(Optional.empty(), Optional.of(script), List.of(inputs)));
  }

  static JsonNode json(String json) {
    return JsonMapper.shared().readTree(json);
  }

  Given with(String name, JsonNode value) {
    values.put(name, value);
    return this;
  }

  Given with(String name, String value) {
    return with(name, JsonNodeFactory.instance.stringNode(value));
  }

  Given variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Given declared(ValueType type) {
    return new Given(work, type, flowFolder, folder, values, environment, mark, lines);
  }

  /** The lines of one stream. */
  List<String> logged(Stream stream) {
    return lines.stream().filter(l -> l.stream() == stream).map(Line::text).toList();
  }

  @Override
  public RunId run() {
    return new RunId("261123-213045-k7qd");
  }

  @Override
  public TaskKey task() {
    return TaskKey.of("", "load").item(3);
  }

  @Override
  public int attempt() {
    return 1;
  }

  @Override
  public JsonNode value(JsonNode templated) throws TaskException {
    if (templated.isString()) {
      Template template = Template.of(templated.stringValue());
      return template.isWhole()
          ? expression(template.expressions().getFirst().source())
          : JsonNodeFactory.instance.stringNode(text(templated.stringValue()));
    }
    if (templated.isObject()) {
      var copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> member : templated.properties()) {
        copy.set(member.getKey(), value(member.getValue()));
      }
      return copy;
    }
    return templated;
  }

  @Override
  public String text(String template) throws TaskException {
    StringBuilder text = new StringBuilder();
    for (Template.Part part : Template.of(template).parts()) {
      text.append(
          switch (part) {
            case Template.Part.Text(String literal) -> literal;
            case Template.Part.Expression(String source, int _) -> ValueText.of(expression(source));
          });
    }
    return text.toString();
  }

  @Override
  public JsonNode expression(String source) throws TaskException {
    JsonNode value = values.get(source.strip());
    if (value == null) {
      throw new TaskException("no value `" + source.strip() + "`", false);
    }
    return value;
  }

  @Override
  public Path workingDir() {
    return flowFolder;
  }

  @Override
  public String idempotencyKey() {
    return "key-of-load-3";
  }

  @Override
  public void log(Stream stream, String line) {
    lines.add(new Line(stream, line));
  }
}
