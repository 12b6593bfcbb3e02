package dev.mahavishnu.cli;

import dev.mahavishnu.secret.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a key is: configuration files are shared, so that none of them holds the key itself. */
sealed interface KeyReference {
  /** An environment variable. */
  record Variable(String name) implements KeyReference {
    @Override
    public String toString() {
      return "env:" + name;
    }
  }

  /**
   * A file that only its owner may open.
   *
   * @param path relative to the workspace; {@code ~/} is the person's own folder
   */
  record InFile(String path) implements KeyReference {
    @Override
    public String toString() {
      return "file:" + path;
    }
  }

  /** Reads the written form; empty for an empty text. */
  static Optional<KeyReference> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.startsWith("env:") && Names.VARIABLE.matcher(text.substring(4)).matches()) {
      return Optional.of(new Variable(text.substring(4)));
    }
    if (text.startsWith("file:") && !text.substring(5).isBlank()) {
      return Optional.of(new InFile(text.substring(5)));
    }
    throw new IllegalArgumentException(
        "expected env:NAME or file:PATH, which say where the key is; a key itself never stands"
            + " here");
  }

  /**
   * The key.
   *
   * @param setting the key of the configuration that says so
   * @throws CommandFailure that says why there is none
   */
  default String read(String setting, Env env, Workspace workspace) {
    return switch (this) {
      case Variable v ->
          env.variable(v.name())
              .map(String::strip)
              .filter(key -> !key.isEmpty())
              .orElseThrow(() -> fault(setting, "the variable " + v.name() + " is not set"));
      case InFile f -> read(setting, file(f.path(), env, workspace));
    };
  }

  private static Path file(String path, Env env, Workspace workspace) {
    return path.startsWith("~/")
        ? Path.of(env.variable("HOME").orElse("/")).resolve(path.substring(2))
        : workspace.root().resolve(path);
  }

  private String read(String setting, Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new NoSuchFileException(file.toString());
      }
      String key = new String(PrivateFile.read(file), StandardCharsets.UTF_8).strip();
      if (key.isEmpty() || key.lines().count() != 1) {
        throw new IOException(file + " holds no key: one line was expected");
      }
      return key;
    } catch (NoSuchFileException _) {
      throw fault(setting, "there is no file " + file);
    } catch (IOException e) {
      throw fault(setting, String.valueOf(e.getMessage()));
    }
  }

  private CommandFailure fault(String setting, String why) {
    return CommandFailure.configuration("`" + setting + "` is " + this + ", but " + why);
  }

  /** How names are written. */
  final class Names {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    private Names() {}
  }
}
