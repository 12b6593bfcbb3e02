package dev.mahavishnu.prefect;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** When a server makes flow runs of a deployment. */
public sealed interface ServerSchedule {
  /** What the server puts before a rule that has no start of its own. */
  String ADDED_START = "DTSTART:20200101T000000\n";

  /**
   * @param cron five fields, or six with seconds
   * @param timezone UTC where none is given
   * @param dayOr whether a day of the month and a day of the week are alternatives, as in cron, and
   *     not both needed
   */
  record Cron(String cron, Optional<String> timezone, boolean dayOr) implements ServerSchedule {}

  /**
   * @param anchor a time at which a run was or will be due; the server's choice where none is given
   */
  record Every(Duration interval, Optional<Instant> anchor, Optional<String> timezone)
      implements ServerSchedule {}

  /**
   * @param rrule a recurrence rule of RFC 5545, {@code FREQ=WEEKLY;BYDAY=MO}, with or without
   *     {@code DTSTART}
   */
  record RRule(String rrule, Optional<String> timezone) implements ServerSchedule {}

  /** One of a kind that we don't know. */
  record Unknown(JsonNode told) implements ServerSchedule {}

  /** As the server tells it. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ServerSchedule of(JsonNode json) {
    Optional<String> timezone =
        Optional.of(json.path("timezone").asString("")).filter(zone -> !zone.isEmpty());
    if (json.path("cron").isString()) {
      return new Cron(json.path("cron").asString(), timezone, json.path("day_or").asBoolean(true));
    }
    if (json.path("interval").isNumber()) {
      Duration interval = Duration.ofNanos(Math.round(json.path("interval").asDouble() * 1e9));
      Optional<Instant> anchor =
          json.path("anchor_date").isString()
              ? Optional.of(Wire.read(json.path("anchor_date"), Instant.class))
              : Optional.empty();
      return new Every(interval, anchor, timezone);
    }
    if (json.path("rrule").isString()) {
      String rule = json.path("rrule").asString();
      return new RRule(
          rule.startsWith(ADDED_START) ? rule.substring(ADDED_START.length()) : rule, timezone);
    }
    return new Unknown(json);
  }

  /** As the server wants it. */
  default ObjectNode json() {
    return switch (this) {
      case Cron(String cron, Optional<String> zone, boolean dayOr) ->
          zoned(Fields.NONE.with("cron", cron).with("day_or", dayOr), zone);
      case Every(Duration interval, Optional<Instant> anchor, Optional<String> zone) -> {
        Fields fields = Fields.NONE.with("interval", interval);
        yield zoned(anchor.map(a -> fields.with("anchor_date", a)).orElse(fields), zone);
      }
      case RRule(String rrule, Optional<String> zone) ->
          zoned(Fields.NONE.with("rrule", rrule), zone);
      case Unknown(JsonNode told) -> (ObjectNode) told.deepCopy();
    };
  }

  private static ObjectNode zoned(Fields fields, Optional<String> zone) {
    return zone.map(z -> fields.with("timezone", z)).orElse(fields).json();
  }
}
