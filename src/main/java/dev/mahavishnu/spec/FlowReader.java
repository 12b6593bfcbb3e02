package dev.mahavishnu.spec;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import tools.jackson.databind.JsonNode;

/**
 * Reads flow specs, YAML or JSON, and validates them in the same go: every problem at once, each
 * with its line and column. Safe for several threads if the checker is.
 */
public final class FlowReader {
  private final ExpressionChecker checker;
  private final Shape.Struct shape;

  /** A reader that knows the installed task kinds. */
  public FlowReader(ExpressionChecker checker) {
    this(checker, installedKinds());
  }

  /**
   * A reader that knows the built-in task kinds and these.
   *
   * @throws IllegalArgumentException when a kind's schema can't be used; the message names the kind
   */
  public FlowReader(ExpressionChecker checker, List<TaskKind> kinds) {
    this.checker = checker;
    this.shape = FlowShapes.flow(kinds);
  }

  /** The task kinds that jars on the class path bring. */
  public static List<TaskKind> installedKinds() {
    List<TaskKind> kinds = new ArrayList<>();
    ServiceLoader.load(TaskKind.class).forEach(kinds::add);
    return kinds;
  }

  /** Reads a file; its files are relative to the folder it is in. */
  public ReadResult read(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    try {
      return Files.size(file) > 4L * NodeReader.LONGEST
          ? refused(file, "the spec is longer than " + NodeReader.LONGEST / (1024 * 1024) + " MiB")
          : read(file.toString(), Files.readString(file), folder);
    } catch (NoSuchFileException e) {
      return refused(file, "there is no such file");
    } catch (CharacterCodingException e) {
      return refused(file, "the file is not UTF-8 text");
    } catch (IOException e) {
      return refused(
          file,
          Files.isDirectory(file) ? "this is a folder, not a spec" : "the file can't be read");
    }
  }

  private static ReadResult refused(Path file, String message) {
    return new ReadResult.Invalid(
        List.of(new Problem(file.toString(), Position.START, message, "")));
  }

  /**
   * Reads a text.
   *
   * @param name how problems name the text; where it ends in {@code .yaml}, {@code .yml} or {@code
   *     .json} it says which of the two the text is
   * @param folder what the flow's files are relative to
   */
  public ReadResult read(String name, String text, Path folder) {
    return read(name, text, folder, Optional.of(folder));
  }

  /**
   * What is wrong with a flow that was made, not read; its files need not be there yet. Positions
   * count in its canonical JSON.
   */
  public List<Problem> problems(Flow flow) {
    return switch (read("<flow>", FlowWriter.json(flow), Path.of(""), Optional.empty())) {
      case ReadResult.Valid _ -> List.of();
      case ReadResult.Invalid invalid -> invalid.problems();
    };
  }

  /**
   * Reads a flow that was made, not written by hand; its files need not be there yet. Positions
   * count in the value as indented JSON, which is the text of the result.
   */
  public ReadResult draft(String name, JsonNode spec) {
    return read(name, spec.toPrettyString(), Path.of(""), Optional.empty());
  }

  private ReadResult read(String name, String text, Path folder, Optional<Path> files) {
    SpecText source = new SpecText(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    Problems problems = new Problems(source);
    Optional<Node> root = new NodeReader(source, problems).read();
    if (root.isEmpty()) {
      return new ReadResult.Invalid(problems.sorted());
    }
    new ShapeCheck(problems, shape).check(root.get());
    Places places = new Places(source, root.get());
    Flow flow = new FlowBuilder(problems).flow(root.get());
    new Validator(checker, new Report(places, problems), files).validate(flow, "");
    return problems.isEmpty()
        ? new ReadResult.Valid(new FlowSource(flow, places, source.text(), folder))
        : new ReadResult.Invalid(problems.sorted());
  }

  /**
   * Reads a flow made at run time. Positions count in the value as indented JSON, which is the text
   * of the result.
   */
  public ReadResult read(String name, JsonNode spec, Path folder) {
    return read(name, spec.toPrettyString(), folder);
  }
}
