package dev.mahavishnu.cli;

import dev.mahavishnu.mcp.Permission;
import dev.mahavishnu.mcp.Tool;
import dev.mahavishnu.mcp.ToolResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command as a tool: what it is called with is what the command says of its own options, and what
 * it gives is what the command prints. What is not shown can't be said by a client.
 */
final class McpCommandTool {
  private final McpCommands commands;
  private final CommandSpec spec;
  private final List<String> path;
  private final List<String> always = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();

  /** An argument of the command that a client may say. */
  private record Shown(ArgSpec argument, McpSchemas.Field field) {}

  /**
   * What the command prints.
   *
   * @param key names it in the result
   */
  record Prints(Form form, String key) {
    /** Lines of JSON, or text. */
    enum Form {
      OBJECT,
      OBJECTS,
      TEXT
    }

    /** An object, which is the result. */
    static final Prints OBJECT = new Prints(Form.OBJECT, "");

    /** An object a line. */
    static Prints objects(String key) {
      return new Prints(Form.OBJECTS, key);
    }

    static Prints text(String key) {
      return new Prints(Form.TEXT, key);
    }
  }

  McpCommandTool(Workbench bench, McpCommands commands, String... path) {
    this.commands = commands;
    this.path = List.of(path);
    CommandLine at = CommandTree.build(bench, Set.of(path));
    for (String word : path) {
      at = Objects.requireNonNull(at.getSubcommands().get(word), word);
    }
    this.spec = at.getCommandSpec();
  }

  /** Said with every call. */
  McpCommandTool always(String... words) {
    always.addAll(Arrays.asList(words));
    return this;
  }

  /**
   * What a client may say, in the command's own words.
   *
   * @param names an option as {@code --task}, a parameter as {@code RUN}; with a {@code !} after it
   *     a client must say it
   */
  McpCommandTool with(String... names) {
    for (String name : names) {
      boolean needed = name.endsWith("!");
      ArgSpec argument = find(needed ? name.substring(0, name.length() - 1) : name);
      McpSchemas.Field field = field(argument);
      shown.add(new Shown(argument, needed ? field.needed() : field));
    }
    return this;
  }

  /** What a client may say, where the command itself allows more. */
  McpCommandTool with(McpSchemas.Field field, String name) {
    shown.add(new Shown(find(name), field));
    return this;
  }

  /** Of parameters with the same label the first one that is not shown yet. */
  private ArgSpec find(String name) {
    Stream<ArgSpec> all =
        Stream.concat(spec.positionalParameters().stream(), spec.options().stream());
    return all.filter(
            a ->
                a instanceof OptionSpec o
                    ? Arrays.asList(o.names()).contains(name)
                    : a.paramLabel().equals(name))
        .filter(a -> shown.stream().noneMatch(s -> s.argument().equals(a)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(path + " has no " + name));
  }

  private static McpSchemas.Field field(ArgSpec argument) {
    String name =
        argument instanceof OptionSpec option
            ? option.longestName().replaceFirst("^-+", "").replace('-', '_')
            : argument.paramLabel().toLowerCase(Locale.ROOT);
    String description = String.join(" ", argument.description());
    Class<?> type = argument.type();
    if (argument instanceof OptionSpec option && option.arity().max() == 0) {
      return McpSchemas.flag(name, description);
    }
    if (type == Integer.class || type == int.class) {
      return McpSchemas.number(name, description);
    }
    if (type.isEnum()) {
      return McpSchemas.text(name, description)
          .oneOf(Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    }
    return McpSchemas.text(name, description);
  }

  /** A tool that only reads. */
  Tool reading(String name, String title, Prints prints) {
    return new Tool(
        name, title, description(), input(), output(prints), call -> run(call.arguments(), prints));
  }

  /** A tool that a person has to agree to. */
  Tool permitted(
      String name, String title, Permission permission, Tool.Question question, Prints prints) {
    return new Tool(
        name,
        title,
        description(),
        input(),
        output(prints),
        Optional.of(permission),
        question,
        call -> run(call.arguments(), prints));
  }

  String description() {
    return String.join(" ", spec.usageMessage().description());
  }

  /** What a client may say. */
  List<McpSchemas.Field> fields() {
    return shown.stream().map(Shown::field).toList();
  }

  private ObjectNode input() {
    return McpSchemas.input(fields());
  }

  private static ObjectNode output(Prints prints) {
    return switch (prints.form()) {
      case OBJECT -> McpSchemas.output();
      case OBJECTS -> McpSchemas.output(McpSchemas.list(prints.key(), "One for each.").needed());
      case TEXT -> McpSchemas.output(McpSchemas.text(prints.key(), "As it is printed.").needed());
    };
  }

  /** The command line that a call means. */
  List<String> words(ObjectNode arguments) {
    List<String> words = new ArrayList<>(path);
    words.addAll(always);
    List<String> positional = new ArrayList<>();
    for (Shown one : shown) {
      JsonNode said = arguments.path(one.field().name());
      JsonNode value = said.isMissingNode() ? one.field().schema().path("default") : said;
      if (value.isMissingNode()) {
        continue;
      }
      if (value.isBoolean() && one.argument() instanceof OptionSpec flag) {
        if (value.booleanValue()) {
          words.add(flag.longestName());
        }
      } else if (one.argument() instanceof OptionSpec option) {
        words.add(option.longestName() + "=" + value.asString());
      } else {
        positional.add(literal(value.asString()));
      }
    }
    if (!positional.isEmpty()) {
      words.add("--");
      words.addAll(positional);
    }
    return words;
  }

  /** A word that begins with an at-sign would bring in a file. */
  static String literal(String word) {
    return word.startsWith("@") ? "@" + word : word;
  }

  ToolResult run(ObjectNode arguments, Prints prints) {
    McpCommands.Did did = commands.run(words(arguments));
    if (!did.isGood()) {
      return new ToolResult.Failed(did.complaint());
    }
    ObjectNode content =
        switch (prints.form()) {
          case OBJECT -> object(did.out());
          case OBJECTS -> {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            JsonMapper mapper = new JsonMapper();
            did.out().forEach(line -> all.withArray(prints.key()).add(mapper.readTree(line)));
            all.withArray(prints.key());
            yield all;
          }
          case TEXT -> JsonNodeFactory.instance.objectNode().put(prints.key(), did.text());
        };
    return new ToolResult.Done(did.text().isEmpty() ? "none" : did.text(), content);
  }

  /** The last line that is an object; what comes before it are steps on the way. */
  private static ObjectNode object(List<String> lines) {
    return lines.isEmpty()
        ? JsonNodeFactory.instance.objectNode()
        : (ObjectNode) new JsonMapper().readTree(lines.getLast());
  }
}
