package dev.mahavishnu.cli;

import dev.mahavishnu.secret.Secrets;
import dev.mahavishnu.spec.Position;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the configuration: options, then variables, then the workspace's file, the person's, and
 * the one that came with the program. What is not known is an error, wherever it stands.
 */
final class ConfigurationReader {
  private final Env env;

  ConfigurationReader(Env env) {
    this.env = env;
  }

  /**
   * @param options settings given on the command line, {@code key=value}, the last one wins
   */
  Settings read(Workspace workspace, List<String> options) {
    Settings settings = new Settings();
    Home.find(env).ifPresent(home -> file(settings, home.configuration()));
    personal().ifPresent(file -> file(settings, file));
    file(settings, workspace.configuration());
    variables(settings);
    options.forEach(option -> option(settings, option));
    return settings;
  }

  private Optional<Path> personal() {
    Optional<Path> home = env.variable("HOME").map(Path::of);
    return env.variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .or(() -> home.map(h -> h.resolve(".config")))
        .map(folder -> folder.resolve("mahavishnu").resolve("config.yaml"));
  }

  private void file(Settings settings, Path file) {
    if (!Files.exists(file)) {
      return;
    }
    String shown = Workspace.shown(file, env.cwd());
    Optional<YamlNode> root = YamlNodes.read(shown, text(file, shown));
    if (root.isPresent()) {
      groups(settings, shown, root.get());
    }
  }

  private static String text(Path file, String shown) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException _) {
      throw CommandFailure.configuration(shown + ": not UTF-8");
    } catch (IOException e) {
      throw CommandFailure.configuration(shown + " can't be read: " + Reasons.of(e));
    }
  }

  private static void groups(Settings settings, String file, YamlNode root) {
    if (!(root instanceof YamlNode.Mapping mapping)) {
      throw fault(file, root.at(), "expected groups of settings, such as `prefect:`");
    }
    for (YamlNode.Entry group : mapping.entries()) {
      String prefix = group.key() + ".";
      if (Configuration.SETTINGS.stream().noneMatch(s -> s.key().startsWith(prefix))) {
        throw unknown(file, group.at(), group.key(), groupNames());
      }
      entries(settings, file, prefix, group.value());
    }
  }

  private static void entries(Settings settings, String file, String prefix, YamlNode group) {
    switch (group) {
      case YamlNode.Mapping mapping -> {
        for (YamlNode.Entry entry : mapping.entries()) {
          Setting<?> setting =
              setting(prefix + entry.key())
                  .orElseThrow(
                      () -> unknown(file, entry.at(), prefix + entry.key(), keysOf(prefix)));
          String origin = place(file, entry.value().at());
          settings.put(setting, new Settings.Value(flat(file, setting, entry.value()), origin));
        }
      }
      case YamlNode.Scalar scalar -> {
        // A group whose lines are all commented out.
        if (!scalar.text().isEmpty()) {
          throw fault(file, scalar.at(), "expected settings under `" + prefix + "`");
        }
      }
      case YamlNode.Sequence sequence ->
          throw fault(file, sequence.at(), "expected settings under `" + prefix + "`");
    }
  }

  /** A value as the short form that variables and options use too. */
  private static String flat(String file, Setting<?> setting, YamlNode value) {
    return switch (value) {
      case YamlNode.Scalar scalar -> scalar.text();
      case YamlNode.Mapping _ -> throw fault(file, value.at(), "expected one value");
      case YamlNode.Sequence sequence -> {
        if (setting.fields().isEmpty()) {
          throw fault(file, value.at(), "expected one value, not a list");
        }
        List<String> items = new ArrayList<>();
        sequence.items().forEach(item -> items.add(item(file, setting, item)));
        yield String.join(",", items);
      }
    };
  }

  private static String item(String file, Setting<?> setting, YamlNode item) {
    Map<String, String> fields = new TreeMap<>();
    if (item instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Entry entry : mapping.entries()) {
        if (!setting.fields().contains(entry.key())) {
          throw unknown(file, entry.at(), entry.key(), setting.fields());
        }
        if (entry.value() instanceof YamlNode.Scalar scalar && !scalar.text().contains(",")) {
          fields.put(entry.key(), scalar.text());
        }
      }
    }
    if (fields.size() != setting.fields().size()) {
      throw fault(
          file, item.at(), "expected an object with " + String.join(", ", setting.fields()));
    }
    return String.join("=", setting.fields().stream().map(fields::get).toList());
  }

  private void variables(Settings settings) {
    for (Map.Entry<String, String> variable : new TreeMap<>(env.variables()).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith("MAHAVISHNU_")
          || name.startsWith(Secrets.VARIABLE_PREFIX)
          || !name.contains("__")) {
        continue;
      }
      Setting<?> setting =
          Configuration.SETTINGS.stream()
              .filter(s -> s.variable().equals(name))
              .findFirst()
              .orElseThrow(() -> unknownVariable(name));
      settings.put(setting, new Settings.Value(variable.getValue().strip(), name));
    }
  }

  private static CommandFailure unknownVariable(String name) {
    List<String> known = Configuration.SETTINGS.stream().map(Setting::variable).toList();
    return CommandFailure.configuration(
        "variable " + name + " sets nothing" + Hints.like(name, known));
  }

  private static void option(Settings settings, String option) {
    int equals = option.indexOf('=');
    String key = equals < 0 ? option : option.substring(0, equals);
    Setting<?> setting =
        setting(key)
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "--set "
                            + shown(option, key)
                            + ": unknown key"
                            + Hints.like(key, keysOf(""))));
    if (equals < 0) {
      throw CommandFailure.usage("--set " + option + ": expected KEY=VALUE");
    }
    settings.put(setting, new Settings.Value(option.substring(equals + 1), "--set"));
  }

  /** What was meant for a key of a model or a server may be that key. */
  private static String shown(String option, String key) {
    return key.startsWith("llm.") || key.startsWith("prefect.") ? key : option;
  }

  private static Optional<? extends Setting<?>> setting(String key) {
    return Configuration.SETTINGS.stream().filter(s -> s.key().equals(key)).findFirst();
  }

  private static List<String> groupNames() {
    return Configuration.SETTINGS.stream()
        .map(s -> s.key().substring(0, s.key().indexOf('.')))
        .distinct()
        .toList();
  }

  private static List<String> keysOf(String prefix) {
    return Configuration.SETTINGS.stream()
        .map(Setting::key)
        .filter(key -> key.startsWith(prefix))
        .toList();
  }

  private static CommandFailure unknown(String file, Position at, String key, List<String> known) {
    return fault(file, at, "unknown key `" + key + "`" + Hints.like(key, known));
  }

  private static CommandFailure fault(String file, Position at, String reason) {
    return CommandFailure.configuration(place(file, at) + ": " + reason);
  }

  private static String place(String file, Position at) {
    return file + ":" + at.line() + ":" + at.column();
  }
}
