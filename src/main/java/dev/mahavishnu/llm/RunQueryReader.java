package dev.mahavishnu.llm;

import dev.mahavishnu.run.RunQuery;
import dev.mahavishnu.run.StateType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads a question about runs as a model writes it. */
final class RunQueryReader {
  private static final int USUAL_LIMIT = 20;
  private static final Set<String> FIELDS =
      Set.of("from", "to", "flow", "states", "by", "order", "limit");

  private final ZoneId zone;
  private final List<String> problems = new ArrayList<>();

  private RunQueryReader(ZoneId zone) {
    this.zone = zone;
  }

  /**
   * What was read.
   *
   * @param query empty where there are problems
   */
  record Read(Optional<RunQuery> query, List<String> problems) {
    Read {
      problems = List.copyOf(problems);
    }
  }

  /** The JSON Schema of a question, every field required, as strict schemas want it. */
  static ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.put("description", "A question about stored runs; the program answers it by counting.");
    ObjectNode fields = schema.putObject("properties");
    String time = "ISO local date or date-time in the zone of the workspace, or null";
    nullable(fields, "from", "First moment of the period: " + time);
    nullable(fields, "to", "First moment after the period: " + time);
    nullable(fields, "flow", "Name of the only flow that is asked about, or null for all");
    ObjectNode states = fields.putObject("states").put("type", "array");
    states.put("description", "Only runs in these states; empty for all");
    names(states.putObject("items").put("type", "string"), StateType.values());
    names(fields.putObject("by").put("type", "string"), RunQuery.By.values());
    names(fields.putObject("order").put("type", "string"), RunQuery.Order.values());
    fields
        .putObject("limit")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", RunQuery.MOST);
    ArrayNode required = schema.putArray("required");
    fields.propertyNames().forEach(required::add);
    return schema.put("additionalProperties", false);
  }

  private static void nullable(ObjectNode fields, String name, String description) {
    ObjectNode field = fields.putObject(name);
    field.putArray("type").add("string").add("null");
    field.put("description", description);
  }

  private static void names(ObjectNode field, Enum<?>[] values) {
    ArrayNode names = field.putArray("enum");
    for (Enum<?> value : values) {
      names.add(word(value));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a question; what is absent is as if nothing was said.
   *
   * @param zone of times without an offset
   */
  static Read read(JsonNode json, ZoneId zone) {
    return new RunQueryReader(zone).read(json);
  }

  private Read read(JsonNode json) {
    if (!json.isObject()) {
      return new Read(Optional.empty(), List.of("the query is not an object"));
    }
    json.propertyNames().stream()
        .filter(name -> !FIELDS.contains(name))
        .forEach(name -> problems.add("a query has no field `" + name + "`"));
    Optional<Instant> from = time(json, "from");
    Optional<Instant> to = time(json, "to");
    Set<StateType> states = EnumSet.noneOf(StateType.class);
    for (JsonNode state : json.path("states")) {
      one(state, "states", StateType.values()).ifPresent(states::add);
    }
    RunQuery.By by = one(json.path("by"), "by", RunQuery.By.values()).orElse(RunQuery.By.RUN);
    RunQuery.Order order =
        one(json.path("order"), "order", RunQuery.Order.values()).orElse(RunQuery.Order.NEWEST);
    int limit = limit(json.path("limit"));
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      problems.add("`from` is not before `to`");
    }
    if (!problems.isEmpty()) {
      return new Read(Optional.empty(), problems);
    }
    RunQuery query = new RunQuery(from, to, text(json, "flow"), states, by, order, limit);
    return new Read(Optional.of(query), List.of());
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.of(json.path(name).asString("").strip()).filter(text -> !text.isEmpty());
  }

  private <E extends Enum<E>> Optional<E> one(JsonNode value, String field, E[] values) {
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.asString("");
    Optional<E> found =
        Arrays.stream(values)
            .filter(v -> word(v).equals(text.toLowerCase(Locale.ROOT)))
            .findFirst();
    if (found.isEmpty()) {
      List<String> words = Arrays.stream(values).map(RunQueryReader::word).toList();
      problems.add("`" + field + "` is one of " + String.join(", ", words));
    }
    return found;
  }

  private int limit(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return USUAL_LIMIT;
    }
    int limit = value.asInt(0);
    if (limit < 1 || limit > RunQuery.MOST) {
      problems.add("`limit` is from 1 to " + RunQuery.MOST);
    }
    return limit;
  }

  private Optional<Instant> time(JsonNode json, String name) {
    return text(json, name)
        .flatMap(
            text -> {
              Optional<Instant> time = time(text);
              if (time.isEmpty()) {
                problems.add("`" + name + "` is no ISO date or date-time: 2026-11-23T18:00");
              }
              return time;
            });
  }

  private Optional<Instant> time(String text) {
    try {
      if (text.length() <= 10) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
      }
      boolean offset = text.endsWith("Z") || text.substring(11).matches(".*[+-]\\d{2}:?\\d{2}");
      return Optional.of(
          offset
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
