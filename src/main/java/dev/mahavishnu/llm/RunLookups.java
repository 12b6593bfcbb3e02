package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Call.Lookup;
import dev.mahavishnu.llm.Call.Tool;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.RunQuery;
import dev.mahavishnu.secret.Redactor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lets a model read what is stored of runs: lists, states, logs and outputs. */
final class RunLookups implements Lookups {
  /** Most characters of an answer. */
  static final int LONGEST = 8_000;

  private static final String LIST = "list_runs";
  private static final String SHOW = "show_run";
  private static final String LOG = "read_log";
  private static final String OUTPUT = "read_output";
  private static final String RUN = "run";
  private static final String TASK = "task";

  private final RunHistory history;
  private final Redactor redactor;
  private final Clock clock;
  private final RunReading reading;

  /**
   * @param clock its zone is that of times without one, and of the times shown
   */
  RunLookups(RunHistory history, Redactor redactor, Clock clock) {
    this.history = history;
    this.redactor = redactor;
    this.clock = clock;
    this.reading = new RunReading(history, clock.getZone());
  }

  @Override
  public List<Tool> tools() {
    return List.of(
        tool(
            LIST,
            "Count and list stored runs: states, times, failures.",
            text("from", "ISO local date or date-time"),
            text("to", "ISO local date or date-time, after the period"),
            text("flow", "only this flow"),
            text("states", "only these states, with commas between: failed,crashed"),
            text("by", "run, flow or task"),
            text("order", "newest, oldest, slowest, slower_than_usual or most_failed"),
            number("limit", "most rows, 1 to " + RunQuery.MOST)),
        tool(SHOW, "State, parameters and tasks of one run.", run()),
        tool(
            LOG,
            "Lines of a run's log, with their numbers.",
            run(),
            text(TASK, "only this task: load, load[3], sub/load"),
            number("attempt", "only this attempt"),
            text("contains", "only lines with this text"),
            number("lines", "most lines, 1 to 200; the last ones"),
            truth("first", "true for the first lines instead of the last")),
        tool(
            OUTPUT,
            "What a task of a run returned.",
            run(),
            text(TASK, "load, load[3], sub/load")));
  }

  private record Parameter(String name, String type, String description) {}

  private static Parameter run() {
    return text(RUN, "id of a run, the end of one, or `last`");
  }

  private static Parameter text(String name, String description) {
    return new Parameter(name, "string", description);
  }

  private static Parameter number(String name, String description) {
    return new Parameter(name, "integer", description);
  }

  private static Parameter truth(String name, String description) {
    return new Parameter(name, "boolean", description);
  }

  private static Tool tool(String name, String description, Parameter... parameters) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode fields = schema.putObject("properties");
    for (Parameter parameter : parameters) {
      fields
          .putObject(parameter.name())
          .put("type", parameter.type())
          .put("description", parameter.description());
    }
    ArrayNode required = schema.putArray("required");
    for (Parameter parameter : parameters) {
      boolean needed =
          parameter.name().equals(RUN) || (name.equals(OUTPUT) && parameter.name().equals(TASK));
      if (needed) {
        required.add(parameter.name());
      }
    }
    return new Tool(name, description, schema.put("additionalProperties", false));
  }

  @Override
  public String look(Lookup lookup) {
    try {
      return bounded(redactor.redact(found(lookup.tool(), lookup.arguments())));
    } catch (RuntimeException e) {
      // Whatever a model asks for, and whatever is wrong with a run, is an answer.
      return bounded(redactor.redact("that can't be looked up: " + e.getMessage()));
    }
  }

  private String found(String tool, ObjectNode arguments) {
    if (tool.equals(LIST)) {
      return list(arguments);
    }
    Optional<RunId> run = run(arguments.path(RUN).asString(""));
    if (run.isEmpty()) {
      return "there is no such run, or more than one; `" + LIST + "` gives their ids";
    }
    return switch (tool) {
      case SHOW -> reading.show(run.get());
      case LOG -> reading.log(run.get(), arguments);
      case OUTPUT -> reading.output(run.get(), arguments.path(TASK).asString(""));
      default -> "there is no lookup of that name";
    };
  }

  private Optional<RunId> run(String text) {
    if (text.equals("last")) {
      return history.list().map(summary -> summary.run()).findFirst();
    }
    List<RunId> found = text.isBlank() ? List.of() : history.find(text.strip());
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private String list(ObjectNode arguments) {
    ObjectNode query = arguments.deepCopy();
    JsonNode states = query.remove("states");
    if (states != null && !states.asString("").isBlank()) {
      ArrayNode list = query.putArray("states");
      for (String state : states.asString("").split(",", -1)) {
        list.add(state.strip());
      }
    }
    RunQueryReader.Read read = RunQueryReader.read(query, clock.getZone());
    if (read.query().isEmpty()) {
      return String.join("\n", read.problems());
    }
    var table = new RunAnswers(Optional.of(history), clock).table(read.query().get());
    StringBuilder text = new StringBuilder(table.title()).append('\n');
    text.append(String.join(" | ", table.columns())).append('\n');
    table.rows().forEach(row -> text.append(String.join(" | ", row)).append('\n'));
    return text.toString();
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n… cut: ask for less";
  }
}
