package dev.mahavishnu.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The flows to learn from: those that came with the program, and the workspace's own. */
final class Examples {
  private static final String FOLDER = "examples";
  private static final String REQUEST = "# request: ";

  private Examples() {}

  /**
   * A request and the flow that answers it.
   *
   * @param flow as YAML
   */
  record Example(String request, String flow) {
    /**
     * Reads an example: its first lines are comments, one of which holds the request.
     *
     * @throws PromptException when there is no request
     */
    static Example of(String file, String text) {
      String request =
          text.lines()
              .takeWhile(line -> line.startsWith("#"))
              .filter(line -> line.startsWith(REQUEST))
              .map(line -> line.substring(REQUEST.length()).strip())
              .findFirst()
              .orElseThrow(
                  () ->
                      new PromptException(
                          file + ":1: an example starts with a line `" + REQUEST + "…`"));
      String flow = String.join("\n", text.lines().dropWhile(l -> l.startsWith("#")).toList());
      return new Example(request, flow.strip());
    }
  }

  /** All examples; the workspace's own first. */
  static List<Example> all(Path root) {
    List<Example> all = new ArrayList<>();
    Path folder = root.resolve("prompts").resolve(FOLDER);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          all.add(Example.of(root.relativize(file).toString(), Files.readString(file)));
        }
      } catch (IOException e) {
        throw new PromptException(folder + " can't be read");
      }
    }
    Prompts.resource(FOLDER + "/index.txt")
        .lines()
        .filter(line -> !line.isBlank())
        .forEach(name -> all.add(Example.of(name, Prompts.resource(FOLDER + "/" + name))));
    return List.copyOf(all);
  }
}
