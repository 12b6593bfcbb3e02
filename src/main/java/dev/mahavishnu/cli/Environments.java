package dev.mahavishnu.cli;

import dev.mahavishnu.prefect.Known;
import dev.mahavishnu.spec.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The environments of a workspace, {@code environments/NAME.yaml}, and behind them those that came
 * with the program. What is not known is an error, with its place.
 */
final class Environments {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final List<String> KEYS =
      List.of(
          "environment",
          "api_url",
          "api_key",
          "auth_string",
          "pool",
          "queue",
          "tags",
          "parameters",
          "concurrency",
          "schedules");

  /** Of Prefect's own settings, which say themselves for which server they are. */
  private static final Set<String> PREFECTS = Set.of("PREFECT_API_KEY", "PREFECT_API_AUTH_STRING");

  private final Env env;
  private final List<Path> folders = new ArrayList<>();

  Environments(Env env, Workspace workspace) {
    this.env = env;
    folders.add(workspace.root().resolve("environments"));
    Home.find(env)
        .map(home -> home.folder().resolve("config").resolve("environments"))
        .ifPresent(folders::add);
  }

  /**
   * The environment of this name.
   *
   * @throws CommandFailure when there is none, or its file has a mistake
   */
  Environment named(String name) {
    if (NAME.matcher(name).matches()) {
      for (Path folder : folders) {
        Path file = folder.resolve(name + ".yaml");
        if (Files.isRegularFile(file)) {
          return read(name, file);
        }
      }
    }
    throw CommandFailure.usage(
        "no environment `" + name + "`" + Hints.like(name, names()) + where());
  }

  private String where() {
    return names().isEmpty() ? "; environments stand in " + folders.getFirst() + "/NAME.yaml" : "";
  }

  /** The names of all of them. */
  List<String> names() {
    return folders.stream().flatMap(Environments::names).distinct().sorted().toList();
  }

  private static Stream<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(f -> f.endsWith(".yaml"))
          .map(f -> f.substring(0, f.length() - ".yaml".length()))
          .toList()
          .stream();
    } catch (IOException _) {
      return Stream.of();
    }
  }

  private Environment read(String name, Path file) {
    String shown = Workspace.shown(file, env.cwd());
    try {
      return new Reading(shown, YamlNodes.read(shown, Files.readString(file))).environment(name);
    } catch (IOException e) {
      throw CommandFailure.configuration(shown + " can't be read: " + Reasons.of(e));
    }
  }

  private static final class Reading {
    private final String file;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();

    Reading(String file, Optional<YamlNode> root) {
      this.file = file;
      YamlNode all = root.orElse(new YamlNode.Mapping(List.of(), new Position(1, 1)));
      if (!(all instanceof YamlNode.Mapping mapping)) {
        throw fault(all.at(), "expected keys such as `environment:` and `pool:`");
      }
      for (YamlNode.Entry entry : mapping.entries()) {
        if (!KEYS.contains(entry.key())) {
          throw fault(
              entry.at(), "unknown key `" + entry.key() + "`" + Hints.like(entry.key(), KEYS));
        }
        entries.put(entry.key(), entry);
      }
    }

    Environment environment(String name) {
      String said = text("environment").map(Known::value).orElse("");
      if (!said.equals(name)) {
        Position at = at("environment").orElse(new Position(1, 1));
        throw fault(at, "expected `environment: " + name + "`, after which the file is named");
      }
      return new Environment(
          name,
          file,
          text("api_url"),
          reference("api_key"),
          reference("auth_string"),
          text("pool").map(Known::value),
          text("queue").map(Known::value),
          tags(),
          parameters(),
          text("concurrency").map(n -> number(n.value())),
          text("schedules").map(s -> onOff(s.value())));
    }

    private Optional<Position> at(String key) {
      return Optional.ofNullable(entries.get(key)).map(e -> e.value().at());
    }

    private Optional<Known<String>> text(String key) {
      return Optional.ofNullable(entries.get(key))
          .map(
              entry ->
                  switch (entry.value()) {
                    case YamlNode.Scalar scalar -> new Known<>(scalar.text(), place(scalar.at()));
                    case YamlNode.Sequence _, YamlNode.Mapping _ ->
                        throw fault(entry.value().at(), "expected one value");
                  })
          .filter(known -> !known.value().isEmpty());
    }

    private Optional<Known<KeyReference>> reference(String key) {
      Optional<Known<String>> text = text(key);
      try {
        return text.flatMap(
            known ->
                KeyReference.parse(known.value())
                    .map(reference -> new Known<>(allowed(key, reference), known.origin())));
      } catch (IllegalArgumentException e) {
        throw fault(position(key), String.valueOf(e.getMessage()));
      }
    }

    /** A file of a workspace, which may be somebody else's, can't send any secret anywhere. */
    private KeyReference allowed(String key, KeyReference reference) {
      if (reference instanceof KeyReference.Variable(String name)) {
        if (PREFECTS.contains(name)) {
          throw fault(
              position(key),
              name
                  + " is for the server of PREFECT_API_URL, where it counts by itself; leave `"
                  + key
                  + "` out, or name a variable of this environment's own");
        }
        if (!name.contains("PREFECT")) {
          throw fault(
              position(key),
              "the variable of a server's key has PREFECT in its name, such as"
                  + " PREFECT_STAGING_API_KEY; "
                  + name
                  + " may be a secret of something else");
        }
      }
      if (reference instanceof KeyReference.InFile(String path)
          && !path.startsWith("~/.config/mahavishnu/")
          && (path.startsWith("/") || path.startsWith("~") || path.contains(".."))) {
        throw fault(
            position(key),
            "a file with a server's key stands in the workspace or in ~/.config/mahavishnu/");
      }
      return reference;
    }

    private Position position(String key) {
      return at(key).orElse(new Position(1, 1));
    }

    private Optional<List<String>> tags() {
      return Optional.ofNullable(entries.get("tags"))
          .map(
              entry -> {
                if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
                  throw fault(entry.value().at(), "expected a list of tags");
                }
                return sequence.items().stream().map(this::tag).toList();
              });
    }

    private String tag(YamlNode node) {
      if (node instanceof YamlNode.Scalar scalar) {
        return scalar.text();
      }
      throw fault(node.at(), "expected a tag");
    }

    private List<YamlNode.Entry> parameters() {
      return Optional.ofNullable(entries.get("parameters"))
          .map(
              entry ->
                  switch (entry.value()) {
                    case YamlNode.Mapping mapping -> mapping.entries();
                    case YamlNode.Scalar scalar when scalar.text().isEmpty() ->
                        List.<YamlNode.Entry>of();
                    case YamlNode.Scalar _, YamlNode.Sequence _ ->
                        throw fault(entry.value().at(), "expected parameters, `name: value`");
                  })
          .orElse(List.of());
    }

    private int number(String text) {
      try {
        int number = Integer.parseInt(text);
        if (number >= 0) {
          return number;
        }
      } catch (NumberFormatException _) {
        // Told below.
      }
      throw fault(position("concurrency"), "expected a number of runs, 0 for no limit");
    }

    private boolean onOff(String text) {
      // YAML's parser may give either form of its words for true and false.
      return switch (text) {
        case "on", "true" -> true;
        case "off", "false" -> false;
        default -> throw fault(position("schedules"), "expected on or off");
      };
    }

    private String place(Position at) {
      return file + ":" + at.line() + ":" + at.column();
    }

    private CommandFailure fault(Position at, String reason) {
      return CommandFailure.configuration(Objects.requireNonNull(place(at)) + ": " + reason);
    }
  }
}
