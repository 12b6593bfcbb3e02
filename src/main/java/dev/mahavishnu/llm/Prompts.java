package dev.mahavishnu.llm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The prompts: those of the workspace, in its folder {@code prompts}, and behind them those that
 * came with the program. Read anew at each use, so that who changes one sees what it does.
 */
public final class Prompts {
  private static final String FOLDER = "prompts";

  private final Path root;

  /**
   * @param root of the workspace
   */
  public Prompts(Path root) {
    this.root = root;
  }

  /** The prompts of the workspace that stand for one that came with the program. */
  public List<Path> overridden() {
    Path folder = root.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).filter(Prompts::isShipped).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isShipped(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".md")
        && !name.equals("README.md")
        && Prompts.class.getResource("/" + FOLDER + "/" + name) != null;
  }

  /**
   * A prompt by its name, without {@code .md}.
   *
   * @throws PromptException when it can't be read
   */
  Prompt get(String name) {
    Path own = root.resolve(FOLDER).resolve(name + ".md");
    if (Files.isRegularFile(own)) {
      try {
        return Prompt.of(FOLDER + "/" + name + ".md", Files.readString(own));
      } catch (IOException e) {
        throw new PromptException(own + " can't be read; is it UTF-8 text?");
      }
    }
    return Prompt.of(name + ".md", resource(name + ".md"));
  }

  /** The text of a prompt with its inputs in place. */
  String text(String name, Map<String, String> inputs) {
    return get(name).with(inputs);
  }

  /** What came with the program. */
  static String resource(String name) {
    String path = "/" + FOLDER + "/" + name;
    try (InputStream in = Prompts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new PromptException("there is no prompt " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PromptException("the prompt " + name + " can't be read from the program");
    }
  }
}
